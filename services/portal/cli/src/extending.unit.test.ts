import { accessApprovedV1, accessExtendedV1, accessGrantedV1, accessRequestAcceptedV1, accessRequestedV1, approvalRequestedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { recorded } from '../test/recorded.ts';
import { auditOver, ownAccount, scriptedCloud } from '../test/scripted-cloud.ts';
import type { RecordedEvent } from '../../story/src/recorded-event.ts';
import { storyLines } from './print/story-lines.ts';
import { tellStory } from '../../story/src/request-story.ts';

const first = '3f2a1b4c-0000-4000-8000-000000000001';
const second = '3f2a1b4c-0000-4000-8000-000000000002';
const third = '5e2a1b4c-0000-4000-8000-000000000003';
const grantId = '3f2a1b4c-0000-4000-8000-0000000000a1';
const linesOf = (requestId: string, ...events: RecordedEvent[]): string[] => {
  const story = tellStory(requestId, events, ownAccount);
  return story === undefined ? [] : storyLines(story);
};

const acceptedAs = (requestId: string, durationMinutes: number, extended: string) =>
  recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1, { requestId, extends: extended, stretch: { requestId: first, durationMinutes } }));

it('team show says of an extension what it extends, from which request on, and how long all of it lasts', () => {
  expect(linesOf(second, acceptedAs(second, 90, first))).toContain(`extends  ${first}; 90 minutes in all. Ending either ends both`);
  expect(linesOf(third, acceptedAs(third, 120, second))).toContain(`extends  ${second}, which goes on from ${first}; 120 minutes in all. Ending either ends both`);
});

it('team show says of what is extended by which request, the last of them, and until when', () => {
  const [grant] = exampleOf(accessApprovedV1).grants;
  if (grant === undefined) throw new TypeError('an approval has a grant');
  const approved = recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId: first, grants: [{ ...grant, grantId }] }));
  const granted = recorded(accessGrantedV1, exampleOf(accessGrantedV1, { requestId: first, grantId }));
  const extendedBy = (requestId: string, endsAt: string) =>
    recorded(accessExtendedV1, exampleOf(accessExtendedV1, { requestId: first, grantId, extension: { requestId, grantId }, endsAt }));
  const facts = [approved, granted, extendedBy(second, '2026-11-22T12:00:00.000Z'), extendedBy(third, '2026-11-22T13:00:00.000Z')];
  for (const events of [facts, facts.toReversed()]) {
    expect(linesOf(first, ...events)).toContain(`    extended by ${third} until 2026-11-22 13:00:00Z; ending either ends both`);
    expect(linesOf(first, ...events).join('\n')).toContain('active until 2026-11-22 13:00:00Z');
  }
});

it('team ask --extends names the request by its beginning', async () => {
  const events: RecordedEvent[] = [recorded(accessRequestedV1, exampleOf(accessRequestedV1, { requestId: first }))];
  const { team, inputsOf } = scriptedCloud({
    audit: auditOver(events),
    PutEvents: ({ Entries }) => {
      const [{ Detail }] = Entries as [{ Detail: string }];
      const { requestId } = (JSON.parse(Detail) as { data: { requestId: string } }).data;
      events.push(acceptedAs(requestId, 90, first), recorded(approvalRequestedV1, exampleOf(approvalRequestedV1, { requestId })));
      return { FailedEntryCount: 0, Entries: [{ EventId: 'any' }] };
    },
  });
  const { code } = await team('ask', '--as', 'dana', '--account', '444455556666', '--permission-set', 'ReadOnlyAccess', '--minutes', '30', '--extends', first.slice(0, 8));
  expect(code).toBe(0);
  const [{ Entries: [entry] = [] } = {}] = inputsOf('PutEvents') as { Entries: { Detail: string }[] }[];
  expect(accessRequestedV1.validate(JSON.parse(entry?.Detail ?? '')).data).toMatchObject({ extends: first, durationMinutes: 30 });
});
