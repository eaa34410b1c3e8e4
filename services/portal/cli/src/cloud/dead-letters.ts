import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  StartMessageMoveTaskCommand,
  paginateListQueues,
  type ListMessageMoveTasksResultEntry,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { refused } from '../failure.ts';
import { deployment } from './deployment.ts';

/** A queue where messages are laid down that could not be handled. */
export interface DeadLetterQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  /** Messages that can be moved now. */
  readonly letters: number;
  /** Messages that somebody is looking at and that cannot be moved until they are released. */
  readonly held: number;
}

/** A message that could not be handled. */
export interface DeadLetter {
  readonly body: string;
  /** Why it was laid down; absent where it was received too often. */
  readonly code?: string;
  readonly message?: string;
  /** When it first came to the queue that could not handle it, or to this one where EventBridge could not deliver it (ms since the epoch). */
  readonly since: number;
  /** How often it was received until it was laid down; where SQS did that, each look at it since counts, too. */
  readonly receives: number;
}

/** So many letters of a queue are looked at; the others are only counted. */
const mostShown = 50;
/** How long a letter is held while its queue is looked through (s); should we die meanwhile, it is back then. */
const heldForSeconds = 30;

/** Every dead-letter queue of the deployment, by name. */
export async function listDeadLetterQueues(sqs: SQSClient): Promise<DeadLetterQueue[]> {
  const urls: string[] = [];
  for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs, pageSize: 1000 }, { QueueNamePrefix: deployment.queuePrefix })) urls.push(...QueueUrls);
  const queues = urls.filter((url) => /-dlq(\.fifo)?$/.test(url)).map(async (url) => {
    const of = await attributesOf(sqs, url);
    return { name: nameOf(url), url, arn: of.QueueArn, letters: Number(of.ApproximateNumberOfMessages), held: Number(of.ApproximateNumberOfMessagesNotVisible) };
  });
  return (await Promise.all(queues)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Looks at the letters of a queue and leaves them there; the first fifty. */
export async function readDeadLetters(sqs: SQSClient, { url }: DeadLetterQueue): Promise<DeadLetter[]> {
  const messages = new Map<string, Message>();
  try {
    while (messages.size < mostShown) {
      const before = messages.size;
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: heldForSeconds,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
        }),
      );
      for (const message of Messages) messages.set(message.MessageId ?? '', message);
      if (messages.size === before) break;
    }
  } finally {
    await Promise.all([...messages.values()].map((message) => release(sqs, url, message)));
  }
  return [...messages.values()].map(letterOf);
}

/** The queue that a dead-letter queue's letters came from. Throws `Failure` where there is not exactly one. */
export async function sourceOf(sqs: SQSClient, { name, url }: DeadLetterQueue): Promise<{ readonly name: string; readonly arn: string }> {
  const { queueUrls = [] } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url }));
  const [source, ...others] = queueUrls;
  if (source === undefined || others.length > 0) throw refused(`${name} is the dead-letter queue of ${queueUrls.length} queues; it is redriven only where there is one`);
  return { name: nameOf(source), arn: (await attributesOf(sqs, source)).QueueArn };
}

/**
 * Moves every letter back to where it came from, each once; gives how many. SQS works at one such task of a queue at a time: where
 * one is under way, begun by somebody else or by a command that was killed, that one is waited for. Throws `Failure` where AWS gives
 * up half-way.
 */
export async function moveBack(sqs: SQSClient, { name, arn }: DeadLetterQueue, destinationArn: string, pause: (ms: number) => Promise<void>): Promise<number> {
  let task = await newestTask(sqs, arn);
  if (task?.Status !== 'RUNNING') {
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn, DestinationArn: destinationArn }));
    task = await newestTask(sqs, arn);
  }
  while (task?.Status === 'RUNNING') {
    await pause(1_000);
    task = await newestTask(sqs, arn);
  }
  if (task?.Status === 'COMPLETED') return task.ApproximateNumberOfMessagesMoved ?? 0;
  throw refused(`the letters of ${name} were not all moved: ${task?.FailureReason ?? task?.Status ?? 'the task is gone'}`);
}

async function newestTask(sqs: SQSClient, arn: string): Promise<ListMessageMoveTasksResultEntry | undefined> {
  const { Results: [task] = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }));
  return task;
}

async function attributesOf(sqs: SQSClient, url: string): Promise<{ QueueArn: string; ApproximateNumberOfMessages: string; ApproximateNumberOfMessagesNotVisible: string }> {
  const names = ['QueueArn', 'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }));
  const { QueueArn, ApproximateNumberOfMessages = '0', ApproximateNumberOfMessagesNotVisible = '0' } = Attributes;
  if (QueueArn === undefined) throw refused(`${nameOf(url)} has no ARN`);
  return { QueueArn, ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible };
}

async function release(sqs: SQSClient, url: string, { ReceiptHandle }: Message): Promise<void> {
  try {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
  } catch (error) {
    // Its time was up already.
    if (!(error instanceof Error && ['MessageNotInflight', 'ReceiptHandleIsInvalid'].includes(error.name))) throw error;
  }
}

/**
 * Services say why in `code` and `message`, EventBridge in `ERROR_CODE` and `ERROR_MESSAGE` where it could not deliver. SQS lays down
 * what was received too often as it is: what it says of itself is then of an earlier time.
 */
function letterOf({ Body = '', Attributes = {}, MessageAttributes = {} }: Message): DeadLetter {
  const said = (...names: string[]): string | undefined => names.map((name) => MessageAttributes[name]?.StringValue).find((value) => value !== undefined);
  const since = Number(said('arrivedAt') ?? Attributes.SentTimestamp);
  // This look is not one of them.
  const received = Number(Attributes.ApproximateReceiveCount ?? 1) - 1;
  if (Attributes.DeadLetterQueueSourceArn !== undefined) return { body: Body, since, receives: received };
  const code = said('code', 'ERROR_CODE');
  const message = said('message', 'ERROR_MESSAGE');
  return {
    body: Body,
    since,
    receives: Number(said('receives') ?? 0),
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
  };
}

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
