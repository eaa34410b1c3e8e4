import type { Me, RequestRow } from '../../../api/src/contract/index.ts';

/**
 * Whether somebody else is to have it than this person: by their id, or, where the request was judged by nobody yet, by the user name or id that
 * was written, in whatever letters.
 */
export function isForAnother({ requester }: Pick<RequestRow, 'requester'>, { userId, userName }: Pick<Me, 'userId' | 'userName'>): boolean {
  return requester.userId === undefined ? ![userName, userId].some((own) => same(own, requester.userName)) : !same(requester.userId, userId);
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
