import { accessReviewedV1, accessReviewRefusedV1, accessReviewSubmittedV1, describe } from '@team/contracts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import { deployment } from '../cloud/deployment.ts';
import { signReview } from '../cloud/sign-decision.ts';
import { whoSays, type Context } from '../context.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { printable } from '../print/printable.ts';
import { whyLine } from '../print/why-line.ts';
import { findRequest } from '../request-reference.ts';
import { factsIn } from '../../../story/src/facts.ts';
import { answerWithinMs, watchRequest } from '../watch.ts';

export type Verdict = 'justified' | 'not-justified';

export interface ReviewOptions {
  readonly as?: string;
  readonly comment?: string;
}

/** `team review`: says what somebody finds of a break glass, through the local channel. */
export async function review(context: Context, reference: string, verdict: Verdict, { as, comment }: ReviewOptions): Promise<ExitCode> {
  const { trail, bus, connection } = context;
  const reviewer = whoSays(as);
  const [requestId, { ownAccount, now }, directory] = await Promise.all([findRequest(trail, reference), bus.describe(), connection.directory(deployment.operator)]);
  const person = await directory.findUser(reviewer);
  if (person === undefined) throw refused(`there is no user "${reviewer}" in the identity store`);
  const { next: after } = await trail.ofRequest(requestId);
  const signature = await signReview(connection, { requestId, reviewer: person.id, verdict }, now);
  await bus.put(accessReviewSubmittedV1, { requestId, reviewer: person.userName, verdict, ...(comment === undefined ? {} : { comment }), signature });
  return awaitAnswer(context, requestId, person.userName, ownAccount, after);
}

/** The answer to whom it is: somebody else may review at the same moment. */
async function awaitAnswer(context: Context, requestId: string, reviewer: string, ownAccount: string, after: string | undefined): Promise<ExitCode> {
  const { ownCommand, say } = context;
  const events: RecordedEvent[] = [];
  for await (const event of watchRequest(context, requestId, { after, withinMs: answerWithinMs })) {
    events.push(event);
    const facts = factsIn(events, ownAccount);
    const refusal = facts(accessReviewRefusedV1).find((fact) => fact.reviewer === reviewer);
    if (refusal !== undefined) {
      say('The review does not count:');
      for (const reason of refusal.reasons) say(`  ${whyLine(reason)}`);
      return exitCodes.refused;
    }
    const recorded = facts(accessReviewedV1).find((fact) => fact.reviewer.userName === reviewer);
    if (recorded === undefined) continue;
    say(printable(`${accessReviewedV1.detailType}  ${describe(accessReviewedV1.detailType, recorded)}`));
    return exitCodes.ok;
  }
  throw refused(`no answer for ${answerWithinMs / 1000} s. Look again with: ${ownCommand} show ${requestId}`);
}
