import { LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { identityCloud, startMs } from './testing/identity-cloud.ts';

const minute = 60_000;
const day = 1_440 * minute;

function setUp() {
  const { trail, clock, as } = identityCloud();
  const started = { EventName: 'RunInstances', EventSource: 'ec2.amazonaws.com', ReadOnly: 'false', CloudTrailEvent: '{}' } as const;
  const record = (EventId: string, EventTime: number, Username = 'dana.jansen@acme.example') =>
    trail.record({ ...started, EventId, EventTime, Username });
  const { trail: client } = as('team');
  const look = (input: LookupEventsCommandInput = {}) => client.send(new LookupEventsCommand(input));
  const ids = async (input?: LookupEventsCommandInput) => (await look(input)).Events?.map((event) => event.EventId);
  return { record, clock, look, ids };
}

test('shows events five minutes after they happened, newest first', async () => {
  const { record, clock, ids, look } = setUp();
  record('a', startMs - 6 * minute);
  record('b', startMs - 5 * minute);
  record('c', startMs - 4 * minute);
  expect(await ids()).toEqual(['b', 'a']);
  clock.advanceTo(startMs + minute);
  expect(await ids()).toEqual(['c', 'b', 'a']);
  expect((await look()).Events?.[0]?.EventTime).toEqual(new Date(startMs - 4 * minute));
});

test('looks up by user name and time, in pages, 90 days back', async () => {
  const { record, clock, ids, look } = setUp();
  record('old', startMs - 91 * day);
  for (const id of ['a', 'b', 'c']) record(id, startMs - day);
  record('other', startMs - day, 'bo.haddad@acme.example');
  const LookupAttributes = [{ AttributeKey: 'Username' as const, AttributeValue: 'dana.jansen@acme.example' }];
  const first = await look({ LookupAttributes, MaxResults: 2 });
  expect(first.Events?.map((event) => event.EventId)).toEqual(['a', 'b']);
  expect(await ids({ LookupAttributes, MaxResults: 2, NextToken: first.NextToken })).toEqual(['c']);
  clock.advanceTo(startMs + 2_000);
  expect(await ids({ StartTime: new Date(startMs - minute) })).toEqual([]);
});

test.each<[string, LookupEventsCommandInput, string]>([
  ['a start after the end', { StartTime: new Date(startMs), EndTime: new Date(startMs - 1_000) }, 'InvalidTimeRangeException'],
  ['a page above 50', { MaxResults: 51 }, 'InvalidMaxResultsException'],
  ['a token that is none', { NextToken: 'nonsense' }, 'InvalidNextTokenException'],
  [
    'two attributes',
    { LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'x' }, { AttributeKey: 'EventName', AttributeValue: 'y' }] },
    'InvalidLookupAttributesException',
  ],
])('refuses %s', async (_, input, name) => {
  await expect(setUp().look(input)).rejects.toMatchObject({ name });
});

test('answers two calls a second', async () => {
  const { clock, look } = setUp();
  await look();
  await look();
  await expect(look()).rejects.toMatchObject({ name: 'ThrottlingException' });
  clock.advanceTo(startMs + 500);
  await look();
});
