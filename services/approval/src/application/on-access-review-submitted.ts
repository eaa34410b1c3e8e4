import { accessReviewSubmittedV1, findEmitter, type AccessReviewSubmittedV1 } from '@team/contracts';
import type { JudgeReview } from '../domain/commands.ts';
import type { Ports, Received } from './ports.ts';

/** Somebody says what they find of a break glass: finds out who signed it and for whom, and has it judged. */
export async function onAccessReviewSubmitted({ data, metadata, source, account, arrivedAt }: Received<AccessReviewSubmittedV1>, ports: Ports): Promise<void> {
  const { emitters, evidence, people, approvals } = ports;
  const { eventId, occurredAt, traceparent } = metadata;
  const digest = evidence.digestOf({ data, source, account });
  const channel = findEmitter(emitters, { source, account }, accessReviewSubmittedV1.detailType)?.mayDecide;
  const submission = { ...data, source, account, eventId, occurredAt, ...(traceparent === undefined ? {} : { traceparent }), digest };
  const found = channel && {
    claims: await evidence.verifyReview(data.signature, channel.keyId),
    reviewer: await people.find(data.reviewer),
  };
  const command: JudgeReview = { type: 'judge-review', submission, arrivedAt, ...(found === undefined ? {} : { evidence: found }) };
  await approvals.execute(data.requestId, command, metadata);
}
