import path from 'node:path';
import { catalog, type EventContract } from '@team/contracts';
import { asSchema, exampleValue } from '@team/testing';
import { isFact } from '../../services/audit/src/domain/ocsf-facts.ts';
import { intents } from '../../services/audit/src/domain/ocsf-unjudged.ts';
import { mapper, schemaVersion, toOcsf, type Ocsf, type RecordedEvent } from '../../services/audit/src/domain/ocsf.ts';
import { readOcsfSchema } from './ocsf-schema.ts';

const folder = process.env['TEAM_OCSF_SCHEMA'] ?? path.resolve(import.meta.dirname, '../../../shared/ocsf-1.8.0');
const schema = readOcsfSchema(folder);
/** `AuditRecorded` alone is no record. */
const told: readonly EventContract[] = catalog.filter(({ detailType }) => detailType !== 'AuditRecorded.v1');
const facts = told.filter(({ kind }) => kind === 'fact');
const classNames: Readonly<Record<number, string>> = { 3004: 'entity_management', 3005: 'user_access' };

const ownAccount = '111122223333';
const recorded = (detailType: string, data: object, from: Partial<RecordedEvent> = {}): RecordedEvent => ({
  eventId: '018f0000-0000-7000-8000-000000000001',
  detailType,
  source: 'team.request',
  account: ownAccount,
  occurredAt: '2026-11-29T10:00:00.000Z',
  recordedAt: '2026-11-29T10:00:01.000Z',
  requestId: '018f0000-0000-7000-8000-000000000002',
  data: { ...data },
  chain: 'request#018f0000-0000-7000-8000-000000000002',
  seq: 3,
  ownAccount,
  ...from,
});
const dataOf = ({ detail }: EventContract, extent: 'required' | 'whole' | 'largest'): object => ({ ...(exampleValue(asSchema(asSchema(detail.toJSONSchema({ io: 'input' })).properties?.['data']), { extent }) as object) });
const sourceOf = ({ source }: EventContract): string => source ?? 'acme.service-desk';
/** Each event, as small and as large as its contract allows; then as somebody else says it, and what is no event of ours. */
const mapped = [
  ...told.flatMap((contract) => (['required', 'whole', 'largest'] as const).map((extent) => [contract.detailType, extent, toOcsf(recorded(contract.detailType, dataOf(contract, extent), { source: sourceOf(contract) }))] as const)),
  ...facts.map((contract) => [contract.detailType, 'forged', toOcsf(recorded(contract.detailType, dataOf(contract, 'whole'), { source: sourceOf(contract), account: '999999999999' }))] as const),
  ['ReportReady.v1', 'of somebody else', toOcsf(recorded('ReportReady.v1', { note: 'eyJhbGciOi' }, { source: 'acme.reports' }))] as const,
  ['SomethingNew.v1', 'of a service', toOcsf(recorded('SomethingNew.v1', { note: 'eyJhbGciOi' }))] as const,
];

it('has words for every fact of the catalog, and names its intents', () => {
  expect(facts.map(({ detailType }) => detailType).filter((detailType) => !isFact(detailType))).toEqual([]);
  expect([...intents].toSorted()).toEqual(catalog.flatMap(({ kind, detailType }) => (kind === 'intent' ? [detailType] : [])).toSorted());
});

it('tells of an intent that it came, and nothing of what it says', () => {
  const [, , ocsf] = mapped.find(([detailType, extent]) => detailType === 'AccessRequested.v1' && extent === 'whole') ?? [];
  expect(ocsf).toMatchObject({ class_uid: 3004, type_uid: 300499, severity_id: 1, status_id: 99, status: 'Recorded', actor: { app_name: 'acme.service-desk', app_uid: ownAccount }, entity: { type: 'Event', name: 'AccessRequested.v1' } });
});

it.each([
  ['a fact from another account', { source: 'team.provisioning', account: '999999999999' }],
  ['a fact under another source', { source: 'acme.service-desk' }],
])('tells loudly of %s, and not as if it had happened', (_what, from) => {
  const ocsf = toOcsf(recorded('AccessGranted.v1', { assignment: { principalId: 'p', accountId: 'a', permissionSetArn: 's' } }, from));
  expect(ocsf).toMatchObject({ class_uid: 3004, activity_id: 99, severity_id: 4, status_id: 2, status_code: 'ERR_SOURCE_FOREIGN', metadata: { source: from.source, product: { name: 'TEAM' } } });
  expect(ocsf).not.toHaveProperty('privileges');
});

it.each([
  ['LifecycleStalled.v1', { requestId: 'r', missing: ['AccessEnded.v1'] }, { severity_id: 4, status_id: 2, status_detail: 'missing: AccessEnded.v1' }],
  ['LifecycleStalled.v1', { requestId: 'r', missing: ['AccessEnded.v1'], clearedAt: '2026-11-29T10:00:00Z' }, { severity_id: 1, status_id: 1 }],
  ['AccessGrantFailed.v1', { reason: { code: 'ERR_PROOF_INVALID', message: 'm' }, final: false }, { severity_id: 4, status_code: 'ERR_PROOF_INVALID' }],
  ['AccessGrantFailed.v1', { reason: { code: 'ERR_THROTTLED', message: 'm' }, final: true }, { severity_id: 3 }],
  ['SessionActivityCollected.v1', { state: 'complete', reads: 3, writes: 1, errors: 0, afterRemoval: 0 }, { activity_id: 2, severity_id: 1, status_id: 1, message: 'what was done with access was collected: 3 reads, 1 writes, 0 errors, 0 after its end' }],
  ['SessionActivityCollected.v1', { state: 'partial', afterRemoval: 2 }, { severity_id: 4, status_id: 99, status: 'Partial' }],
  ['SessionActivityCollected.v1', { state: 'missing', afterRemoval: 0 }, { severity_id: 3, status_id: 2, status_code: 'ERR_ACTIVITY_MISSING' }],
  ['DelegationChanged.v1', { delegationId: 'd', delegator: { userId: 'u', userName: 'ann' }, delegate: { userId: 'v', userName: 'bob' } }, { activity_id: 3, message: 'bob decides in another’s place', actor: { user: { uid: 'u', name: 'ann' } } }],
  ['DelegationChanged.v1', { delegationId: 'd' }, { activity_id: 4 }],
  ['PolicyChangeRefused.v1', { changeId: 'c', submittedBy: 'ann', reasons: [{ code: 'ERR_LOCK_OUT', message: 'm' }] }, { severity_id: 3, status_code: 'ERR_LOCK_OUT', actor: { user: { name: 'ann', type_id: 0 } }, entity: { type: 'Policy Change', uid: 'c' } }],
])('says of %s %j what matters of it', (detailType, data, wanted) => {
  expect(toOcsf(recorded(detailType, data))).toMatchObject(wanted);
});

describe('by rules of our own, which need no schema,', () => {
  it.each(mapped)('%s (%s) has what every class requires', (_type, _extent, ocsf) => {
    expect(Object.values(classNames)).toContain(classNames[Number(ocsf['class_uid'])]);
    expect(ocsf).toMatchObject({ category_uid: 3, class_name: expect.any(String), activity_name: expect.any(String), severity: expect.any(String), status: expect.any(String), time: Date.parse('2026-11-29T10:00:00.000Z'), metadata: { version: schemaVersion, product: { name: 'TEAM' } } });
    expect(ocsf['type_uid']).toBe(Number(ocsf['class_uid']) * 100 + Number(ocsf['activity_id']));
    expect([1, 2, 3, 4, 5]).toContain(ocsf['severity_id']);
    expect(ocsf['class_uid'] === 3005 ? Object.keys(ocsf) : ['privileges', 'user', ...Object.keys(ocsf)]).toEqual(expect.arrayContaining(['privileges', 'user']));
    expect(ocsf['class_uid'] === 3004 ? Object.keys(ocsf) : ['entity', ...Object.keys(ocsf)]).toContain('entity');
    expect(Buffer.byteLength(JSON.stringify(ocsf))).toBeLessThan(16_000);
  });

  it.each(mapped)('%s (%s) holds no signature and no words of people but as a comment', (_type, _extent, { comment: _comment, ...rest }) => {
    expect(JSON.stringify(rest)).not.toMatch(/eyJ|justification|acceptance|proof|"signature"/i);
  });
});

/** The same, with what people write and what is signed marked wherever it stands. */
const marked = (value: unknown, name = ''): unknown => {
  if (typeof value === 'string') return ['justification', 'comment', 'reason', 'url', 'acceptance', 'proof', 'decisions', 'decision', 'widens', 'displayName'].includes(name) ? `MARK-${name}` : value;
  if (Array.isArray(value)) return value.map((one) => marked(one, name));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, marked(member, key)])) : value;
};

it.each(told.map((contract) => [contract.detailType, contract] as const))('%s takes over no justification, address of a ticket or signature, and a comment as one', (detailType, contract) => {
  const { comment, ...rest } = toOcsf(recorded(detailType, marked(dataOf(contract, 'whole')) as object, { source: sourceOf(contract) }));
  expect(JSON.stringify(rest)).not.toContain('MARK');
  // Why a request was taken back is a comment that the event calls a reason.
  expect([undefined, detailType === 'AccessCancelled.v1' ? 'MARK-reason' : 'MARK-comment']).toContain(comment);
});

it('is another event with another version of the mapping', () => {
  const [, , ocsf] = mapped[0] ?? [];
  expect((ocsf as { metadata: Ocsf }).metadata['uid']).toBe(`018f0000-0000-7000-8000-000000000001#${mapper}`);
});

if (schema === undefined) {
  it(`the OCSF schema is not at ${folder}: only the rules above were held`, () => {
    console.warn(`the OCSF schema is not at ${folder}: what is told was not held against it`);
    expect(readOcsfSchema(folder)).toBeUndefined();
  });
} else {
  describe('by the schema of OCSF 1.8', () => {
    it.each(mapped)('%s (%s) is an event of its class', (_type, _extent, ocsf) => {
      expect(schema.problems(classNames[Number(ocsf['class_uid'])] ?? '', ocsf)).toEqual([]);
    });

    it('finds what is wrong: a missing attribute, one that is not known, a value that is none, another type', () => {
      const [, , ocsf] = mapped.find(([, , one]) => one['class_uid'] === 3005) ?? [];
      const { user: _user, ...rest } = ocsf ?? {};
      expect(schema.problems('user_access', { ...rest, colour: 'red', severity: 'Fatal', activity_id: 7, privileges: 'all', time: 'now', resources: [{}] })).toEqual(
        expect.arrayContaining([
          'user_access.user: is required',
          'user_access.severity: is Fatal, and 5 means Critical',
          'user_access.colour: OCSF knows no such attribute here',
          expect.stringMatching(/^user_access\.activity_id: 7 is none of /),
          'user_access.privileges: is no list',
          'user_access.time: is no timestamp_t',
          'user_access.resources[0]: needs one of name, uid',
        ]),
      );
    });
  });
}
