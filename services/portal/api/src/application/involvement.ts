import { isFinal } from '@team/contracts';
import type { RequestRow } from '../contract/index.ts';
import { isAmong, same } from '../domain/same.ts';
import type { Listed, Named, RequestView, SignedIn, Standing } from './ports.ts';

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
function isOwnRow({ requester, askedBy }: RequestRow, person: SignedIn): boolean {
  const means = (reference: string | undefined): boolean => reference !== undefined && (same(reference, person.userName) || same(reference, person.userId));
  return means(askedBy) || (requester.userId === undefined ? means(requester.userName) : same(requester.userId, person.userId));
}

/** Whether somebody may know of a request at all. */
export function maySee(view: RequestView, person: SignedIn, standing: Standing): boolean {
  return (
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

/** Whether somebody is told what the requester had before, and did with it: not who merely asked for them, or everybody could spy on everybody. */
export function mayKnowOfRequester(view: RequestView, person: SignedIn, standing: Standing): boolean {
  const { ownIds, revocableBy, row } = view;
  const { userId } = row.requester;
  if (userId === undefined) return false;
  // Who asked may end it as well, and is named there for that.
  const byOffice = { ...revocableBy, userIds: revocableBy.userIds.filter((id) => !ownIds.some((own) => same(own, id))) };
  return maySee({ ...view, ownIds: [userId], revocableBy: byOffice }, person, standing);
}

/** Whether a decision of theirs could count now. */
export function mayDecide(view: RequestView, person: SignedIn, standing: Standing): boolean {
  return view.row.status === 'pending' && !isOwn(view, person) && !hasDecided(view, person) && isNamed(view.waitsFor, person, standing);
}

/** Whether they may take it back, or end its access; whatever its status. */
export function mayEnd(view: RequestView, person: SignedIn, standing: Standing): boolean {
  return standing.administrator || isOwn(view, person) || isNamed(view.revocableBy, person, standing);
}

/** Whether some of its access stands, or is on its way. */
export const hasAccess = ({ story }: RequestView): boolean => story.grants.some(({ status }) => status !== 'ending' && !isFinal(status));

/** Who asked, or is to have, a thing reviews it no more than they decide on it. */
export function mayReview(view: RequestView, person: SignedIn, standing: Standing): boolean {
  return !isOwn(view, person) && isReviewer(view, person, standing);
}

export const hasDecided = ({ deciderIds }: Pick<Listed, 'deciderIds'>, { userId }: SignedIn): boolean => deciderIds.some((id) => same(id, userId));

export function isReviewer({ story: { review } }: RequestView, person: SignedIn, standing: Standing): boolean {
  return (review?.status === 'waiting' || review?.status === 'overdue') && isNamed(review.reviewers, person, standing);
}
