import { listKey } from '../domain/list-key.ts';
import type { ListKey, SignedIn, Standing } from './ports.ts';

/** Lists of what they asked for, or is for them; until that was judged it stands under the name that was written for them. */
export const ownLists = ({ userId, userName }: SignedIn): readonly ListKey[] => [listKey('own', userId), listKey('unjudged', userName)];

/** Lists of what waits for their decision. */
export const toApproveLists = ({ userId }: SignedIn, { groupIds }: Standing): readonly ListKey[] => [listKey('for-user', userId), ...groupIds.map((id) => listKey('for-group', id))];

/** Lists of what waits for their review. */
export const toReviewLists = ({ userId }: SignedIn, { groupIds }: Standing): readonly ListKey[] => [listKey('review-user', userId), ...groupIds.map((id) => listKey('review-group', id))];

/** Lists of what they decided or reviewed; of what they were asked as one of a group, as long as they are in it. */
export const decidedLists = ({ userId }: SignedIn, { groupIds }: Standing): readonly ListKey[] => [listKey('decided', userId), ...groupIds.map((id) => listKey('decided', userId, id))];

/** Lists of what they have, and of what they may end. */
export const activeLists = ({ userId }: SignedIn, { groupIds }: Standing): readonly ListKey[] => [listKey('own', userId), listKey('ends-user', userId), ...groupIds.map((id) => listKey('ends-group', id))];

/** Every list in which stands what somebody may see who is neither auditor nor administrator: `maySee`, as lists. */
export const visibleLists = (person: SignedIn, standing: Standing): readonly ListKey[] => [
  ...new Set([ownLists(person), ...[toApproveLists, toReviewLists, decidedLists, activeLists].map((lists) => lists(person, standing))].flat()),
];
