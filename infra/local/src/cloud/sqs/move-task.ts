import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import { checkedInput } from '../input.ts';
import type { JsonObject } from '../json.ts';
import { randomUuid } from '../random-sources.ts';
import type { Call } from '../stand-in.ts';
import type { StoredMessage } from './message.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

const startInput = z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() });
const listInput = z.object({ SourceArn: z.string(), MaxResults: z.number().int().min(1).max(10).default(1) });

interface Task {
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly Status: 'COMPLETED';
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  readonly StartedTimestamp: number;
}

/**
 * Moves the visible messages of a dead-letter queue back to where each came from, or to one destination. They are new
 * messages there. On AWS it takes a while; here it has ended when it is answered.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export function startMoveTask(queues: Queues, { input }: Call): JsonObject {
  const { SourceArn, DestinationArn } = checkedInput(startInput, input, 'InvalidParameterValue');
  const source = found(queues, SourceArn);
  if (queues.sourcesOf(SourceArn).length === 0) {
    throw new AwsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
  }
  const destination = DestinationArn === undefined ? undefined : found(queues, DestinationArn);
  const now = queues.context.timeline.now();
  const visible = [...source.messages()].filter(({ visibleAtMs }) => visibleAtMs <= now).sort((a, b) => a.sequence - b.sequence);
  let moved = 0;
  for (const message of visible) {
    const target = destination ?? queues.byArn(message.deadLetterSource ?? '');
    // AWS leaves a message whose source is gone or unknown (it was sent to the dead-letter queue directly) and fails the task.
    if (target === undefined) continue;
    source.discard(message);
    target.accept(renewed(queues, target, message));
    moved++;
  }
  const task: Task = {
    SourceArn,
    ...(DestinationArn !== undefined && { DestinationArn }),
    Status: 'COMPLETED',
    ApproximateNumberOfMessagesMoved: moved,
    ApproximateNumberOfMessagesToMove: visible.length,
    StartedTimestamp: now,
  };
  const handle = randomUuid(queues.context.random);
  tasks(queues).set(handle, task);
  return { TaskHandle: Buffer.from(handle).toString('base64') };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html: the newest first. */
export function listMoveTasks(queues: Queues, { input }: Call): JsonObject {
  const { SourceArn, MaxResults } = checkedInput(listInput, input, 'InvalidParameterValue');
  found(queues, SourceArn);
  const own = [...tasks(queues).values()].filter((task) => task.SourceArn === SourceArn);
  return { Results: own.reverse().slice(0, MaxResults).map((task) => ({ ...task })) };
}

function tasks(queues: Queues) {
  return queues.context.store.map<Task>('sqs/move-tasks');
}

function found(queues: Queues, arn: string): Queue {
  const queue = queues.byArn(arn);
  if (queue !== undefined) return queue;
  throw new AwsError('ResourceNotFoundException', `The resource that you specified, ${arn}, does not exist.`, 404);
}

function renewed(queues: Queues, target: Queue, message: StoredMessage): StoredMessage {
  const now = queues.context.timeline.now();
  const { body, attributes, senderId, groupId, deduplicationId, traceHeader } = message;
  return {
    id: randomUuid(queues.context.random),
    sequence: target.nextSequence(),
    body,
    attributes,
    senderId,
    sentMs: now,
    visibleAtMs: now,
    receiveCount: 0,
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
    ...(traceHeader !== undefined && { traceHeader }),
  };
}
