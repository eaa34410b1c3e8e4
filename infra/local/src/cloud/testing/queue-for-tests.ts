import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
  type ReceiveMessageCommandInput,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { runUntil } from '../time/run-until.ts';
import { accountId, cloudForTests, region } from './cloud-for-tests.ts';

export const arn = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;

/** A queue of that name, with a client and the usual calls. */
export async function withQueue(name = 'work', Attributes: Record<string, string> = {}) {
  const cloud = cloudForTests();
  const client = new SQSClient(cloud.configFor('tester'));
  const create = (QueueName: string, more: Record<string, string>) =>
    client.send(new CreateQueueCommand({ QueueName, Attributes: more })).then(({ QueueUrl }) => QueueUrl ?? '');
  const QueueUrl = await create(name, Attributes);
  return {
    ...cloud,
    client,
    create,
    QueueUrl,
    send: (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
      client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive: async (more: Partial<ReceiveMessageCommandInput> = {}) =>
      (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...more })))
        .Messages ?? [],
    pass: (ms: number) => runUntil(cloud.timeline, { ms: cloud.timeline.now() + ms }),
    counts: async () => {
      const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      const of = (name: '' | 'NotVisible' | 'Delayed') => Number(Attributes?.[`ApproximateNumberOfMessages${name}`]);
      return { visible: of(''), inFlight: of('NotVisible'), delayed: of('Delayed') };
    },
  };
}

export const bodies = (messages: Message[]) => messages.map(({ Body }) => Body);
