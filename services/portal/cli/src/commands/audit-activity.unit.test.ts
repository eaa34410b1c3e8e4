import { accessApprovedV1, accessEndedV1, accessGrantedV1, accessWindowOpenedV1, accessExpiredV1, sessionActivityCollectedV1, type SessionActivityCollectedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import type { ActivityCall } from '@team/contracts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import { recorded } from '../../test/recorded.ts';
import { scriptedCloud } from '../../test/scripted-cloud.ts';

const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
const grantId = '3f2a1b4c-0000-4000-8000-0000000000a1';
const of = { requestId, grantId };
const [grant] = exampleOf(accessApprovedV1).grants;
if (grant === undefined) throw new TypeError('an approval has a grant');
const removedAt = '2026-11-22T11:00:00.000Z';
const life = [
  recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId, grants: [{ ...grant, grantId }] })),
  recorded(accessWindowOpenedV1, exampleOf(accessWindowOpenedV1, { requestId, grant: { ...exampleOf(accessWindowOpenedV1).grant, grantId } })),
  recorded(accessGrantedV1, exampleOf(accessGrantedV1, of)),
  recorded(accessExpiredV1, exampleOf(accessExpiredV1, of)),
  recorded(accessEndedV1, exampleOf(accessEndedV1, { ...of, how: 'deleted', removedAt })),
];
const collection = (more: Partial<SessionActivityCollectedV1>): RecordedEvent =>
  recorded(sessionActivityCollectedV1, { ...exampleOf(sessionActivityCollectedV1), ...of, reads: 2, writes: 1, errors: 1, afterRemoval: 0, state: 'complete', use: 'used', collection: 1, collections: 3, collectedAt: '2026-11-22T12:15:00.000Z', ...more });
const read: ActivityCall = { eventId: 'e1', at: '2026-11-22T10:30:00.000Z', service: 's3.amazonaws.com', action: 'ListBuckets', readOnly: true, sourceIp: '203.0.113.9', region: 'eu-central-1' };
const refused: ActivityCall = { eventId: 'e2', at: '2026-11-22T10:31:00.000Z', service: 'iam.amazonaws.com', action: 'CreateUser\u001b[2J', readOnly: false, errorCode: 'AccessDenied' };
const after: ActivityCall = { eventId: 'e3', at: '2026-11-22T11:05:00.000Z', service: 's3.amazonaws.com', action: 'GetObject', readOnly: true };

const answering = (events: readonly RecordedEvent[], calls: readonly ActivityCall[] = []) =>
  scriptedCloud({
    audit: ({ op, after: cursor }) => {
      if (op === 'activity') return cursor === undefined ? { calls: calls.slice(0, 2), ...(calls.length > 2 ? { next: 'there' } : {}) } : { calls: calls.slice(2) };
      return { events: cursor === undefined ? events : [], next: 'end' };
    },
  });
const activityOf = async (...events: readonly RecordedEvent[]): Promise<readonly string[]> => (await answering([...life, ...events]).team('show', requestId)).said.filter((line) => /activity|ERR_/.test(line) && !line.includes('→')).map((line) => line.trim());

describe('team show says of each grant what was done under it', () => {
  it.each<[string, Partial<SessionActivityCollectedV1>, string]>([
    ['used', {}, 'activity used: 2 reads, 1 write, 1 error (complete, 1 of 3, at 2026-11-22 12:15:00Z)'],
    ['unused', { reads: 0, writes: 0, errors: 0, use: 'unused' }, 'activity not used at all: 0 reads, 0 writes, 0 errors (complete, 1 of 3, at 2026-11-22 12:15:00Z)'],
    ['only reads', { writes: 0, use: 'only_reads' }, 'activity only reads: 2 reads, 0 writes, 1 error (complete, 1 of 3, at 2026-11-22 12:15:00Z)'],
    ['after removal', { afterRemoval: 1, use: 'after_removal' }, 'activity USED AFTER REMOVAL, with credentials issued before: 2 reads, 1 write, 1 error, 1 after removal (complete, 1 of 3, at 2026-11-22 12:15:00Z)'],
  ])('%s', async (_, more, line) => {
    expect(await activityOf(collection(more))).toEqual([line]);
  });

  it('that it could not be read, and why; never that nothing was done', async () => {
    const missing = collection({ reads: 0, writes: 0, errors: 0, state: 'missing', use: 'unknown', reason: { code: 'ERR_ACTIVITY_SOURCE_DOWN', message: 'the service is not available' } });
    expect(await activityOf(missing)).toEqual(['activity could not be read (missing, 1 of 3, at 2026-11-22 12:15:00Z)', expect.stringContaining('ERR_ACTIVITY_SOURCE_DOWN')]);
  });

  it('as it was collected last, in whatever order that was told', async () => {
    const later = collection({ writes: 5, collection: 2, collectedAt: '2026-11-22T18:00:00.000Z' });
    for (const events of [[collection({}), later], [later, collection({})]]) expect(await activityOf(...events)).toEqual([expect.stringContaining('5 writes, 1 error (complete, 2 of 3')]);
  });
});

describe('team audit activity', () => {
  it('lists every call that is kept, page by page, with errors and what came after removal, and nothing that moves a cursor', async () => {
    const { team } = answering([...life, collection({ reads: 4, afterRemoval: 1 })], [read, refused, after]);
    const { code, said, remarks } = await team('audit', 'activity', requestId);
    expect(code).toBe(0);
    expect(said.slice(2)).toEqual([
      '  2026-11-22 10:30:00Z  read   s3.amazonaws.com ListBuckets  (eu-central-1 from 203.0.113.9)',
      '  2026-11-22 10:31:00Z  write  iam.amazonaws.com CreateUser�[2J  AccessDenied',
      '  2026-11-22 11:05:00Z  read   s3.amazonaws.com GetObject  AFTER REMOVAL',
    ]);
    expect(remarks).toEqual(['2 more calls were counted and are not kept']);
  });

  it('gives JSON Lines, each call with its grant', async () => {
    const { said } = await answering([...life, collection({ reads: 1 })], [read, refused]).team('audit', 'activity', requestId, '--json');
    expect(said.map((line): unknown => JSON.parse(line))).toEqual([{ requestId, grantId, ...read }, { requestId, grantId, ...refused }]);
  });

  it('says where nothing was collected yet, and refuses a request that nobody has heard of', async () => {
    expect((await answering(life).team('audit', 'activity', requestId)).said).toContain('  nothing was collected yet');
    await expect(answering([]).team('audit', 'activity', requestId)).resolves.toMatchObject({ code: 1 });
  });
});
