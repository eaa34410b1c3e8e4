import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { accessApprovedV1, accessEndedV1, accessGrantedV1, accessRequestedV1, accessReviewedV1, accessReviewRequestedV1, type ApprovalRequestedV1, type DeliveredEvent } from '@team/contracts';
import { createLogger, resourceNames, uuidv7Source, type Platform } from '@team/runtime';
import { buildEvent, exampleOf, uuidFrom } from '@team/testing';
import type { SQSRecord } from 'aws-lambda';
import { memoryStore, seededRandom } from '../../infra/local/src/cloud/index.ts';
import { accountId as ownAccount, cloudForTests, region } from '../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { lambdaContext } from '../../infra/local/src/lambda/index.ts';
import { clientsOf } from '../../infra/local/src/system/clients.ts';
import { provision } from '../../infra/local/src/system/provision.ts';
import { readModelTables } from '../../services/portal/api/src/adapters/read-model-tables.ts';
import { requestViews } from '../../services/portal/api/src/adapters/request-views.ts';
import { rememberEvents } from '../../services/portal/api/src/application/remember-events.ts';
import { composeInbox } from '../../services/portal/api/src/compose-inbox.ts';
import type { RequestRow } from '../../services/portal/api/src/contract/index.ts';
import { manifest } from '../../services/portal/api/src/manifest.ts';
import type { RecordedEvent } from '../../services/portal/story/src/recorded-event.ts';
import { lifeOf, personOf, type Crowd } from '../audit/lives.ts';

const crowd: Crowd = { people: 3, accounts: 2, permissionSets: 2 };
const named = Object.fromEntries(Object.keys(manifest.tables).map((table) => [table, resourceNames.table('team', 'portal', table)]));
const tables = { events: 'team-portal-events', requests: 'team-portal-requests', lists: 'team-portal-lists' };

async function readModel() {
  const cloud = cloudForTests({ store: memoryStore() });
  const clients = clientsOf(cloud.router, 'tester', region, 1);
  await provision([manifest], clients, ownAccount, region);
  const clock = (): number => cloud.timeline.now();
  const queue = { url: `http://localhost/${ownAccount}/team-portal-inbox`, deadLetterUrl: `http://localhost/${ownAccount}/team-portal-inbox-dlq` };
  const platform: Platform = {
    clients,
    clock,
    newId: uuidv7Source(clock),
    logger: createLogger('portal', 'SILENT'),
    config: { busName: 'team', ownAccount, tables: named, queues: { inbox: queue }, keys: { acceptance: 'a', proof: 'p', checkpoint: 'c' }, emitters: [] },
  };
  const { inbox, rebuild } = composeInbox(platform);
  const context = lambdaContext({ functionName: 'portal', requestId: 'r', accountId: ownAccount, region, deadlineMs: clock() + 30_000, clock: { now: clock } });
  const hear = async (event: DeliveredEvent): Promise<void> => {
    const { batchItemFailures } = await inbox({ Records: [recordOf(event, clock())] }, context);
    if (batchItemFailures.length > 0) throw new Error(`${event['detail-type']} was given back`);
  };
  // Who reads reads anew, an hour later each time.
  const hourly = (): number => (hours += 1) * 3_600_000;
  let hours = 0;
  const store = readModelTables(clients.documents, tables);
  const everything = async (TableName: string): Promise<Readonly<Record<string, unknown>>[]> => (await clients.documents.send(new ScanCommand({ TableName }))).Items ?? [];
  return {
    hear,
    rebuild,
    store,
    /** What is in its tables, but for how often that was written. */
    contents: async () => ({
      rows: (await everything(tables.requests)).map(({ version: _version, left: _left, ...row }) => row).toSorted(inOrder),
      lists: (await everything(tables.lists)).map(({ version: _version, ...entry }) => entry).toSorted(inOrder),
    }),
    /** Empties one of its lists. */
    async lose(list: string): Promise<void> {
      for (const { pk, place } of await everything(tables.lists)) if (pk === list) await clients.documents.send(new DeleteCommand({ TableName: tables.lists, Key: { pk, place } }));
    },
    views: requestViews(clients.documents, tables, store, ownAccount, hourly),
  };
}

const inOrder = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

function recordOf(event: DeliveredEvent, now: number): SQSRecord {
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: String(now), SenderId: 'bus', ApproximateFirstReceiveTimestamp: String(now) };
  return { messageId: event.id, receiptHandle: event.id, body: JSON.stringify(event), attributes, messageAttributes: {}, md5OfBody: '', eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-central-1:111122223333:team-portal-inbox', awsRegion: region };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  return items.map((item) => ({ item, at: random.next() })).toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}

const approvers = personOf(9).userId;

/** Where people are asked to decide, it is the people of this group. */
function askedOf(groupId: string, event: DeliveredEvent): DeliveredEvent {
  const { openStages } = event.detail['data'] as Partial<ApprovalRequestedV1>;
  if (openStages === undefined) return event;
  const stages = openStages.map((stage) => ({ ...stage, approvers: { groupIds: [groupId], userIds: [] } }));
  return { ...event, detail: { ...event.detail, data: { ...(event.detail['data'] as object), openStages: stages } } };
}

/** As the audit trail has it: recorded a little later than the portal heard of it, put on the bus at a time of its emitter's choice. */
function asRecorded(event: DeliveredEvent, n: number): RecordedEvent {
  const { eventId, requestId } = event.detail['metadata'] as { readonly eventId: string; readonly requestId: string };
  const recordedAt = new Date(Date.parse('2026-03-01T00:00:00.000Z') + n).toISOString();
  return { chain: `request#${requestId}`, seq: n + 1, recordedAt, time: '2019-01-01T00:00:00Z', source: event.source, detailType: event['detail-type'], account: event.account, eventId, detail: event.detail };
}

const ids = (items: readonly { readonly requestId: string }[]): string[] => items.map(({ requestId }) => requestId);
const [first, second, third] = [lifeOf(1, crowd), lifeOf(2, crowd), lifeOf(4, crowd)];

describe('the read model of the portal', () => {
  it.each([1, 2, 3, 4])('tells the same of the same events, in any order, each twice, at the same time (seed %i)', async (seed) => {
    const [orderly, wild] = [await readModel(), await readModel()];
    for (const event of first.events) await orderly.hear(event);
    await Promise.all(shuffled([...first.events, ...first.events], seed).map(wild.hear));
    const { askedAt, ...row } = (await orderly.views.page(['all'], { limit: 10 })).items[0] ?? {};
    expect(askedAt).toBeDefined();
    expect(row).toMatchObject({ requestId: first.requestId, status: 'ended', requester: personOf(1) });
    expect(await wild.contents()).toEqual(await orderly.contents());
  });

  it('moves a request from list to list, and leaves it in none where it is no more', async () => {
    const { hear, views } = await readModel();
    const page = async (list: string): Promise<string[]> => ids((await views.page([list], { limit: 10 })).items);
    const upTo = async (detailType: string): Promise<void> => {
      for (const event of first.events.slice(0, first.events.findIndex((event) => event['detail-type'] === detailType) + 1)) await hear(askedOf(approvers, event));
    };
    await upTo('ApprovalRequested.v1');
    const waitsFor = `for-group#${approvers}`;
    expect(await page('status#pending')).toEqual([first.requestId]);
    expect(await page(waitsFor)).toEqual([first.requestId]);
    await upTo('AccessGranted.v1');
    expect(await page('active')).toEqual([first.requestId]);
    expect(await page('status#pending')).toEqual([]);
    expect(await page(waitsFor)).toEqual([]);
    await upTo('AccessEnded.v1');
    expect(await page('active')).toEqual([]);
    expect(await page(`own#${personOf(1).userId}`)).toEqual([first.requestId]);
  });

  it('shows break glass to its reviewers until it is reviewed, and says when people approved', async () => {
    const { hear, views } = await readModel();
    const broken = lifeOf(50, crowd);
    const requester = personOf(50 % crowd.people);
    const reviewers = { groupIds: [approvers], userIds: [] };
    for (const event of broken.events) await hear(event);
    await hear(buildEvent(accessReviewRequestedV1, { requestId: broken.requestId, requester, reviewers, reviewBy: '2026-01-03T00:00:00.000Z' }));
    const page = async (): Promise<RequestRow[]> => [...(await views.page([`review-group#${approvers}`], { limit: 10 })).items];
    expect(ids(await page())).toEqual([broken.requestId]);
    expect((await page())[0]?.approvedAt).toBeUndefined();
    await hear(buildEvent(accessReviewedV1, { ...exampleOf(accessReviewedV1), requestId: broken.requestId }));
    expect(await page()).toEqual([]);
    for (const event of first.events) await hear(event);
    expect((await views.find(first.requestId))?.row.approvedAt).toBeDefined();
  });

  it('gives lists the newest first, page by page, several as one', async () => {
    const { hear, views } = await readModel();
    for (const life of [first, second, third]) for (const event of life.events) await hear(event);
    const lists = [`own#${personOf(1).userId}`, `own#${personOf(2).userId}`, 'all'];
    const page = await views.page(lists, { limit: 2 });
    expect(ids(page.items)).toEqual([third.requestId, second.requestId]);
    const rest = await views.page(lists, { limit: 2, after: page.next });
    expect(ids(rest.items)).toEqual([first.requestId]);
    expect(rest.next).toBeUndefined();
    expect(ids((await views.page(lists, { limit: 1, keep: ({ row }) => row.requester.userName === personOf(2).userName })).items)).toEqual([second.requestId]);
  });

  it('keeps in a list what was put there again while somebody else was slow to take it out', async () => {
    const { store, views } = await readModel();
    const gate = Promise.withResolvers<void>();
    const quick = rememberEvents(store, ownAccount, (id) => new Error(id));
    const slow = rememberEvents({ ...store, removeEntries: (...told) => gate.promise.then(() => store.removeEntries(...told)) }, ownAccount, (id) => new Error(id));
    const page = async (status: string): Promise<string[]> => ids((await views.page([`status#${status}`], { limit: 10 })).items);
    const { requestId } = first;
    const [grant] = exampleOf(accessApprovedV1).grants;
    const [one, other] = [uuidFrom('one'), uuidFrom('other')];
    const told = <Data extends object>(contract: Parameters<typeof buildEvent<Data>>[0], data: Data) => asRecorded(buildEvent(contract, data), 0);
    const grants = [one, other].flatMap((grantId) => (grant === undefined ? [] : [{ ...grant, grantId }]));
    const granted = (grantId: string) => told(accessGrantedV1, exampleOf(accessGrantedV1, { requestId, grantId }));
    await quick(requestId, [told(accessApprovedV1, exampleOf(accessApprovedV1, { requestId, grants })), granted(one)]);
    expect(await page('active')).toEqual([requestId]);
    const underWay = slow(requestId, [told(accessEndedV1, exampleOf(accessEndedV1, { requestId, grantId: one }))]);
    while ((await page('scheduled')).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await quick(requestId, [granted(other)]);
    gate.resolve();
    await underWay;
    expect(await page('active')).toEqual([requestId]);
  });

  it('is made again from the audit trail as it was, row by row and list by list, whatever was forged', async () => {
    const [before, again] = [await readModel(), await readModel()];
    const lives = [first, second, lifeOf(50, crowd)];
    const asked = buildEvent(accessRequestedV1, exampleOf(accessRequestedV1, { requestId: first.requestId }), { occurredAt: '2020-01-01T00:00:00.000Z' });
    const came = [asked, ...lives.flatMap(({ events }) => events)];
    for (const event of came) await before.hear(event);
    const forged = buildEvent(accessGrantedV1, exampleOf(accessGrantedV1, { requestId: second.requestId }), { occurredAt: '2020-01-01T00:00:00.000Z', account: '999999999999' });
    const [broken = forged] = third.events;
    const recorded = [forged, { ...broken, detail: { ...broken.detail, data: {} } }, ...came].map((event, n) => asRecorded(event, n));
    expect(await again.rebuild({ events: [...recorded, { ...recorded[2], chain: 'source#team.audit#2026-01-01', detailType: 'AuditRecorded.v1' }] })).toEqual({ remembered: came.length });
    expect(await again.contents()).toEqual(await before.contents());
    expect((await again.contents()).lists.length).toBe(15);
    await expect(again.rebuild({ events: [{}] })).rejects.toMatchObject({ code: 'ERR_QUERY_INVALID' });
  });

  it('has again, once it is made again, what was lost of its lists', async () => {
    const { hear, rebuild, contents, lose } = await readModel();
    for (const event of first.events) await hear(event);
    const before = await contents();
    await lose('all');
    expect((await contents()).lists.length).toBe(before.lists.length - 1);
    await rebuild({ events: first.events.map(asRecorded) });
    expect(await contents()).toEqual(before);
  });

  it('knows whom a row waits for, and who counted, and of a row of before by the lists that it stands in', async () => {
    const { hear, store, views } = await readModel();
    for (const event of first.events.slice(0, first.events.findIndex((event) => event['detail-type'] === 'ApprovalRequested.v1') + 1)) await hear(askedOf(approvers, event));
    const waitsFor = async (): Promise<unknown> => {
      const seen: unknown[] = [];
      await views.page(['all'], { limit: 1, keep: ({ openStages }) => seen.push(openStages) > 0 });
      return seen[0];
    };
    const expected = [{ approvers: { groupIds: [approvers], userIds: [] }, counted: [] }];
    expect(await waitsFor()).toEqual(expected);
    const row = await store.row(first.requestId);
    if (row === undefined) throw new TypeError('there is no row');
    const { openStages: _stages, ...old } = row;
    await store.putRow(first.requestId, { ...old, version: row.version + 1 });
    expect(await waitsFor()).toEqual(expected);
  });

  it('refuses what is no place in a list', async () => {
    const { views } = await readModel();
    await expect(views.page(['all'], { limit: 2, after: 'somewhere' })).rejects.toMatchObject({ code: 'ERR_CURSOR_INVALID' });
  });
});
