import { accessRevocationRequestedV1, findEmitter, type AccessRevocationRequestedV1 } from '@team/contracts';
import type { JudgeRevocation } from '../domain/commands.ts';
import type { RevocationSubmission } from '../domain/state.ts';
import type { Ports, Received } from './ports.ts';

/** Somebody wants a request to end: finds out who, and has it judged while the request waits for approval. */
export async function onAccessRevocationRequested(
  { data, metadata, source, account }: Received<AccessRevocationRequestedV1>,
  ports: Ports,
): Promise<void> {
  const { eventId, occurredAt, traceparent } = metadata;
  // With the event id: asking again later, in the same words, is another wish and gets its own answer.
  const digest = ports.evidence.digestOf({ data, source, account, eventId });
  await judge({ ...data, source, account, eventId, occurredAt, ...(traceparent === undefined ? {} : { traceparent }), digest }, ports);
}

/** Has a wish to end a request judged. */
export async function judge(submission: RevocationSubmission, ports: Ports): Promise<void> {
  const emitter = findEmitter(ports.emitters, submission, accessRevocationRequestedV1.detailType);
  const command: JudgeRevocation = {
    type: 'judge-revocation',
    submission,
    ...(emitter === undefined ? {} : { emitter: { name: emitter.name, mayRevoke: emitter.mayRevoke === true } }),
    // Only a channel that authenticates people is believed about who they are.
    ...(emitter?.mayDecide === undefined || submission.by === undefined
      ? {}
      : { actsFor: { ref: submission.by, lookup: await ports.people.find(submission.by) } }),
  };
  await ports.approvals.execute(submission.requestId, command, submission);
}
