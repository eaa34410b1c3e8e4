import { accessReviewSubmittedV1 } from '@team/contracts';
import type { Review, Taken } from '../contract/index.ts';
import type { DecidePorts } from './decide.ts';
import { findVisible } from './find-visible.ts';
import { isOwn, isReviewer } from './involvement.ts';
import type { RequestView, SignedIn, Standing } from './ports.ts';
import { Refusal } from './refusal.ts';
import { requireRecentSignIn } from './require-recent-sign-in.ts';
import { takenAs } from './taken-as.ts';

/**
 * Says what somebody finds of a break glass whose access is over, signed as a decision is.
 *
 * @throws ERR_SIGN_IN_TOO_OLD, ERR_SELF_REVIEW, ERR_NOT_BREAK_GLASS, ERR_REVIEW_TOO_EARLY, ERR_ALREADY_REVIEWED, ERR_NOT_A_REVIEWER
 */
export async function review(requestId: string, { verdict, comment }: Review, person: SignedIn, ports: Omit<DecidePorts, 'newId'>): Promise<Taken> {
  requireRecentSignIn(person, ports.now());
  const { view, standing } = await findVisible(requestId, person, 'live', ports);
  requireReviewer(view, person, standing);
  const { userId, userName, authTime } = person;
  const signature = await ports.signer.review({ requestId, reviewer: userId, verdict, authTime });
  await ports.intents.put(accessReviewSubmittedV1, requestId, {
    requestId,
    reviewer: userName,
    verdict,
    ...(comment === undefined ? {} : { comment }),
    signature,
  });
  return takenAs(requestId);
}

function requireReviewer(view: RequestView, person: SignedIn, standing: Standing): void {
  if (isOwn(view, person)) throw new Refusal('forbidden', 'ERR_SELF_REVIEW', 'nobody reviews what they asked for themselves or for another');
  const status = view.story.review?.status;
  if (status === undefined) throw new Refusal('conflict', 'ERR_NOT_BREAK_GLASS', 'no break glass was granted under this request; there is nothing to review');
  if (status === 'later') throw new Refusal('conflict', 'ERR_REVIEW_TOO_EARLY', 'it is reviewed when its access is over; review then');
  if (status === 'reviewed') throw new Refusal('conflict', 'ERR_ALREADY_REVIEWED', 'it has been reviewed; the first review stands');
  if (!isReviewer(view, person, standing)) throw new Refusal('forbidden', 'ERR_NOT_A_REVIEWER', 'you are not among those who are asked to review this');
}
