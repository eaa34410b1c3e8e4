import { isFinal } from '@team/contracts';
import type { RequestRow } from '../contract/index.ts';
import { isAmong, same } from '../domain/same.ts';
import type { Listed, Named, RequestView, SignedIn, Standing, StoodInFor, Whose } from './ports.ts';

/** Whether somebody is named, by id or by a group of theirs. */
export const isNamed = (named: Named, { userId }: SignedIn, { groupIds }: Standing): boolean => isAmong(named, userId, groupIds);

/**
 * Whether somebody asked for it, or is to have it. By id from acceptance on, so that who is given a name inherits nothing; until then by the
 * name that was written.
 */
export function isOwn({ ownIds, row }: Pick<Listed, 'ownIds' | 'row'>, person: SignedIn): boolean {
  return ownIds.length > 0 ? ownIds.some((id) => same(id, person.userId)) : isOwnRow(row, person);
}

/** The same by what is shown alone. */
const isOwnRow = (row: RequestRow, person: SignedIn): boolean => (row.askedBy !== undefined && isOneself(row.askedBy, person)) || isRequester(row, person);

/** Whether it is somebody who is to have it, whoever asked. */
export function isRequester({ requester }: Pick<RequestRow, 'requester'>, person: SignedIn): boolean {
  return requester.userId === undefined ? isOneself(requester.userName, person) : same(requester.userId, person.userId);
}

/** Whether somebody is named, by user name or id, in whatever letters. */
export const isOneself = (reference: string, { userName, userId }: Whose): boolean => same(reference, userName) || same(reference, userId);

/** Who looks: what they are, and in whose place they decide now. */
export interface Looking extends Standing {
  readonly standsInFor: readonly StoodInFor[];
}

/** Whether somebody who is away asked for it, or is to have it: nobody decides in their place then. */
export const asks = ({ userId }: StoodInFor, { ownIds }: Pick<Listed, 'ownIds'>): boolean => ownIds.some((id) => same(id, userId));

/** Whether somebody may know of a request at all. */
export function maySee(view: RequestView, person: SignedIn, standing: Looking): boolean {
  return (
    standing.standsInFor.some((away) => !asks(away, view) && maySeeInPlaceOf(away, view, person)) ||
    standing.auditor ||
    standing.administrator ||
    isOwn(view, person) ||
    isNamed(view.waitsFor, person, standing) ||
    isNamed(view.revocableBy, person, standing) ||
    (hasDecided(view, person) && isNamed(view.wasAsked, person, standing)) ||
    isReviewer(view, person, standing) ||
    (view.reviewerIds.some((id) => same(id, person.userId)) && isNamed(view.wasAskedToReview, person, standing))
  );
}

/** As long as somebody stands in for another, they are told what waits for that one, and what they have decided in that one's place. */
const maySeeInPlaceOf = ({ userId, groupIds }: StoodInFor, { waitsFor, decidedFor }: RequestView, person: SignedIn): boolean =>
  isAmong(waitsFor, userId, groupIds) || decidedFor.some(({ deciderId, absentId }) => same(deciderId, person.userId) && same(absentId, userId));

/** Whether somebody is told what the requester had before, and did with it: not who merely asked for them, or everybody could spy on everybody. */
export function mayKnowOfRequester(view: RequestView, person: SignedIn, standing: Looking): boolean {
  const { ownIds, revocableBy, row } = view;
  const { userId } = row.requester;
  if (userId === undefined) return false;
  // Who asked may end it as well, and is named there for that.
  const byOffice = { ...revocableBy, userIds: revocableBy.userIds.filter((id) => !ownIds.some((own) => same(own, id))) };
  // Nor does who asked decide on it for anybody.
  const standsInFor = isOwn(view, person) ? [] : standing.standsInFor;
  return maySee({ ...view, ownIds: [userId], revocableBy: byOffice }, person, { ...standing, standsInFor });
}

/** In what capacity somebody decides: in their own right, or in the place of one who is away. */
export interface Capacity {
  readonly inPlaceOf?: StoodInFor;
}

/**
 * In what capacity a decision of theirs would count now, as the approval service reckons it: in their own right wherever they have one, else in the
 * place of the first of those who are away for whom it does. A no may come from somebody who said yes before; a yes counts once, whoever of the
 * two gave it. Undefined: it would not count.
 */
export function capacityOf(listed: Pick<Listed, 'row' | 'ownIds' | 'openStages'>, person: SignedIn, { groupIds, standsInFor }: Looking, verdict: 'approve' | 'deny' = 'approve'): Capacity | undefined {
  if (listed.row.status !== 'pending' || isOwn(listed, person)) return undefined;
  const waits = (userId: string, theirGroupIds: readonly string[], ...people: readonly string[]): boolean =>
    listed.openStages.some(({ approvers, counted }) => isAmong(approvers, userId, theirGroupIds) && (verdict === 'deny' || !counted.some((id) => people.some((one) => same(one, id)))));
  if (waits(person.userId, groupIds, person.userId)) return {};
  const inPlaceOf = standsInFor.find((away) => !asks(away, listed) && waits(away.userId, away.groupIds, away.userId, person.userId));
  return inPlaceOf === undefined ? undefined : { inPlaceOf };
}

/** Whether they may take it back, or end its access; whatever its status. */
export function mayEnd(view: RequestView, person: SignedIn, standing: Standing): boolean {
  return standing.administrator || isOwn(view, person) || isNamed(view.revocableBy, person, standing);
}

/**
 * Whether they may have its access go on, unless it is extended already: who has it, and who asked for it as long as they may ask for others. Only
 * break glass prolongs break glass, and nobody breaks it for somebody else.
 */
export function mayExtend(view: RequestView, person: SignedIn, standing: Standing, mayAskForOthers: Named): boolean {
  if (!view.story.grants.some(({ status }) => status === 'active')) return false;
  return isRequester(view.row, person) || (isOwn(view, person) && !view.row.breakGlass && isNamed(mayAskForOthers, person, standing));
}

/** Whether some of its access stands, or is on its way. */
export const hasAccess = ({ story }: RequestView): boolean => story.grants.some(({ status }) => status !== 'ending' && !isFinal(status));

/** Who asked, or is to have, a thing reviews it no more than they decide on it. */
export function mayReview(view: RequestView, person: SignedIn, standing: Standing): boolean {
  return !isOwn(view, person) && isReviewer(view, person, standing);
}

export const hasDecided = ({ deciderIds }: Pick<RequestView, 'deciderIds'>, { userId }: SignedIn): boolean => deciderIds.some((id) => same(id, userId));

export function isReviewer({ story: { review } }: RequestView, person: SignedIn, standing: Standing): boolean {
  return (review?.status === 'waiting' || review?.status === 'overdue') && isNamed(review.reviewers, person, standing);
}
