import type { RequestDetail, Review } from '../../../api/src/contract/index.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { printable, shortId } from '../print/printable.ts';
import { answerOf, refusalSince } from './answer-of.ts';
import { meantRequest } from './meant-request.ts';
import type { PortalContext } from './portal-context.ts';
import { signedIn } from './session.ts';

/** Says what who is signed in finds of a break glass whose access is over. */
export async function reviewAtPortal(context: PortalContext, reference: string, { verdict, comment }: Review): Promise<ExitCode> {
  const portal = await signedIn(context);
  const requestId = await meantRequest(portal, reference, ['to-review', 'decided']);
  const before = await portal.request(requestId);
  await portal.review(requestId, { verdict, ...(comment === undefined ? {} : { comment }) });
  const isReviewed = ({ review }: RequestDetail): boolean => review?.status === 'reviewed';
  const after = await answerOf(context, portal, before, (seen) => isReviewed(seen) || refusalSince(before, seen, refusals) !== undefined);
  if (!isReviewed(after)) throw refused(printable(`it does not count: ${refusalSince(before, after, refusals)}`));
  context.say(printable(`Reviewed ${shortId(requestId)}: ${after.review?.verdict ?? verdict}, by ${after.review?.by ?? 'you'}.`));
  return exitCodes.ok;
}

const refusals = ['AccessReviewRefused'];
