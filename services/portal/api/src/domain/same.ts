import type { Named } from '../application/ports.ts';

/** The form in which ids and names of people and groups are compared: AWS tells neither apart by letter case, nor names by how an accent is encoded. */
export const folded = (reference: string): string => reference.normalize('NFC').toLowerCase();

/** Whether both mean the same person or group. */
export const same = (one: string, other: string): boolean => folded(one) === folded(other);

/** Says whether somebody is among some, by their id or by a group of theirs. */
export function memberOf(userId: string, ownGroupIds: Iterable<string>): (named: Named) => boolean {
  const [self, own] = [folded(userId), new Set([...ownGroupIds].map(folded))];
  return ({ groupIds, userIds }) => userIds.some((id) => folded(id) === self) || groupIds.some((id) => own.has(folded(id)));
}

/** Whether somebody is among these. */
export const isAmong = (named: Named, userId: string, ownGroupIds: Iterable<string>): boolean => memberOf(userId, ownGroupIds)(named);
