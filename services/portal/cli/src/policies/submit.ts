import {
  approverPolicySubmittedV1,
  bundleSubmittedV1,
  eligibilityPolicySubmittedV1,
  limitsSubmittedV1,
  policyChangeDecidedV1,
  type ApproverPolicy,
  type Bundle,
  type EligibilityPolicy,
  type Limits,
  type StandingProposal,
} from '@team/contracts';
import { answerIn, type Answer } from '../../../policies/src/answer.ts';
import type { PolicyChange } from '../../../policies/src/changes.ts';
import { signPolicyDecision } from '../cloud/sign-decision.ts';
import type { Context } from '../context.ts';
import { refused } from '../failure.ts';
import { answerWithinMs, pollEveryMs } from '../watch.ts';

/** Puts a change on the bus for somebody, and waits for its answer. */
export async function submitChange(context: Context, { kind, id, after, expectedVersion }: PolicyChange, submittedBy: string): Promise<Answer> {
  const { bus, newId } = context;
  const changeId = newId();
  const { now: since, ownAccount } = await bus.describe();
  const common = { changeId, submittedBy, expectedVersion };
  if (kind === 'EligibilityPolicy') await bus.put(eligibilityPolicySubmittedV1, { ...common, policyId: id, ...(after === undefined ? {} : { policy: after as EligibilityPolicy }) });
  else if (kind === 'ApproverPolicy') await bus.put(approverPolicySubmittedV1, { ...common, policyId: id, ...(after === undefined ? {} : { policy: after as ApproverPolicy }) });
  else if (kind === 'Bundle') await bus.put(bundleSubmittedV1, { ...common, bundleId: id, ...(after === undefined ? {} : { bundle: after as Bundle }) });
  else await bus.put(limitsSubmittedV1, { ...common, limits: after as Limits });
  return answerTo(context, changeId, since, ownAccount);
}

/** Agrees or disagrees with a change for an administrator who is signed in at the local channel, and waits for what comes of it. */
export async function decideOnChange(context: Context, { change }: StandingProposal, verdict: 'agree' | 'disagree', decider: { readonly id: string; readonly userName: string }): Promise<Answer> {
  const { bus, connection } = context;
  if (connection.target.aws === true) throw refused('on AWS, an approval channel that signs people in passes on what they decide; this command decides in the local run only');
  const { now, ownAccount } = await bus.describe();
  const signature = await signPolicyDecision(connection, { changeId: change.changeId, changeDigest: change.digest, decider: decider.id, verdict }, now);
  await bus.put(policyChangeDecidedV1, { changeId: change.changeId, kind: change.kind, decider: decider.userName, verdict, signature });
  return answerTo(context, change.changeId, now, ownAccount, decider.userName);
}

async function answerTo({ trail, pause }: Context, changeId: string, sinceMs: number, ownAccount: string, decider?: string): Promise<Answer> {
  let after: string | undefined;
  const since = new Date(sinceMs - 1_000).toISOString();
  for (let waited = 0; waited <= answerWithinMs; ) {
    const { events, next } = await trail.events({ after, ...(after === undefined ? { since } : {}) });
    const answer = events.map((event) => answerIn(event, changeId, ownAccount, decider)).find((one) => one !== undefined);
    if (answer !== undefined) return answer;
    after = next ?? after;
    if (events.length > 0) continue;
    await pause(pollEveryMs);
    waited += pollEveryMs;
  }
  throw refused(`no answer to change ${changeId} for ${answerWithinMs / 1_000} s`);
}
