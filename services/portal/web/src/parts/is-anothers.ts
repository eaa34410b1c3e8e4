import type { Me, RequestRow } from '../../../api/src/contract/index.ts';

/**
 * Whether it is somebody else who has it, or is to have it: by the id, or by the user name as long as nobody learned who that is. AWS tells
 * neither apart by letter case, nor names by how an accent is encoded.
 */
export function isAnothers({ requester }: Pick<RequestRow, 'requester'>, { userId, userName }: Pick<Me, 'userId' | 'userName'>): boolean {
  return requester.userId === undefined ? folded(requester.userName) !== folded(userName) : folded(requester.userId) !== folded(userId);
}

const folded = (reference: string): string => reference.normalize('NFC').toLowerCase();
