import { tell } from './fake-run.ts';
import { siemIsTold } from './siem-is-told.ts';

const account = '999999999999';
const ended = { requestId: 'r', reason: { code: 'ERR_X', message: 'no' } };
const raw = (source = 'team.approval', detailType = 'AccessDenied.v1', from = account): string => JSON.stringify({ account: from, source, 'detail-type': detailType, detail: { data: ended } });
const record = (seq = 1, text = raw()) => ({ pk: 'k', raw: text, eventId: 'e1', chain: 'request#r', seq });
const said = (seq = 1) => ({ recordedEventId: 'e1', detailType: 'AccessDenied.v1', chain: 'request#r', seq });

function run(stored: object | undefined, told: object | undefined) {
  const one = tell(siemIsTold);
  one.event('AccessDenied.v1', ended, { eventId: 'e1', source: 'team.approval' });
  if (stored !== undefined) one.store('audit', 'records', { ...stored, pk: 'k' });
  if (told !== undefined) one.event('AuditRecorded.v1', { ...told }, { eventId: 'e2', source: 'team.audit' });
  return one.rest();
}

it('is content when a record was told of at its place', async () => {
  expect(await run(record(), said())).toEqual([]);
});

it.each([
  ['what was never told', record(), undefined, /never told of AccessDenied\.v1 e1/],
  ['what was told and is not on record', undefined, said(), /not on record/],
  ['what was told at another place', record(2), said(1), /stands at 1 of request#r, and it does not/],
])('finds %s', async (_what, stored, told, problem) => {
  expect(await run(stored, told)).toEqual([expect.stringMatching(problem)]);
});

it.each([
  ['a stranger’s fact', raw('team.approval', 'AccessDenied.v1', '111111111111')],
  ['an intent', raw('acme.desk', 'AccessRequested.v1')],
  ['a fact that only moves a request on', raw('team.expiry', 'AccessScheduled.v1')],
])('asks for nothing of %s', async (_what, text) => {
  expect(await run(record(1, text), undefined)).toEqual([]);
});
