import type { RequestDetail, Review } from '../../../api/src/contract/index.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { printable, shortId } from '../print/printable.ts';
import { answerOf, isNamed, refusalSince } from './answer-of.ts';
import { meantRequest } from './meant-request.ts';
import type { PortalContext } from './portal-context.ts';
import { signedIn } from './session.ts';

/** Says what who is signed in finds of a break glass whose access is over. */
export async function reviewAtPortal(context: PortalContext, reference: string, { verdict, comment }: Review): Promise<ExitCode> {
  const portal = await signedIn(context);
  const requestId = await meantRequest(portal, reference, ['to-review', 'decided']);
  const [{ userName }, before] = await Promise.all([portal.me(), portal.request(requestId)]);
  await portal.review(requestId, { verdict, ...(comment === undefined ? {} : { comment }) });
  const refusal = (seen: RequestDetail) => refusalSince(before, seen, { types: ['AccessReviewRefused'], userName });
  // Of two who review at the same moment the first counts: what another found is no answer.
  const counts = ({ review }: RequestDetail): boolean => review?.status === 'reviewed' && isNamed(review.by, userName);
  const why = refusal(await answerOf(context, portal, before, (seen) => refusal(seen) !== undefined || counts(seen)));
  if (why !== undefined) throw refused(printable(`it does not count: ${why}`));
  context.say(printable(`Reviewed ${shortId(requestId)}: ${verdict}, by ${userName}.`));
  return exitCodes.ok;
}
