import { CreateQueueCommand, DeleteMessageCommand, DeleteQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { eventually } from './answers.ts';
import type { Place } from './place.ts';

/** A queue of the sandbox. */
export interface SandboxQueue {
  readonly url: string;
  readonly arn: string;
}

/** Makes a queue; it is removed at the end. */
export async function makeQueue(place: Place, what: string, Attributes: Record<string, string> = {}): Promise<SandboxQueue> {
  const { sqs } = place.clients;
  const QueueName = `${place.sandbox.name(what)}${Attributes['FifoQueue'] === 'true' ? '.fifo' : ''}`;
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  place.sandbox.removeLater(`queue ${QueueName}`, () => sqs.send(new DeleteQueueCommand({ QueueUrl: url })));
  const { Attributes: made } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { url, arn: made?.['QueueArn'] ?? '' };
}

/** What can be received now, ten at most; a queue on several machines may answer less than it has. */
export async function receiveNow(place: Place, { url: QueueUrl }: SandboxQueue, VisibilityTimeout = 30): Promise<Message[]> {
  const command = new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] });
  return (await place.clients.sqs.send(command)).Messages ?? [];
}

/** Receives until there are so many; fails after half a minute. */
export async function receive(place: Place, queue: SandboxQueue, count: number, visibilitySeconds = 30): Promise<Message[]> {
  const messages: Message[] = [];
  return eventually(place, `${count} messages are received`, 30, async () => {
    messages.push(...(await receiveNow(place, queue, visibilitySeconds)));
    return messages.length >= count ? messages : undefined;
  });
}

export const bodiesOf = (messages: readonly Message[]): string[] => messages.map(({ Body = '' }) => Body);

export async function deleteMessage(place: Place, { url: QueueUrl }: SandboxQueue, { ReceiptHandle }: Message): Promise<void> {
  await place.clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
}
