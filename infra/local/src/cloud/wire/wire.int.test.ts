import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { OrganizationsClient, DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { CreateQueueCommand, ListQueuesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AwsError } from '../aws-error.ts';
import type { StandIn } from '../stand-in.ts';
import { accountId, cloudForTests, region } from '../testing/cloud-for-tests.ts';
import { serveHttp, type HttpServer } from './http-server.ts';
import { encodeText } from './message.ts';
import type { RoutedCall } from './router.ts';

const organizations: StandIn = {
  target: 'AWSOrganizationsV20161128',
  handle({ action }) {
    if (action === 'DescribeOrganization') throw new AwsError('AWSOrganizationsNotInUseException', 'Not in use.', 400, { Extra: 1 });
    throw new Error('A mistake in a stand-in.');
  },
};

const signed = (accessKeyId: string, more: Record<string, string> = {}) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/events/aws4_request, SignedHeaders=host, Signature=0`,
  ...more,
});
const identity = 'Action=GetCallerIdentity&Version=2011-06-15';
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('the router', () => {
  type Cloud = ReturnType<typeof cloudForTests>;
  const respond = async (cloud: Cloud, target: string, body: string | Uint8Array, accessKeyId = 'tester') => {
    const answer = await cloud.router.respond({
      headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' },
      body: typeof body === 'string' ? encodeText(body) : body,
      accessKeyId: accessKeyId === '' ? undefined : accessKeyId,
    });
    const parsed = JSON.parse(new TextDecoder().decode(answer.body)) as Record<string, unknown>;
    return { status: answer.statusCode, headers: answer.headers, body: parsed };
  };

  test.each<[string, string, string | Uint8Array, string, number, string]>([
    ['no JSON', 'AWSEvents.PutEvents', '{', 'tester', 400, 'SerializationException'],
    ['JSON that is no object', 'AWSEvents.PutEvents', '[]', 'tester', 400, 'SerializationException'],
    ['bytes that are no text', 'AWSEvents.PutEvents', Uint8Array.of(0x7b, 0xff, 0x7d), 'tester', 400, 'SerializationException'],
    ['JSON nested too deep', 'AWSEvents.PutEvents', `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`, 'tester', 400, 'SerializationException'],
    ['an unknown service', 'Unknown.Do', '{}', 'tester', 400, 'UnknownOperationException'],
    ['no target', '', '{}', 'tester', 400, 'UnknownOperationException'],
    ['an unknown action', 'AWSEvents.Unknown', '{}', 'tester', 501, 'NotImplementedByLocalCloud'],
    ['an action called like a method of every object', 'AWSEvents.toString', '{}', 'tester', 501, 'NotImplementedByLocalCloud'],
    ['an unknown caller', 'AWSEvents.PutEvents', '{}', 'stranger', 400, 'UnrecognizedClientException'],
    ['nobody', 'AWSEvents.PutEvents', '{}', '', 400, 'MissingAuthenticationTokenException'],
    ['a stand-in that fails', 'AWSOrganizationsV20161128.ListRoots', '{}', 'tester', 500, 'InternalFailure'],
  ])('answers %s as AWS does', async (_what, target, body, accessKeyId, status, code) => {
    const answer = await respond(cloudForTests({ standIns: [organizations] }), target, body, accessKeyId);
    expect([answer.status, answer.body.__type, answer.headers['x-amzn-errortype']]).toEqual([status, code, code]);
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('finds a target behind a namespace, and answers in the version that was asked in', async () => {
    const answer = await respond(cloudForTests(), 'com.amazonaws.events.AWSEvents.ListEventBuses', '{}');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/x-amz-json-1.0']);
  });

  test('commits what a call changed before anything else runs, and what a waiting call changes when it ends', async () => {
    const cloud = cloudForTests();
    const client = new SQSClient(cloud.configFor('tester'));
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'work' }));
    const before = cloud.commits.length;
    const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    await waiting;
    const [commit, ...more] = cloud.commits.slice(before);
    expect(more).toEqual([]);
    const change = (receiveCount: number): unknown[] => ['sqs/messages/work', expect.any(String), expect.stringContaining(`"receiveCount":${receiveCount}`)];
    expect(commit).toEqual([change(0), change(1)]);
  });

  test('asks for authorization before anything happens', async () => {
    const authorize = ({ caller, target, action }: RoutedCall): void => {
      if (caller.name !== 'admin') throw new AwsError('AccessDeniedException', `${caller.name} may not ${target}.${action}`);
    };
    const cloud = cloudForTests({ authorize });
    const create = (name: string) => new SQSClient(cloud.configFor(name)).send(new CreateQueueCommand({ QueueName: 'work' }));
    const message = 'tester may not AmazonSQS.CreateQueue';
    await expect(create('tester')).rejects.toMatchObject({ name: 'AccessDeniedException', message });
    expect(() => cloud.queues.peek('work')).toThrow(AwsError);
    await create('admin');
    expect(cloud.queues.peek('work')).toEqual([]);
  });

  test('lets a simulator fail a call before and after its effect, and never answer', async () => {
    const fates: ('before' | 'after' | 'never' | 'well')[] = ['before', 'after', 'never', 'well'];
    const cloud = cloudForTests({
      async intercept(_call, next) {
        const fate = fates.shift();
        if (fate === 'never') return new Promise(() => undefined);
        if (fate === 'before') throw new AwsError('ThrottlingException', 'Slow down.');
        const output = await next();
        if (fate === 'after') throw new AwsError('InternalFailure', 'Lost.', 500);
        return output;
      },
    });
    const client = new SQSClient(cloud.configFor('tester'));
    const create = (QueueName: string) => client.send(new CreateQueueCommand({ QueueName }));
    await expect(create('a')).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(create('b')).rejects.toMatchObject({ name: 'InternalFailure' });
    const unanswered = create('c');
    await create('d');
    await expect(Promise.race([unanswered, Promise.resolve('still waiting')])).resolves.toBe('still waiting');
    const { QueueUrls } = await client.send(new ListQueuesCommand({}));
    expect(QueueUrls?.map((url) => url.at(-1))).toEqual(['b', 'd']);
  });

  test('gives a modelled error its fields, through the client of that service', async () => {
    const client = new OrganizationsClient(cloudForTests({ standIns: [organizations] }).configFor('tester'));
    await expect(client.send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
      message: 'Not in use.',
      $metadata: { httpStatusCode: 400, requestId: expect.any(String) },
    });
  });

  test('needs no file and no socket for a client: a first call ends within one turn of the event loop', async () => {
    const client = new DynamoDBClient(cloudForTests().configFor('tester'));
    let ended = false;
    void client.send(new ListTablesCommand({})).then(() => (ended = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(true);
  });
});

describe('the router over HTTP', () => {
  let server: HttpServer;
  let cloud: ReturnType<typeof cloudForTests>;
  beforeEach(async () => {
    cloud = cloudForTests();
    server = await serveHttp({ router: cloud.router, port: 0 });
  });
  afterEach(() => server.close());

  const config = (accessKeyId: string) => ({
    endpoint: server.endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey: 'any' },
    maxAttempts: 1,
  });

  test('serves the ordinary SDK clients, the access key id naming the caller', async () => {
    const dynamo = new DynamoDBClient(config('tester'));
    await dynamo.send(
      new CreateTableCommand({
        TableName: 'grants',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    await dynamo.send(new PutItemCommand({ TableName: 'grants', Item: { pk: { S: 'ä' } } }));
    const { Item } = await dynamo.send(new GetItemCommand({ TableName: 'grants', Key: { pk: { S: 'ä' } } }));
    expect(Item).toEqual({ pk: { S: 'ä' } });
    const buses = await new EventBridgeClient(config('tester')).send(new ListEventBusesCommand({}));
    expect(buses.EventBuses).toMatchObject([{ Name: 'default' }]);
    await expect(new EventBridgeClient(config('stranger')).send(new ListEventBusesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  test('sends and receives over SQS with the digests that its client checks', async () => {
    const client = new SQSClient({ ...config('tester'), useQueueUrlAsEndpoint: false });
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'work' }));
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages).toMatchObject([{ Body: 'hello' }]);
  });

  test('says who somebody is, in the older XML protocol', async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(server.endpoint, { method: 'POST', body: identity, headers: { ...form, ...headers } });
    const known = await ask(signed('tester'));
    expect(await known.text()).toContain(`<Arn>arn:aws:iam::${accountId}:role/tester</Arn>`);
    const unknown = await ask(signed('stranger'));
    expect([unknown.status, await unknown.text()]).toEqual([403, expect.stringContaining('<Code>InvalidClientTokenId</Code>')]);
    expect((await ask({})).status).toBe(403);
  });

  test('listens on this machine only', async () => {
    const { hostname, port } = new URL(server.endpoint);
    expect(hostname).toBe('127.0.0.1');
    const other = connect({ host: '127.0.0.2', port: Number(port) });
    const outcome = await new Promise((resolve) => other.once('error', () => resolve('refused')).once('connect', () => resolve('open')));
    other.destroy();
    expect(outcome).toBe('refused');
  });

  test('refuses another method, and a body above 16 MiB', async () => {
    expect((await fetch(server.endpoint)).status).toBe(405);
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(server.endpoint, { method: 'POST' }, (response) => resolve(response.resume().statusCode));
      request.once('error', reject).end(Buffer.alloc(16 * 1024 * 1024 + 1));
    });
    expect(status).toBe(413);
  });

  test('lets go of a long poll when it is closed', async () => {
    const client = new SQSClient({ ...config('tester'), useQueueUrlAsEndpoint: false });
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'work' }));
    const polling = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 })).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.close();
    expect(await polling).toBeInstanceOf(Error);
    server = await serveHttp({ router: cloud.router, port: 0 });
  });
});
