import assert from 'node:assert/strict';
import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeArchiveCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { eventually, refusal } from '../answers.ts';
import type { Belief } from '../belief.ts';
import type { Place } from '../place.ts';
import { makeQueue, receiveNow, type SandboxQueue } from '../queues.ts';

const guide = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';
const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';

const busOf = (place: Place): Promise<{ name: string; arn: string }> =>
  place.sandbox.shared('bus', async () => {
    const { eventBridge } = place.clients;
    const Name = place.sandbox.name('bus');
    const { EventBusArn = '' } = await eventBridge.send(new CreateEventBusCommand({ Name }));
    place.sandbox.removeLater(`event bus ${Name}`, () => eventBridge.send(new DeleteEventBusCommand({ Name })));
    return { name: Name, arn: EventBusArn };
  });

const entry = (bus: string, more: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  EventBusName: bus, Source: 'team.conformance', DetailType: 'Tried.v1', Detail: '{"n":1}', ...more,
});
const putAll = (place: Place, Entries: PutEventsRequestEntry[]) => place.clients.eventBridge.send(new PutEventsCommand({ Entries }));

/** A queue that gets what this pattern matches. */
async function subscribe(place: Place, what: string, pattern: object): Promise<SandboxQueue> {
  const { eventBridge } = place.clients;
  const { name: EventBusName } = await busOf(place);
  const queue = await makeQueue(place, what);
  const Name = place.sandbox.name(what);
  const { RuleArn = '' } = await eventBridge.send(new PutRuleCommand({ Name, EventBusName, EventPattern: JSON.stringify(pattern) }));
  place.sandbox.removeLater(`rule ${Name}`, () => eventBridge.send(new DeleteRuleCommand({ Name, EventBusName })));
  await place.letBusDeliver(queue.url, queue.arn, RuleArn);
  const { FailedEntryCount } = await eventBridge.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets: [{ Id: 'queue', Arn: queue.arn }] }));
  assert.equal(FailedEntryCount, 0);
  place.sandbox.removeLater(`target of rule ${Name}`, () => eventBridge.send(new RemoveTargetsCommand({ Rule: Name, EventBusName, Ids: ['queue'] })));
  return queue;
}

interface Delivered {
  readonly id: string;
  readonly account: string;
  readonly time: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: { readonly n?: number };
}

/** Beliefs about a bus and what it delivers. */
export const eventBridgeBeliefs: readonly Belief[] = [
  {
    id: 'eventbridge.partial-failure',
    says: 'PutEvents succeeds although entries of it fail; each failure stands in the place of its entry.',
    source: `${api}/API_PutEvents.html`,
    async check(place) {
      const { name } = await busOf(place);
      const { FailedEntryCount, Entries = [] } = await putAll(place, [entry(name), entry(name, { Detail: 'no JSON' }), entry(name)]);
      assert.deepEqual([FailedEntryCount, Entries.map(({ EventId }) => EventId !== undefined)], [1, [true, false, true]]);
      assert.match(Entries[1]?.ErrorCode ?? '', /^MalformedDetail$/);
    },
  },
  {
    id: 'eventbridge.ten-entries',
    says: 'PutEvents takes ten entries at most.',
    source: `${api}/API_PutEvents.html`,
    async check(place) {
      const { name } = await busOf(place);
      const many = (count: number) => putAll(place, Array.from({ length: count }, () => entry(name)));
      assert.equal((await many(10)).FailedEntryCount, 0);
      await refusal(many(11), /^ValidationException$/);
    },
  },
  {
    id: 'eventbridge.entry-size',
    says: 'An entry of 200 KB, the most that a fact has, is taken; a request of more than 1 MiB is refused.',
    source: `${guide}/eb-putevents.html`,
    async check(place) {
      const { name } = await busOf(place);
      const sized = (kilobytes: number) => entry(name, { Detail: JSON.stringify({ text: 'x'.repeat(kilobytes * 1024) }) });
      assert.equal((await putAll(place, [sized(200)])).FailedEntryCount, 0);
      await refusal(putAll(place, [sized(1_025)]), /^(ValidationException|PutEventsRequestEntry.*|RequestEntityTooLargeException|413)$/);
    },
  },
  {
    id: 'eventbridge.delivery',
    says: 'A rule brings its queue what its pattern matches and nothing else, with the account and an id that EventBridge gives.',
    source: `${guide}/eb-targets.html`,
    async check(place) {
      const { name } = await busOf(place);
      const queue = await subscribe(place, 'delivered', { 'detail-type': ['Wanted.v1'], 'replay-name': [{ exists: false }] });
      let n = 0;
      const event = await eventually(place, 'an event is delivered', 90, async () => {
        n += 1;
        await putAll(place, [entry(name, { DetailType: 'Unwanted.v1' }), entry(name, { DetailType: 'Wanted.v1', Detail: JSON.stringify({ n }) })]);
        const events = (await receiveNow(place, queue)).map(({ Body = '' }) => JSON.parse(Body) as Delivered);
        assert.ok(events.every((one) => one['detail-type'] === 'Wanted.v1'), 'what was not wanted was delivered');
        return events[0];
      });
      assert.match(event.id, /^[0-9a-f-]{36}$/);
      assert.equal(event.account, queue.arn.split(':')[4]);
      assert.match(event.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.equal(event.source, 'team.conformance');
      assert.equal(typeof event.detail.n, 'number');
    },
  },
  {
    id: 'eventbridge.source-aws',
    says: 'A source that begins with aws. is refused.',
    source: `${guide}/eb-putevents.html`,
    async check(place) {
      const { name } = await busOf(place);
      const { Entries: [answer] = [] } = await putAll(place, [entry(name, { Source: 'aws.ec2' })]);
      assert.equal(answer?.ErrorCode, 'NotAuthorizedForSourceException');
    },
  },
  {
    id: 'eventbridge.archive',
    says: 'A bus has an archive of everything that is put on it.',
    source: `${guide}/eb-archive.html`,
    async check(place) {
      const { eventBridge } = place.clients;
      const { arn } = await busOf(place);
      const ArchiveName = `${place.sandbox.prefix.slice(-8)}-archive`;
      await eventBridge.send(new CreateArchiveCommand({ ArchiveName, EventSourceArn: arn, RetentionDays: 1 }));
      place.sandbox.removeLater(`archive ${ArchiveName}`, () => eventBridge.send(new DeleteArchiveCommand({ ArchiveName })));
      const { EventSourceArn, RetentionDays } = await eventBridge.send(new DescribeArchiveCommand({ ArchiveName }));
      assert.deepEqual([EventSourceArn, RetentionDays], [arn, 1]);
    },
  },
];
