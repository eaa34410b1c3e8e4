import type { Actor, Approval, Person, Revocation } from './state.ts';

/**
 * In whose name a revocation ends access where the directory tells nothing: ending access early is the safe side. Nobody, where only the
 * directory can tell whether it may. A user name can have passed on to somebody else since, so what only it speaks for ends in the name of
 * the system that says it.
 */
export function knownRight({ emitter, by }: Revocation, approval: Approval | undefined): Actor | undefined {
  const system: Actor = { kind: 'emitter', name: emitter.name };
  if (by !== undefined && approval !== undefined && emitter.speaksForPeople) {
    const named = namedById(approval, by) ?? (approval.revocableBy.userIds.includes(by) ? { userId: by, userName: by } : undefined);
    if (named !== undefined) return asActor(named);
    if (namedByName(approval, by) !== undefined) return system;
  }
  return emitter.mayRevoke ? system : undefined;
}

/** Whoever asked for the access, or for whom it is, with this id. An id is never given twice. */
export const namedById = ({ requester, askedBy }: Approval, id: string): Person | undefined =>
  [requester, askedBy].find((person) => person?.userId === id);

/** Whoever of them the approval calls by this name, case aside. */
export const namedByName = ({ requester, askedBy }: Approval, name: string): Person | undefined =>
  [requester, askedBy].find((person) => person !== undefined && folded(person.userName) === folded(name));

export const asActor = ({ userId, userName }: Person): Actor => ({ kind: 'person', userId, userName });

const folded = (userName: string): string => userName.normalize('NFC').toLowerCase();
