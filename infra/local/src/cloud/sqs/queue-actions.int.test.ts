import { GetQueueUrlCommand, ListQueuesCommand, PurgeQueueCommand, QueueDoesNotExist, TagQueueCommand } from '@aws-sdk/client-sqs';
import { accountId } from '../testing/cloud-for-tests.ts';
import { withQueue } from '../testing/queue-for-tests.ts';

describe('queues', () => {
  test('are created once: the same attributes are harmless, others refused', async () => {
    const { client, create, QueueUrl } = await withQueue('work', { DelaySeconds: '1' });
    expect(await create('work', { DelaySeconds: '1' })).toBe(QueueUrl);
    await expect(create('work', { DelaySeconds: '2' })).rejects.toMatchObject({ name: 'QueueNameExists' });
    const { QueueUrls } = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'w' }));
    expect(QueueUrls).toEqual([`http://localhost/${accountId}/work`]);
  });

  test('that are not there are refused with the error of the JSON and of the query protocol', async () => {
    const { client } = await withQueue();
    const error: unknown = await client.send(new GetQueueUrlCommand({ QueueName: 'none' })).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(QueueDoesNotExist);
    expect(error).toMatchObject({ Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender' } });
  });

  test('are purged, once in 60 seconds', async () => {
    const { client, QueueUrl, send, counts } = await withQueue();
    await send('a');
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    expect((await counts()).visible).toBe(0);
    await expect(client.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
  });

  test.each([
    ['an unknown attribute', { Nonsense: '1' }, 'InvalidAttributeName'],
    ['a delay above 900 s', { DelaySeconds: '901' }, 'InvalidAttributeValue'],
    ['a policy, which would promise protection', { Policy: '{}' }, 'NotImplementedByLocalCloud'],
    ['dead letters to nowhere', { RedrivePolicy: '{"deadLetterTargetArn":"arn:x","maxReceiveCount":1}' }, 'InvalidParameterValue'],
  ])('refuse %s', async (_what, attributes, name) => {
    const { create } = await withQueue();
    await expect(create('other', attributes)).rejects.toMatchObject({ name });
  });

  test('refuse an action that is not implemented', async () => {
    const { client, QueueUrl } = await withQueue();
    await expect(client.send(new TagQueueCommand({ QueueUrl, Tags: {} }))).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud' });
  });
});
