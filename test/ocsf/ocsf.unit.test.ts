import path from 'node:path';
import { catalog, type EventContract } from '@team/contracts';
import { asSchema, exampleValue } from '@team/testing';
import { mapper, schemaVersion, toOcsf, type Ocsf, type RecordedFact } from '../../services/audit/src/domain/ocsf.ts';
import { readOcsfSchema } from './ocsf-schema.ts';

const folder = process.env['TEAM_OCSF_SCHEMA'] ?? path.resolve(import.meta.dirname, '../../../shared/ocsf-1.8.0');
const schema = readOcsfSchema(folder);
const facts: readonly EventContract[] = catalog.filter(({ kind, detailType }) => kind === 'fact' && detailType !== 'AuditRecorded.v1');
const classNames: Readonly<Record<number, string>> = { 3004: 'entity_management', 3005: 'user_access' };

const recorded = (detailType: string, data: object): RecordedFact => ({
  eventId: '018f0000-0000-7000-8000-000000000001',
  detailType,
  source: 'team.request',
  occurredAt: '2026-11-29T10:00:00.000Z',
  requestId: '018f0000-0000-7000-8000-000000000002',
  data: { ...data },
  chain: 'request#018f0000-0000-7000-8000-000000000002',
  seq: 3,
  account: '111122223333',
});
/** Each fact of which something is told, as small and as large as its contract allows. */
const mapped = facts.flatMap((contract) =>
  (['required', 'whole', 'largest'] as const).flatMap((extent) => {
    const ocsf = toOcsf(recorded(contract.detailType, { ...(exampleValue(asSchema(asSchema(contract.detail.toJSONSchema({ io: 'input' })).properties?.['data']), { extent }) as object) }));
    return ocsf === undefined ? [] : [[contract.detailType, extent, ocsf] as const];
  }),
);

it('tells of whatever gives, takes or changes a right, and of nothing else', () => {
  const told = new Set(mapped.map(([detailType]) => detailType));
  const untold = facts.map(({ detailType }) => detailType).filter((detailType) => !told.has(detailType));
  expect(untold).toEqual([
    'DuplicateRequestIgnored.v1', 'EligibilityConfirmed.v1', 'EligibilityLapsed.v1', 'PolicyChangeRefused.v1', 'PolicyDecisionRefused.v1', 'ApprovalRequested.v1', 'ApprovalReminded.v1', 'CancellationRefused.v1',
    'ApproverPolicyRefused.v1', 'ApproverPolicyDecisionRefused.v1', 'DelegationChanged.v1', 'DelegationRefused.v1', 'AccessReviewRefused.v1', 'AccessScheduled.v1', 'AccessOpeningDue.v1', 'AccessWindowOpened.v1',
    'AccessRevocationRefused.v1', 'SessionsRevoked.v1',
  ]);
});

describe('by rules of our own, which need no schema,', () => {
  it.each(mapped)('%s (%s) has what every class requires', (_type, _extent, ocsf) => {
    expect(Object.values(classNames)).toContain(classNames[Number(ocsf['class_uid'])]);
    expect(ocsf).toMatchObject({ category_uid: 3, time: Date.parse('2026-11-29T10:00:00.000Z'), metadata: { version: schemaVersion, product: { name: 'TEAM' } } });
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
      expect(schema.problems('user_access', { ...rest, colour: 'red', activity_id: 7, privileges: 'all', time: 'now', resources: [{}] })).toEqual(
        expect.arrayContaining([
          'user_access.user: is required',
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
