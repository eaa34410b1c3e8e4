import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import { randomUuid } from '../random-sources.ts';
import { numberAttribute } from './attributes.ts';
import type { Accepted } from './deduplication.ts';
import { checkAttributes, checkContents, sizeOf, type Draft, type StoredMessage } from './message.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

/**
 * Puts a message into a queue, or throws what AWS answers. A FIFO queue answers a twin within five minutes with its first.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function send(queues: Queues, queue: Queue, draft: Draft): Accepted {
  checkDraft(queue, draft);
  const deduplication = queue.fifo ? deduplicationOf(queue, draft) : undefined;
  const twin = deduplication === undefined ? undefined : queues.deduplication.find(deduplication.key);
  if (twin !== undefined) return twin;
  const now = queues.context.timeline.now();
  const message: StoredMessage = {
    id: randomUuid(queues.context.random),
    sequence: queue.nextSequence(),
    body: draft.body,
    attributes: draft.attributes ?? {},
    senderId: draft.senderId,
    sentMs: now,
    visibleAtMs: now + 1_000 * (draft.delaySeconds ?? numberAttribute(queue.attributes, 'DelaySeconds')),
    receiveCount: 0,
    ...(draft.groupId !== undefined && { groupId: draft.groupId }),
    ...(deduplication !== undefined && { deduplicationId: deduplication.id }),
    ...(draft.traceHeader !== undefined && { traceHeader: draft.traceHeader }),
  };
  if (deduplication !== undefined) queues.deduplication.remember(deduplication.key, message);
  queue.accept(message);
  return message;
}

function checkDraft(queue: Queue, draft: Draft): void {
  if (draft.body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  checkContents(draft.body);
  checkAttributes(draft.attributes ?? {});
  const max = numberAttribute(queue.attributes, 'MaximumMessageSize');
  if (sizeOf(draft) > max) {
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${max} bytes.`);
  }
  const delay = draft.delaySeconds ?? 0;
  if (delay < 0 || delay > 900) {
    throw invalid(`Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`);
  }
  if (queue.fifo) checkFifoDraft(draft);
  else if (draft.deduplicationId !== undefined) {
    throw invalid('The parameter MessageDeduplicationId is valid for FIFO queues only.');
  }
}

function checkFifoDraft(draft: Draft): void {
  if (draft.groupId === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html
  if ((draft.delaySeconds ?? 0) > 0) {
    throw invalid(
      `Value ${draft.delaySeconds} for parameter DelaySeconds is invalid. Reason: a FIFO queue takes no delay per message.`,
    );
  }
}

function deduplicationOf(queue: Queue, draft: Draft): { id: string; key: string } {
  const contentBased = queue.attributes.ContentBasedDeduplication === 'true';
  const id = draft.deduplicationId ?? (contentBased ? createHash('sha256').update(draft.body).digest('hex') : undefined);
  if (id === undefined) {
    throw invalid('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
  const scope = queue.attributes.DeduplicationScope === 'messageGroup' ? `${queue.name} ${draft.groupId}` : queue.name;
  return { id, key: `${scope} ${id}` };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
