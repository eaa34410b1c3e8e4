import { accessCancelledV1, accessRequestAcceptedV1, approvalRequestedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { recorded } from '../test/recorded.ts';
import { auditOver, scriptedCloud } from '../test/scripted-cloud.ts';
import type { RecordedEvent } from '../../story/src/recorded-event.ts';
import { usualPlace } from './cloud/place.ts';
import { ownCommand } from './own-command.ts';

const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
const endpoint = 'http://127.0.0.1:9000';
const facts = (id: string): RecordedEvent[] => [
  recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1, { requestId: id })),
  recorded(approvalRequestedV1, exampleOf(approvalRequestedV1, { requestId: id })),
];

/** A cloud that takes one intent, and then has these facts of its request. */
function afterAnIntent(before: readonly RecordedEvent[], then: (id: string) => readonly RecordedEvent[]) {
  const events = [...before];
  return scriptedCloud({
    audit: auditOver(events),
    PutEvents: ({ Entries }) => {
      const [{ Detail }] = Entries as [{ Detail: string }];
      const { data } = JSON.parse(Detail) as { data: { requestId: string } };
      events.push(...then(data.requestId));
      return { FailedEntryCount: 0, Entries: [{ EventId: 'any' }] };
    },
  });
}

it.each([
  ['nothing for the usual place', {}, 'npx team'],
  ['another endpoint', { endpoint }, 'npx team --endpoint http://127.0.0.1:9000'],
  ['another region', { region: 'us-east-1' }, 'npx team --region us-east-1'],
  ['what a shell would take for something else in quotes', { endpoint: "http://a/?b&c='d'" }, String.raw`npx team --endpoint 'http://a/?b&c='\''d'\'''`],
])('says %s', (_, place, words) => {
  expect(ownCommand({ ...usualPlace, ...place })).toBe(words);
});

it('is what ask prints to go on with', async () => {
  const { team } = afterAnIntent([], facts);
  const { said } = await team('--endpoint', endpoint, 'ask', '--as', 'dana', '--account', '444455556666', '--permission-set', 'ReadOnlyAccess', '--minutes', '60');
  expect(said.at(-1)).toMatch(/Next: npx team --endpoint http:\/\/127\.0\.0\.1:9000 decide \S+ approve --as USER$/);
});

it('is what end prints to go on with', async () => {
  const { team } = afterAnIntent(facts(requestId), (id) => [recorded(accessCancelledV1, exampleOf(accessCancelledV1, { requestId: id }))]);
  const { said } = await team('--endpoint', endpoint, 'end', requestId, '--as', 'dana');
  expect(said.at(-1)).toBe(`Next: npx team --endpoint ${endpoint} show ${requestId}`);
});
