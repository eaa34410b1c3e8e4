import type { DecisionClaims, JudgeDecision } from './commands.ts';
import type { Reason } from './people.ts';
import type { DecisionSubmission } from './state.ts';

const minuteMs = 60_000;
/** A person must have signed in at most so long before they decided: a screen left open decides nothing. */
export const maximumSignInAgeMs = 15 * minuteMs;
/** How far the clocks of a channel may be apart. */
export const clockDifferenceMs = minuteMs;

/** What is wrong with a decision by itself, whatever the request: its channel, its signature, its times, its decider. `arrivedAt` in ms. */
export function decisionProblems({ submission, evidence }: JudgeDecision, arrivedAt: number): readonly Reason[] {
  const { source, account } = submission;
  if (evidence === undefined) {
    return [
      { code: 'ERR_CHANNEL_UNKNOWN', message: `${source} in account ${account} is not registered as a channel that may pass on decisions` },
    ];
  }
  const { claims, decider } = evidence;
  const reasons: Reason[] = 'problem' in claims ? [claims.problem] : [...timeProblems(claims, submission, arrivedAt, { code: 'ERR_DECISION_EXPIRED', doing: 'decide' })];
  if ('problem' in decider) reasons.push(decider.problem);
  else if (!decider.person.enabled)
    reasons.push({ code: 'ERR_DECIDER_DISABLED', message: `${decider.person.userName} is disabled in the identity store` });
  if (!('problem' in claims)) {
    const person = 'problem' in decider ? undefined : decider.person.userId;
    const differing = differences(claims, submission, person);
    if (differing.length > 0)
      reasons.push({
        code: 'ERR_DECISION_MISMATCH',
        message: `the signature says something else than the event about ${differing.join(', ')}`,
      });
  }
  return reasons;
}

/** What is wrong with the times of what a channel signed: when it arrived (ms), and when its author had signed in. `doing` is what they did. */
export function timeProblems(
  { auth_time, exp }: Pick<DecisionClaims, 'auth_time' | 'exp'>,
  { occurredAt }: Pick<DecisionSubmission, 'occurredAt'>,
  arrivedAt: number,
  { code, doing }: { readonly code: Reason['code']; readonly doing: 'decide' | 'review' },
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (arrivedAt > exp * 1000) {
    reasons.push({ code, message: `the signature was good until ${exp} (seconds since 1970) only; ${doing} again` });
  }
  const sinceSignIn = Date.parse(occurredAt) - auth_time * 1000;
  if (sinceSignIn > maximumSignInAgeMs || sinceSignIn < -clockDifferenceMs) {
    const minutes = maximumSignInAgeMs / minuteMs;
    reasons.push({
      code: 'ERR_SIGN_IN_TOO_OLD',
      message: `the person must have signed in within the ${minutes} minutes before; sign in and ${doing} again`,
    });
  }
  return reasons;
}

/** The channel signs for the person, who must be the one found for the event's decider. */
function differences(claims: DecisionClaims, submission: DecisionSubmission, decider: string | undefined): readonly string[] {
  const same = {
    requestId: claims.requestId === submission.requestId,
    decisionId: claims.decisionId === submission.decisionId,
    verdict: claims.verdict === submission.verdict,
    decider: decider === undefined || claims.decider === decider,
  };
  return Object.entries(same).flatMap(([field, isSame]) => (isSame ? [] : [field]));
}
