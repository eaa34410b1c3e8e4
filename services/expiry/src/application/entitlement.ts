import type { Verdict } from '../domain/revocation.ts';
import type { Approval, Person, Revocation } from '../domain/state.ts';
import type { Judging, People } from './ports.ts';

/**
 * Whether a revocation comes from somebody who may end this access: a system registered to, whomever it names, its requester, who asked
 * for it, or those whom the approval names (groups as they are now). Nobody needs to be eligible, enabled or, when named by id or as the
 * request names them, to exist any more.
 */
export async function judgeRevocation(judging: Judging, { emitter, by }: Revocation, approval: Approval): Promise<Verdict> {
  const { people } = judging;
  const system: Verdict = { entitled: true, by: { kind: 'emitter', name: emitter.name } };
  if (by === undefined || !emitter.speaksForPeople) {
    if (emitter.mayRevoke) return system;
    return refused(
      'ERR_EMITTER_MAY_NOT_REVOKE',
      `"${emitter.name}" is neither registered to end access nor, naming the person who asks, to speak for people`,
    );
  }
  const own = [approval.requester, approval.askedBy].find((person) => person !== undefined && isNamed(person, by));
  if (own !== undefined) return entitled(own);
  if (emitter.mayRevoke) return (await personNamed(judging, by)) ?? system;
  const person = await people.find(by);
  if (person === 'ambiguous') return refused('ERR_USER_AMBIGUOUS', `several users are named "${by}"; name one by its id`);
  // Somebody deleted since is found nowhere, yet an id is never given twice.
  if (person === 'unknown') {
    if (approval.revocableBy.userIds.includes(by)) return entitled({ userId: by, userName: by });
    return refused('ERR_USER_UNKNOWN', `no user "${by}" in the identity store, and this request names none`);
  }
  return (await isAmong(people, person, approval))
    ? entitled(person)
    : refused(
        'ERR_REVOCATION_NOT_ENTITLED',
        `${person.userName} is neither the requester, nor an approver of this access, nor an administrator`,
      );
}

/** Who asks, where the directory tells. A right that is the system's own does not wait for a directory that is down. */
async function personNamed({ people, isOutage, note }: Judging, by: string): Promise<Verdict | undefined> {
  try {
    const person = await people.find(by);
    return typeof person === 'object' ? entitled(person) : undefined;
  } catch (error) {
    if (!isOutage(error)) throw error;
    note('who ends access cannot be looked up; it ends in the name of the system that asks', { by, error });
    return undefined;
  }
}

async function isAmong(people: People, { userId }: Person, { requester, askedBy, revocableBy }: Approval): Promise<boolean> {
  if ([requester.userId, askedBy?.userId, ...revocableBy.userIds].includes(userId)) return true;
  return people.isMemberOfAny(userId, revocableBy.groupIds);
}

const entitled = ({ userId, userName }: Person): Verdict => ({ entitled: true, by: { kind: 'person', userId, userName } });

const refused = (code: string, message: string): Verdict => ({ entitled: false, reason: { code, message } });

/** By id as it is, by name without regard to case. */
const isNamed = ({ userId, userName }: Person, ref: string): boolean => userId === ref || folded(userName) === folded(ref);

const folded = (userName: string): string => userName.normalize('NFC').toLowerCase();
