import { accessReviewedV1, accessReviewRequestedV1, type ApprovalRequestedV1, type DeliveredEvent } from '@team/contracts';
import { createLogger, resourceNames, uuidv7Source, type Platform } from '@team/runtime';
import { buildEvent, exampleOf } from '@team/testing';
import type { SQSRecord } from 'aws-lambda';
import { memoryStore, seededRandom } from '../../infra/local/src/cloud/index.ts';
import { accountId as ownAccount, cloudForTests, region } from '../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { lambdaContext } from '../../infra/local/src/lambda/index.ts';
import { clientsOf } from '../../infra/local/src/system/clients.ts';
import { provision } from '../../infra/local/src/system/provision.ts';
import { readModelTables } from '../../services/portal/api/src/adapters/read-model-tables.ts';
import { requestViews } from '../../services/portal/api/src/adapters/request-views.ts';
import { composeInbox } from '../../services/portal/api/src/compose-inbox.ts';
import type { RequestRow } from '../../services/portal/api/src/contract/index.ts';
import { manifest } from '../../services/portal/api/src/manifest.ts';
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
  return { hear, rebuild, views: requestViews(clients.documents, tables, readModelTables(clients.documents, tables), ownAccount) };
}

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
    expect((await wild.views.page(['all'], { limit: 10 })).items).toEqual([{ ...row, askedAt }]);
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

  it('is made again from the audit trail', async () => {
    const [before, again] = [await readModel(), await readModel()];
    for (const life of [first, second]) for (const event of life.events) await before.hear(event);
    const trail = [first, second].flatMap(({ requestId, events }) => events.map((event) => ({ chain: `request#${requestId}`, recordedAt: event.time, time: String((event.detail['metadata'] as { occurredAt: string }).occurredAt), source: event.source, detailType: event['detail-type'], account: event.account, eventId: String((event.detail['metadata'] as { eventId: string }).eventId), detail: event.detail })));
    const others = { ...trail[0], chain: 'source#team.audit#2026-01-01' };
    expect(await again.rebuild({ events: [...trail, others] })).toEqual({ remembered: trail.length });
    const everything = { limit: 10 };
    expect(await again.views.page(['all'], everything)).toEqual(await before.views.page(['all'], everything));
    await expect(again.rebuild({ events: [{}] })).rejects.toMatchObject({ code: 'ERR_QUERY_INVALID' });
  });

  it('refuses what is no place in a list', async () => {
    const { views } = await readModel();
    await expect(views.page(['all'], { limit: 2, after: 'somewhere' })).rejects.toMatchObject({ code: 'ERR_CURSOR_INVALID' });
  });
});
