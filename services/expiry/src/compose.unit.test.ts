import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Directory } from '@team/directory';
import { createLogger } from '@team/runtime';
import { fixedClock } from '@team/testing';
import type { Context } from 'aws-lambda';
import { requestId } from '../test/scenario.ts';
import { compose } from './compose.ts';
import { manifest } from './manifest.ts';

/** Handlers on clients none of which reaches AWS; `calls` lists what was asked of them. */
function composed() {
  const calls: { readonly body: string }[] = [];
  const requestHandler = {
    handle: async ({ body }: { body?: unknown }) => {
      calls.push({ body: body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body) });
      throw Object.assign(new Error('no AWS here'), { name: 'TimeoutError' });
    },
  };
  const client = { region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1, requestHandler };
  const dynamo = new DynamoDBClient(client);
  const unused = () => Promise.reject(new Error('not asked here'));
  const directory: Directory = {
    findUser: unused,
    managerOf: unused,
    groupsOf: unused,
    isMemberOfAny: unused,
    findGroup: unused,
    membersOf: unused,
    findAccount: unused,
    findPermissionSet: unused,
    accountTags: unused,
    permissionSetTags: unused,
    accountsIn: unused,
    permissionSetsInManagementAccount: unused,
    managementAccountId: unused,
    snapshot: unused,
  };
  const queue = (name: string) => ({
    url: `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`,
    deadLetterUrl: `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}-dlq`,
  });
  const handlers = compose({
    clients: {
      dynamo,
      documents: DynamoDBDocumentClient.from(dynamo),
      eventBridge: new EventBridgeClient(client),
      sqs: new SQSClient(client),
      kms: new KMSClient(client),
    },
    config: {
      busName: 'team',
      ownAccount: '111122223333',
      tables: { aggregates: 'team-expiry-aggregates' },
      queues: { inbox: queue('inbox'), timers: queue('timers') },
      keys: { acceptance: 'acceptance', proof: 'proof', checkpoint: 'checkpoint' },
      emitters: [],
    },
    clock: fixedClock(),
    newId: () => requestId,
    logger: createLogger('expiry', 'SILENT'),
    directory,
  });
  return { handlers, calls };
}

const context = { functionName: 'inbox', awsRequestId: 'test', getRemainingTimeInMillis: () => 30_000 } as Context;

function delivered(detailType: string, detail: object) {
  const body = JSON.stringify({
    id: 'e1',
    'detail-type': detailType,
    source: 'team.portal',
    account: '111122223333',
    time: '2026-11-22T10:00:00Z',
    detail,
  });
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 's', ApproximateFirstReceiveTimestamp: '0' };
  const record = {
    messageId: 'm1',
    receiptHandle: 'r',
    body,
    attributes,
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn',
    awsRegion: 'eu-west-1',
  };
  return { Records: [record] };
}

describe('the composed service', () => {
  it('has a handler for each function of its manifest', () => {
    expect(Object.keys(composed().handlers).sort()).toEqual(Object.keys(manifest.functions).sort());
  });

  it.each(manifest.queues.inbox.consumes.map(({ detailType }) => detailType))('knows what to do with %s', async (detailType) => {
    const { handlers, calls } = composed();
    await handlers.inbox(delivered(detailType, {}), context);
    expect(calls.filter(({ body }) => body.includes('ERR_DETAIL_TYPE_UNKNOWN'))).toEqual([]);
  });

  it('leaves a malformed revocation of a request to the approval service', async () => {
    const { handlers, calls } = composed();
    const answer = await handlers.inbox(
      delivered('AccessRevocationRequested.v1', { metadata: {}, data: { requestId, grantIds: 'all' } }),
      context,
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(calls).toEqual([]);
  });

  it('lays down as a dead letter a malformed revocation of no request', async () => {
    const { handlers, calls } = composed();
    await handlers.inbox(delivered('AccessRevocationRequested.v1', { metadata: {}, data: {} }), context);
    expect(calls).toMatchObject([{ body: expect.stringContaining('inbox-dlq') }]);
    expect(calls[0]?.body).toContain('ERR_CONTRACT_VIOLATION');
  });
});
