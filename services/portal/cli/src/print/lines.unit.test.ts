import { accessApprovedV1, accessEndedV1, accessGrantedV1, accessRequestAcceptedV1, accessRequestedV1, accessRevokedV1, approvalRequestedV1 } from '@team/contracts';
import { buildEvent, exampleOf } from '@team/testing';
import { recorded } from '../../test/recorded.ts';
import { ownAccount } from '../../test/scripted-cloud.ts';
import { tellStory } from '../../../story/src/request-story.ts';
import { eventLine } from './event-line.ts';
import { letterLine } from './letter-line.ts';
import { moment, printable } from './printable.ts';
import { storyLines } from './story-lines.ts';
import { verificationLines } from './verification-lines.ts';

const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
const grantId = '3f2a1b4c-0000-4000-8000-0000000000a1';
const target = { accountId: '444455556666', permissionSetName: 'ReadOnlyAccess' };
/** When a letter's message came and how often it was received, and how that is printed. */
const laidDown = { since: Date.parse('2026-11-22T10:00:00.000Z'), receives: 5 };
const tried = '2026-11-22 10:00:00Z  5×';
const request = exampleOf(accessRequestedV1, { requestId, requester: 'dana', targets: [target], durationMinutes: 60 });

test('an event is one line: when, from whom, what, of which request, and what it says', () => {
  expect(eventLine(recorded(accessRequestedV1, request))).toBe(
    '2026-11-22 10:00:00Z  com.example.pipeline → AccessRequested.v1          3f2a1b4c  dana wants ReadOnlyAccess in 444455556666 for 60 min',
  );
});

test('an event of no request and of no known kind is a line all the same', () => {
  const event = { ...recorded(accessRequestedV1, request), chain: 'source#acme.other#2026-11-22', source: 'acme.other', detailType: 'Strange', detail: {} };
  expect(eventLine(event)).toBe(`2026-11-22 10:00:00Z  ${'acme.other → Strange'.padEnd(49)}  -`);
});

test.each([
  ['moves the cursor', 'a\u001b[2Jb', 'a�[2Jb'],
  ['ends the line', 'a\r\nb\u2028c', 'a��b�c'],
  ['turns the direction of writing', 'a\u202eb', 'a�b'],
  ['is a control character of the second set', 'a\u009bb', 'a�b'],
])('what %s is not printed', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
  expect(eventLine(recorded(accessRequestedV1, { ...request, requester: text }))).toContain(`${shown} wants`);
  expect(letterLine({ ...laidDown, body: text, code: 'ERR_X', message: text })).toBe(`${tried}  no event: ${shown}  ERR_X: ${shown}`);
});

test('letters of other writings are printed as they are', () => {
  expect(printable('Zoë 王 🔑 שלום')).toBe('Zoë 王 🔑 שלום');
});

test('a moment that is none is shown as it was given', () => {
  expect(moment('2026-11-22T10:00:00.123Z')).toBe('2026-11-22 10:00:00Z');
  expect(moment('soon')).toBe('soon');
});

describe('a story for people', () => {
  const person = { ...exampleOf(accessRequestAcceptedV1).requester, userName: 'Dana' };
  const [acceptedGrant] = exampleOf(accessRequestAcceptedV1).grants;
  const [approvedGrant] = exampleOf(accessApprovedV1).grants;
  if (acceptedGrant === undefined || approvedGrant === undefined) throw new TypeError('a request has a grant');
  const named = { grantId, accountId: '444455556666', accountName: 'Payments', permissionSetName: 'ReadOnlyAccess' };
  const warnings = [{ code: 'ERR_SESSION_OUTLASTS_GRANT', message: 'sessions last longer' }];
  const accepted = exampleOf(accessRequestAcceptedV1, {
    requestId, requester: person, grants: [{ ...acceptedGrant, ...named }], durationMinutes: 60, justification: 'look', ticket: { id: 'INC-1' }, warnings,
  });
  const linesOf = (...events: Parameters<typeof tellStory>[1]) => {
    const story = tellStory(requestId, events, ownAccount);
    return story === undefined ? [] : storyLines(story);
  };

  it('says who wants what, when, why, and what it waits for', () => {
    const asked = exampleOf(approvalRequestedV1, { requestId, deadlineAt: '2026-11-22T13:00:00.000Z' });
    const [stage] = asked.openStages;
    if (stage === undefined) throw new TypeError('an approval is asked for in a stage');
    const openStages = [{ ...stage, policyId: 'production', quorum: 2, missing: 2 }];
    expect(linesOf(recorded(accessRequestAcceptedV1, accepted), recorded(approvalRequestedV1, { ...asked, openStages }))).toEqual([
      `request  ${requestId}`,
      'status   pending',
      '         waits until 2026-11-22 13:00:00Z',
      '         2 approvals missing by policy production',
      'who      Dana',
      'what     ReadOnlyAccess in Payments (444455556666)',
      'when     as soon as approved, for 60 minutes',
      'why      look',
      '         ticket INC-1',
      'note     sessions last longer',
      '',
      'history',
      '  2026-11-22 10:00:00Z  team.request → AccessRequestAccepted.v1  Dana may ask for ReadOnlyAccess in Payments; no approval needed',
      '  2026-11-22 10:00:00Z  team.approval → ApprovalRequested.v1  waits for approval until 13:00:00Z',
    ]);
  });

  it('names those who may approve, where it is given them', () => {
    const openStages = exampleOf(approvalRequestedV1).openStages.map((stage) => ({ ...stage, policyId: 'production', missing: 1 }));
    const events = [recorded(accessRequestAcceptedV1, accepted), recorded(approvalRequestedV1, exampleOf(approvalRequestedV1, { requestId, openStages }))];
    const story = tellStory(requestId, events, ownAccount);
    if (story === undefined) throw new TypeError('there are events');
    expect(storyLines(story, [['lea', 'omar']])).toContain('         1 approval missing by policy production; of those who may approve: lea, omar');
  });

  it('says of a grant until when it lasts, then who ended it and by when its credentials are useless', () => {
    const approved = recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId, grants: [{ ...approvedGrant, ...named }] }));
    const granted = recorded(accessGrantedV1, exampleOf(accessGrantedV1, { requestId, grantId, how: 'shared', endsAt: '2026-11-22T11:00:00.000Z' }));
    const line = '  ReadOnlyAccess in Payments (444455556666)  ';
    expect(linesOf(approved, granted)).toContain(`${line}active until 2026-11-22 11:00:00Z (shared)`);
    const by = { kind: 'person', userId: person.userId, userName: 'Lea' } as const;
    const endedAt = '2026-11-22T10:30:00.000Z';
    const reason = { code: 'ERR_ACCESS_REVOKED', message: 'found it' };
    const revoked = recorded(accessRevokedV1, exampleOf(accessRevokedV1, { requestId, grantId, by, endedAt, reason }));
    const times = { removedAt: endedAt, credentialsUselessBy: '2026-11-22T18:30:00.000Z' };
    const ended = recorded(accessEndedV1, exampleOf(accessEndedV1, { requestId, grantId, how: 'deleted', ...times }));
    const lines = linesOf(approved, granted, revoked, ended);
    expect(lines).toContain(`${line}revoked by Lea at 2026-11-22 10:30:00Z (deleted); credentials useless by 2026-11-22 18:30:00Z`);
    expect(lines).toContain('    ERR_ACCESS_REVOKED: found it');
  });

  it('marks what does not count', () => {
    const forged = { ...recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId })), source: 'acme.intruder' };
    expect(linesOf(recorded(accessRequestAcceptedV1, accepted), forged).at(-1)).toMatch(/acme\.intruder → AccessApproved\.v1 .*\(does not count: not from team\.approval\)$/);
  });
});

test('a dead letter is told by when it came, how often it was tried, what it was and why it was laid down', () => {
  const body = JSON.stringify(buildEvent(accessRequestedV1, request));
  expect(letterLine({ ...laidDown, body, code: 'ERR_X', message: 'because' })).toBe(
    `${tried}  com.example.pipeline → AccessRequested.v1  3f2a1b4c  dana wants ReadOnlyAccess in 444455556666 for 60 min  ERR_X: because`,
  );
  expect(letterLine({ ...laidDown, body: '{"timer":"request#1"}' })).toBe(`${tried}  timer of request#1  received too often; the service logged why`);
  expect(letterLine({ ...laidDown, body: 'x'.repeat(70) })).toBe(`${tried}  no event: ${'x'.repeat(59)}…  received too often; the service logged why`);
});

test('what verifying found is summed up, problem by problem', () => {
  const whole = { checkpoints: 1, chains: 1, records: 12, waiting: 0, problems: [], omitted: 0 };
  expect(verificationLines(whole)).toEqual(['The audit trail is whole: 12 records in 1 chain, 1 checkpoint.']);
  const problems = [{ chain: `request#${requestId}`, seq: 3, kind: 'changed', message: 'the text is not the one recorded' }];
  expect(verificationLines({ checkpoints: 0, chains: 2, records: 5, waiting: 1, problems, omitted: 1 })).toEqual([
    'The audit trail has 2 problems: looked at 5 records in 2 chains, 0 checkpoints.',
    '1 record came a moment ago and is not in a chain yet.',
    `  changed  request#${requestId} at 3: the text is not the one recorded`,
    '  and 1 more problem',
  ]);
});
