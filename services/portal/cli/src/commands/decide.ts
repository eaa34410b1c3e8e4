import {
  accessApprovedV1,
  accessDeniedV1,
  approvalDecisionRefusedV1,
  approvalDecisionSubmittedV1,
  approvalRecordedV1,
  approvalRequestedV1,
  describe,
  type ApprovalRequestedV1,
} from '@team/contracts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import { deployment } from '../cloud/deployment.ts';
import { signDecision } from '../cloud/sign-decision.ts';
import type { Context } from '../context.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { printable } from '../print/printable.ts';
import { whyLine } from '../print/why-line.ts';
import { findRequest } from '../request-reference.ts';
import { factsIn } from '../../../story/src/facts.ts';
import { tellStory } from '../../../story/src/request-story.ts';
import { answerWithinMs, watchRequest } from '../watch.ts';

export type Verdict = 'approve' | 'deny';

export interface DecideOptions {
  readonly as: string;
  readonly comment?: string;
}

/** A request that was asked for a moment ago may not wait for approval yet (ms of this machine's). */
const askedWithinMs = 3_000;
/** What follows from a decision is said together with it; it may be recorded a little later (ms of this machine's). */
const consequenceWithinMs = 2_000;

/** `team decide`: says yes or no through the local channel. */
export async function decide(context: Context, reference: string, verdict: Verdict, { as, comment }: DecideOptions): Promise<ExitCode> {
  const { trail, bus, connection, newId } = context;
  const [requestId, { ownAccount }, directory] = await Promise.all([
    findRequest(trail, reference),
    bus.describe(),
    connection.directory(deployment.operator),
  ]);
  const [{ requestDigest }, person] = await Promise.all([whatIsAsked(context, requestId, ownAccount), directory.findUser(as)]);
  if (person === undefined) throw refused(`there is no user "${as}" in the identity store`);
  const decisionId = newId();
  const decision = { requestId, requestDigest, decisionId, decider: person.id, verdict };
  const signature = await signDecision(connection, decision, (await bus.describe()).now);
  const said = comment === undefined ? {} : { comment };
  await bus.put(approvalDecisionSubmittedV1, { requestId, decisionId, verdict, decider: person.userName, ...said, signature });
  return awaitAnswer(context, requestId, decisionId, ownAccount);
}

/** The digest is that of the request as accepted: what a person says yes to. */
async function whatIsAsked(context: Context, requestId: string, ownAccount: string): Promise<ApprovalRequestedV1> {
  const events: RecordedEvent[] = [];
  for await (const event of watchRequest(context, requestId, { withinMs: askedWithinMs })) {
    events.push(event);
    const asked = factsIn(events, ownAccount)(approvalRequestedV1)[0];
    if (asked !== undefined) return asked;
    if (tellStory(requestId, events, ownAccount)?.status !== 'pending') break;
  }
  const story = tellStory(requestId, events, ownAccount);
  if (story === undefined) throw refused(`nobody has heard of a request ${requestId}`);
  throw refused(`request ${requestId} is ${story.status} and nobody was asked to approve it`);
}

async function awaitAnswer(context: Context, requestId: string, decisionId: string, ownAccount: string): Promise<ExitCode> {
  const { ownCommand, say } = context;
  const own = <Fact extends { readonly decisionId: string }>(fact: Fact): boolean => fact.decisionId === decisionId;
  const events: RecordedEvent[] = [];
  const facts = () => factsIn(events, ownAccount);
  const tell = (detailType: string, data: object): void => say(printable(`${detailType}  ${describe(detailType, data)}`));

  for await (const event of watchRequest(context, requestId, { withinMs: answerWithinMs })) {
    events.push(event);
    const refusal = facts()(approvalDecisionRefusedV1).find(own);
    if (refusal !== undefined) {
      say('The decision does not count:');
      for (const reason of refusal.reasons) say(`  ${whyLine(reason)}`);
      return exitCodes.refused;
    }
    const recorded = facts()(approvalRecordedV1).find(own);
    if (recorded === undefined) continue;
    tell(approvalRecordedV1.detailType, recorded);
    break;
  }
  if (facts()(approvalRecordedV1).find(own) === undefined) {
    throw refused(`no answer for ${answerWithinMs / 1000} s. Look again with: ${ownCommand} show ${requestId}`);
  }
  for await (const event of watchRequest(context, requestId, { withinMs: consequenceWithinMs })) {
    events.push(event);
    for (const contract of [accessApprovedV1, accessDeniedV1]) {
      const [fact] = facts()(contract);
      if (fact === undefined) continue;
      tell(contract.detailType, fact);
      return exitCodes.ok;
    }
  }
  say('It counts; more approvals are needed.');
  return exitCodes.ok;
}
