import { GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { World } from '../play/world.ts';

/** Codes of the letters in a dead-letter queue; they stay there. */
export async function deadLettersOf({ system }: World, queueName: string): Promise<string[]> {
  const { sqs } = system.clients('operator');
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, MessageAttributeNames: ['All'] }),
  );
  return Messages.map(({ MessageAttributes }) => MessageAttributes?.['code']?.StringValue ?? 'without code');
}
