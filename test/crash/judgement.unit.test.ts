import { accessEndedV1, accessRequestAcceptedV1, accessRequestedV1, accessRequestRejectedV1, accessApprovedV1, type EventContract } from '@team/contracts';
import { exampleOf } from '@team/testing';
import type { RecordedEvent } from '../../services/portal/story/src/recorded-event.ts';
import { judge } from './judgement.ts';
import type { Intent } from './ledger.ts';

const ownAccount = '111122223333';
const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
let count = 0;
const idOf = (n: number): string => `3f2a1b4c-0000-4000-8000-${String(n).padStart(12, '0')}`;
const askedId = idOf(900);

function recorded(contract: EventContract, data: object, eventId = idOf((count += 1))): RecordedEvent {
  const time = '2026-11-22T10:00:00.000Z';
  const detail = { metadata: { eventId, requestId, occurredAt: time }, data: { ...data, requestId } };
  const { detailType, source = 'acme.pipeline' } = contract;
  return { chain: `request#${requestId}`, seq: 1, recordedAt: time, time, source, detailType, account: ownAccount, eventId, detail };
}

const intent = (more: Partial<Intent> = {}): Intent => ({ eventId: askedId, caller: 'pipeline', detailType: accessRequestedV1.detailType, requestId, entry: {}, ...more });
const asked = recorded(accessRequestedV1, exampleOf(accessRequestedV1), askedId);
const rejected = (): RecordedEvent => recorded(accessRequestRejectedV1, exampleOf(accessRequestRejectedV1));
const accepted = recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1));
const approval = exampleOf(accessApprovedV1);
const approved = recorded(accessApprovedV1, approval);
const [grant] = approval.grants;
const ended = (how: string): RecordedEvent => recorded(accessEndedV1, { ...exampleOf(accessEndedV1), grantId: grant?.grantId, how });

test('a request that is recorded and answered once is all right', () => {
  expect(judge([intent()], [asked, rejected()], ownAccount)).toEqual({ lost: [], left: [], twice: [] });
});

test.each([
  ['an acknowledged event that the trail does not have is lost', [intent()], [rejected()], { lost: [expect.stringContaining('not in the audit trail')] }],
  ['a request without an outcome is lost', [intent()], [asked], { lost: [expect.stringContaining('neither accepted nor rejected')] }],
  ['an outcome that somebody else said is none', [intent()], [asked, { ...rejected(), source: 'acme.intruder' }], { lost: [expect.stringContaining('neither')] }],
  ['a decision without an answer is lost', [intent(), intent({ eventId: 'decided', decisionId: 'd' })], [asked, rejected(), { ...rejected(), eventId: 'decided', source: 'x' }], { lost: ['decision d: neither recorded nor refused'] }],
  ['two outcomes are one too many', [intent()], [asked, rejected(), rejected()], { twice: [expect.stringContaining('AccessRequestRejected.v1, AccessRequestRejected.v1')] }],
  ['an event that is recorded twice is said', [intent()], [asked, asked, rejected()], { twice: [expect.stringContaining('2 times')] }],
  ['an accepted request that nobody decides about is left behind', [intent()], [asked, accepted], { left: [expect.stringContaining('pending')] }],
  ['an approved grant without a final status is left behind', [intent()], [asked, accepted, approved], { left: expect.arrayContaining([expect.stringContaining(`grant ${grant?.grantId}`)]) }],
  ['a grant that ended in two ways is said', [intent()], [asked, accepted, approved, ended('deleted'), ended('never_created')], { twice: [expect.stringContaining('deleted, never_created')] }],
])('%s', (_rule, taken, trail, expected) => {
  expect(judge(taken, trail, ownAccount)).toMatchObject(expected);
});

test('a grant that ended is at its end, and an end that is said again is one end', () => {
  const life = [asked, accepted, approved, ended('deleted'), ended('deleted')];
  const { left, twice } = judge([intent()], life, ownAccount);
  expect({ left, twice }).toEqual({ left: [], twice: [] });
});
