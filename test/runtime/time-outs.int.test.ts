import { createServer } from 'node:http';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientDefaults, isOutage } from '@team/runtime';

it('gives up a call that AWS does not answer in time, and takes it for an outage', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = new SQSClient({
    ...clientDefaults,
    requestHandler: { ...clientDefaults.requestHandler, requestTimeout: 100 },
    maxAttempts: 1,
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  try {
    const failure: unknown = await client.send(new GetQueueUrlCommand({ QueueName: 'q' })).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'TimeoutError' });
    expect(isOutage(failure)).toBe(true);
  } finally {
    client.destroy();
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  }
}, 3_000);
