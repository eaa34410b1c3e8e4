import type { Named } from '../application/ports.ts';

/** The form in which ids and names of people and groups are compared: AWS tells neither apart by letter case, nor names by how an accent is encoded. */
export const folded = (reference: string): string => reference.normalize('NFC').toLowerCase();

/** Whether both mean the same person or group. */
export const same = (one: string, other: string): boolean => folded(one) === folded(other);

/** Whether somebody is among these, by their id or by a group of theirs. */
export function isAmong({ groupIds, userIds }: Named, userId: string, ownGroupIds: Iterable<string>): boolean {
  if (userIds.some((id) => same(id, userId))) return true;
  if (groupIds.length === 0) return false;
  const own = new Set([...ownGroupIds].map(folded));
  return groupIds.some((id) => own.has(folded(id)));
}
