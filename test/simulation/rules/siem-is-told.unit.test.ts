import { tell } from './fake-run.ts';
import { siemIsTold } from './siem-is-told.ts';

const record = (seq = 1) => ({ detailType: 'AccessDenied.v1', eventId: 'e1', chain: 'request#r', seq });
const said = (seq = 1, source = 'team.audit') => ({ source, data: { recordedEventId: 'e1', detailType: 'AccessDenied.v1', chain: 'request#r', seq } });

function run(stored: object | undefined, told: ReturnType<typeof said> | undefined) {
  const one = tell(siemIsTold);
  if (stored !== undefined) one.store('audit', 'records', { ...stored, pk: 'k' });
  if (told !== undefined) one.event('AuditRecorded.v1', told.data, { eventId: 'e2', source: told.source });
  return one.rest();
}

it('is content when a record was told of at its place', async () => {
  expect(await run(record(), said())).toEqual([]);
});

it.each([
  ['what was never told', record(), undefined, [/never told of AccessDenied\.v1 e1 at 1 of request#r/]],
  ['what was told by somebody else', record(), said(1, 'acme.desk'), [/never told of AccessDenied\.v1 e1/]],
  ['what was told and is not on record', undefined, said(), [/told of AccessDenied\.v1 e1 at 1 of request#r, where no such record stands/]],
  ['what was told at another place', record(2), said(1), [/never told of AccessDenied\.v1 e1 at 2/, /told of AccessDenied\.v1 e1 at 1 of request#r, where/]],
])('finds %s', async (_what, stored, told, problems) => {
  expect(await run(stored, told)).toEqual(problems.map((problem) => expect.stringMatching(problem) as unknown));
});
