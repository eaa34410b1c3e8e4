import { asActor, knownRight, namedById, namedByName } from '../domain/known-right.ts';
import type { Verdict } from '../domain/revocation.ts';
import type { Actor, Approval, Person, Revocation } from '../domain/state.ts';
import type { Judging, People } from './ports.ts';

/**
 * Whether a revocation comes from somebody who may end this access: a system registered to, whomever it names, its requester, who asked
 * for it, or those whom the approval names (groups as they are now). Nobody needs to be eligible, enabled or, when named by id, to exist
 * any more. A name means whoever has it now; the names of the approval count only where nobody has it.
 */
export async function judgeRevocation(judging: Judging, revocation: Revocation, approval: Approval): Promise<Verdict> {
  const { emitter, by } = revocation;
  const known = knownRight(revocation, approval);
  if (by === undefined || !emitter.speaksForPeople) {
    if (known !== undefined) return entitled(known);
    return refused(
      'ERR_EMITTER_MAY_NOT_REVOKE',
      `"${emitter.name}" is neither registered to end access nor, naming the person who asks, to speak for people`,
    );
  }
  const own = namedById(approval, by);
  if (own !== undefined) return entitled(asActor(own));
  if (known === undefined) return judgePerson(judging.people, revocation, by, approval);
  try {
    return await judgePerson(judging.people, revocation, by, approval);
  } catch (error) {
    judging.note('who ends access cannot be looked up; it ends by what the approval and the registration say', { by, error });
    return entitled(known);
  }
}

/** What the directory says of the person whom a channel names. */
async function judgePerson(people: People, { emitter }: Revocation, by: string, approval: Approval): Promise<Verdict> {
  const person = await people.find(by);
  if (typeof person === 'object') {
    if (emitter.mayRevoke || (await isAmong(people, person, approval))) return entitled(asActor(person));
    return refused(
      'ERR_REVOCATION_NOT_ENTITLED',
      `${person.userName} is neither the requester, nor an approver of this access, nor an administrator`,
    );
  }
  // Somebody deleted since is found nowhere.
  const deleted = approval.revocableBy.userIds.includes(by) ? { userId: by, userName: by } : namedByName(approval, by);
  if (person === 'unknown' && deleted !== undefined) return entitled(asActor(deleted));
  if (emitter.mayRevoke) return entitled({ kind: 'emitter', name: emitter.name });
  return person === 'ambiguous'
    ? refused('ERR_USER_AMBIGUOUS', `several users are named "${by}"; name one by its id`)
    : refused('ERR_USER_UNKNOWN', `no user "${by}" in the identity store, and this request names none`);
}

async function isAmong(people: People, { userId }: Person, { requester, askedBy, revocableBy }: Approval): Promise<boolean> {
  if ([requester.userId, askedBy?.userId, ...revocableBy.userIds].includes(userId)) return true;
  return people.isMemberOfAny(userId, revocableBy.groupIds);
}

const entitled = (by: Actor): Verdict => ({ entitled: true, by });

const refused = (code: string, message: string): Verdict => ({ entitled: false, reason: { code, message } });
