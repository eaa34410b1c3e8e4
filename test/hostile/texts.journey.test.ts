import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { toTimestamp } from '@team/runtime';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { busName } from '../../infra/local/src/system/who.ts';
import { codesOf, emeka, monday, prodPayments, wren } from '../journeys/worlds.ts';
import { approvedLife, askForProduction, audited, deadLetters, endsOf, ofType } from './hostile-world.ts';

let world: World;
beforeAll(async () => {
  world = await monday();
});

type Spelling = (text: string) => string;
const asIs: Spelling = (text) => text;

/** Asks with a detail that `spell` wrote; the codes of the rejection, or `accepted`, and then it is cancelled. */
async function answerTo(data: object, spell: Spelling = asIs): Promise<string> {
  const requestId = world.newId();
  const metadata = { eventId: world.newId(), requestId, occurredAt: toTimestamp(world.now()) };
  const Detail = spell(JSON.stringify({ metadata, data: { ...ask(requestId, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 10 }), ...data } }));
  const { eventBridge } = world.system.clients('deploy-pipeline');
  const entry = { EventBusName: busName, Source: 'acme.deploy-pipeline', DetailType: 'AccessRequested.v1', Detail };
  const { Entries } = await eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  if (Entries?.[0]?.ErrorCode !== undefined) return Entries[0].ErrorCode;
  await world.pass(0.2);
  if (ofType(world, 'AccessRequestAccepted.v1', requestId).length === 1) {
    await world.revoke(requestId, wren);
    await world.until('AccessCancelled.v1', requestId);
    return 'accepted';
  }
  return ofType(world, 'AccessRequestRejected.v1', requestId).map(codesOf).join();
}

const target = (permissionSetName: string) => ({ targets: [{ accountId: prodPayments, permissionSetName }] });

const cases: [what: string, answer: string | RegExp, data: object, spell?: Spelling][] = [
  ['2,000 characters of four bytes', 'accepted', { justification: '😀'.repeat(2_000) }],
  ['2,001 characters', 'ERR_FIELD_INVALID', { justification: 'x'.repeat(2_001) }],
  ['NUL and escape characters', 'accepted', { justification: 'a\u0000\u001b[31m' }],
  ['half a surrogate pair', 'ERR_FIELD_INVALID', { justification: 'a\ud83d' }],
  ['half a surrogate pair in the name of an unknown field of a bad request', 'ERR_FIELD_INVALID', { 'a\ud83d': 1, durationMinutes: 0 }],
  ['a requester named __proto__', /ERR_USER_UNKNOWN/, { requester: '__proto__' }],
  ['a requester named constructor', /ERR_USER_UNKNOWN/, { requester: 'constructor' }],
  ['a requester with quotes and a line break', /ERR_USER_UNKNOWN/, { requester: `x' OR "1"="1\n` }],
  ['a requester with a NUL behind', /ERR_USER_UNKNOWN/, { requester: `${wren}\u0000` }],
  ['a permission set named __proto__', 'ERR_PERMISSION_SET_UNKNOWN', target('__proto__')],
  ['a permission set named constructor', 'ERR_PERMISSION_SET_UNKNOWN', target('constructor')],
  ['a member __proto__ of the data', 'accepted', {}, (text) => text.replace('"data":{', '"__proto__":{"x":1},"data":{"__proto__":{"breakGlass":true},')],
  ['a duration twice', 'accepted', {}, (text) => text.replace('"durationMinutes":10', '"durationMinutes":500,"durationMinutes":11')],
  ['a duration beyond numbers', 'ERR_FIELD_INVALID', {}, (text) => text.replace('"durationMinutes":10', '"durationMinutes":1e999')],
  ['half a minute', 'ERR_FIELD_INVALID', { durationMinutes: 1.5 }],
  ['the longest duration of the policy', 'accepted', { durationMinutes: 120 }],
  ['a minute more', 'ERR_DURATION_TOO_LONG', { durationMinutes: 121 }],
  ['a start in nanoseconds', 'accepted', { startAt: '2026-03-02T12:30:00.123456789Z' }],
  ['a start in the year 9999', 'ERR_START_TOO_LATE', { startAt: '9999-12-31T23:59:59.999Z' }],
  ['a start in the year 0', 'ERR_START_IN_PAST', { startAt: '0000-01-01T00:00:00Z' }],
  ['a leap second', 'ERR_FIELD_INVALID', { startAt: '2026-06-30T23:59:60Z' }],
  ['a day that is not', 'ERR_FIELD_INVALID', { startAt: '2026-02-30T12:30:00Z' }],
];

it.each(cases.map(([what, answer, data, spell = asIs]) => ({ what, answer, data, spell })))('$what: $answer', async ({ answer, data, spell }) => {
  const given = await answerTo(data, spell);
  if (typeof answer === 'string') expect(given).toBe(answer);
  else expect(given).toMatch(answer);
});

it('answers half a surrogate pair in a decision and in a wish to end', async () => {
  const requestId = await askForProduction(world, { durationMinutes: 9 });
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', emeka, 'fine\ud83d');
  expect(codesOf(await world.until('ApprovalDecisionRefused.v1', requestId))).toEqual(['ERR_FIELD_INVALID']);
  await world.revoke(requestId, wren, 'enough\ud83d');
  expect(codesOf(await world.until('CancellationRefused.v1', requestId))).toEqual(['ERR_FIELD_INVALID']);
  await world.revoke(requestId, wren, '😀'.repeat(500));
  await world.until('AccessCancelled.v1', requestId);
});

it('has lost, doubled and polluted nothing by all this', async () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  const requestId = await approvedLife(world, { durationMinutes: 2 });
  await world.until('AccessEnded.v1', requestId);
  await world.pass(1);
  expect(Object.values(endsOf(world, requestId))).toEqual([['deleted']]);
  expect([deadLetters(world), await audited(world)]).toEqual([[], { problems: [], missing: 0 }]);
});
