import { listKey } from '../domain/list-key.ts';
import { asks, type Looking } from './involvement.ts';
import type { Listed, ListKey, SignedIn, Standing, StoodInFor } from './ports.ts';

/** Lists of what they asked for, or is for them; until that was judged it stands under the name that was written for them. */
export const ownLists = ({ userId, userName }: SignedIn): readonly ListKey[] => [listKey('own', userId), listKey('unjudged', userName)];

/** Lists of what waits for their decision. */
export const toApproveLists = ({ userId }: Pick<SignedIn, 'userId'>, { groupIds }: Pick<Standing, 'groupIds'>): readonly ListKey[] => [listKey('for-user', userId), ...groupIds.map((id) => listKey('for-group', id))];

/** Lists of what waits for their review. */
export const toReviewLists = ({ userId }: SignedIn, { groupIds }: Standing): readonly ListKey[] => [listKey('review-user', userId), ...groupIds.map((id) => listKey('review-group', id))];

/** Lists of what they decided or reviewed; of what they were asked as one of a group, as long as they are in it. */
export const decidedLists = ({ userId }: SignedIn, { groupIds }: Standing): readonly ListKey[] =>
  (['decided', 'reviewed'] as const).flatMap((kind) => [listKey(kind, userId), ...groupIds.map((id) => listKey(kind, userId, id))]);

/** Lists of what they have, and of what they may end. */
export const activeLists = ({ userId }: SignedIn, { groupIds }: Standing): readonly ListKey[] => [listKey('own', userId), listKey('ends-user', userId), ...groupIds.map((id) => listKey('ends-group', id))];

/** Lists to read, and what in them is meant. */
export interface Reading {
  readonly lists: readonly ListKey[];
  readonly keep: (listed: Pick<Listed, 'lists' | 'ownIds'>) => boolean;
}

/** Lists of somebody's own, and of those in whose place they decide; of the latter nothing that the one who is away asked for. */
export function withThoseAway(own: readonly ListKey[], standsInFor: readonly StoodInFor[], theirs: (away: StoodInFor) => readonly ListKey[]): Reading {
  if (standsInFor.length === 0) return { lists: own, keep: () => true };
  const mine = new Set(own);
  const others = standsInFor.map((away) => ({ away, lists: new Set(theirs(away)) }));
  return {
    lists: [...new Set([...own, ...others.flatMap(({ lists }) => [...lists])])],
    keep: (listed) => listed.lists.some((list) => mine.has(list)) || others.some(({ away, lists }) => !asks(away, listed) && listed.lists.some((list) => lists.has(list))),
  };
}

/** The list of what somebody decided in the place of one who is away. */
const decidedInPlaceOf = (person: SignedIn, away: StoodInFor): readonly ListKey[] => [listKey('decided-for', person.userId, away.userId)];

/** What they decided or reviewed, for others too. */
export const readingDecided = (person: SignedIn, standing: Looking): Reading =>
  withThoseAway(decidedLists(person, standing), standing.standsInFor, (away) => decidedInPlaceOf(person, away));

/** Every list in which stands what somebody may see who is neither auditor nor administrator: `maySee`, as lists. */
export function readingVisible(person: SignedIn, standing: Looking): Reading {
  const own = [...new Set([ownLists(person), ...[toApproveLists, toReviewLists, decidedLists, activeLists].map((lists) => lists(person, standing))].flat())];
  return withThoseAway(own, standing.standsInFor, (away) => [...toApproveLists(away, away), ...decidedInPlaceOf(person, away)]);
}
