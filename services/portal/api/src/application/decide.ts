import { approvalDecisionSubmittedV1 } from '@team/contracts';
import type { Decision, Taken } from '../contract/index.ts';
import { isAmong } from '../domain/same.ts';
import { findVisible } from './find-visible.ts';
import { asks, capacityOf, hasDecided, isOwn, type Looking } from './involvement.ts';
import type { Intents, People, RequestView, RequestViews, SignedIn, Signer } from './ports.ts';
import { Refusal } from './refusal.ts';
import { requireRecentSignIn } from './require-recent-sign-in.ts';
import { takenAs } from './taken-as.ts';

export interface DecidePorts {
  readonly people: People;
  readonly views: RequestViews;
  readonly intents: Intents;
  readonly signer: Signer;
  readonly newId: () => string;
  /** ms since the epoch */
  readonly now: () => number;
}

/**
 * Says yes or no in the name of who is signed in, signed with the channel's key. That signature is what the approval service believes, so
 * nothing is signed that could not count: the person as AWS has them now, just signed in, never on what they asked for; in another's place only
 * while that one has them stand in.
 *
 * @throws ERR_SIGN_IN_TOO_OLD, ERR_SELF_APPROVAL, ERR_NOT_PENDING, ERR_NOT_AN_APPROVER, ERR_ALREADY_DECIDED
 */
export async function decide(requestId: string, { verdict, comment }: Decision, person: SignedIn, ports: DecidePorts): Promise<Taken> {
  requireRecentSignIn(person, ports.now());
  const { view, standing } = await findVisible(requestId, person, 'live', ports);
  const requestDigest = whatIsDecided(view, person, standing, verdict);
  const decisionId = ports.newId();
  const { userId, userName, authTime } = person;
  const signature = await ports.signer.decision({ requestId, requestDigest, decisionId, decider: userId, verdict, authTime });
  await ports.intents.put(approvalDecisionSubmittedV1, requestId, {
    requestId,
    decisionId,
    verdict,
    decider: userName,
    ...(comment === undefined ? {} : { comment }),
    signature,
  });
  return takenAs(requestId);
}

/** The digest of what they may decide on: that of the request as accepted. */
function whatIsDecided(view: RequestView, person: SignedIn, standing: Looking, verdict: Decision['verdict']): string {
  if (isOwn(view, person)) throw new Refusal('forbidden', 'ERR_SELF_APPROVAL', 'nobody decides on what they asked for themselves or for another; somebody else must');
  const { status } = view.row;
  if (status !== 'pending') throw new Refusal('conflict', 'ERR_NOT_PENDING', `the request is ${status}; nobody decides on it any more`);
  const counts = capacityOf(view, person, standing, verdict) !== undefined;
  if (!counts && hasDecided(view, person)) throw new Refusal('conflict', 'ERR_ALREADY_DECIDED', 'you have decided on this request; one person counts once');
  if (view.requestDigest === undefined) throw new Refusal('conflict', 'ERR_NOT_ASKED_YET', 'nobody is asked to decide on it yet; try again in a few seconds');
  if (counts) return view.requestDigest;
  const waiting = standing.standsInFor.filter(({ userId, groupIds }) => isAmong(view.waitsFor, userId, groupIds));
  const asking = waiting.find((away) => asks(away, view));
  if (asking !== undefined) throw new Refusal('forbidden', 'ERR_SELF_APPROVAL', `${asking.userName} asked for this; nobody decides in their place either`);
  const [decided] = waiting;
  if (decided !== undefined) throw new Refusal('conflict', 'ERR_ALREADY_DECIDED', `${decided.userName}, for whom you stand in, counts already; one person counts once`);
  throw new Refusal('forbidden', 'ERR_NOT_AN_APPROVER', 'your decision is not among those that the request waits for now');
}
