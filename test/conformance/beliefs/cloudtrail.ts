import assert from 'node:assert/strict';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { refusal } from '../answers.ts';
import type { Belief } from '../belief.ts';

const source = 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html';

/** Beliefs about the trail of an account. Two calls a second are allowed, so each waits first. */
export const cloudTrailBeliefs: readonly Belief[] = [
  {
    id: 'cloudtrail.newest-first',
    says: 'LookupEvents answers the newest events first.',
    source,
    async check(place) {
      await place.pass(2);
      const { Events = [] } = await place.clients.cloudTrail.send(new LookupEventsCommand({ MaxResults: 50 }));
      const times = Events.map(({ EventTime }) => EventTime?.getTime() ?? 0);
      assert.deepEqual(times, times.toSorted((a, b) => b - a));
      return `${times.length} events`;
    },
  },
  {
    id: 'cloudtrail.bounds',
    says: 'LookupEvents answers fifty events at most, and takes no time that ends before it begins.',
    source,
    async check(place) {
      const { cloudTrail } = place.clients;
      await place.pass(2);
      await refusal(cloudTrail.send(new LookupEventsCommand({ MaxResults: 51 })), /^(InvalidMaxResultsException|ValidationException)$/);
      await place.pass(2);
      const backwards = { StartTime: new Date('2026-03-02T09:00:00Z'), EndTime: new Date('2026-03-02T08:00:00Z') };
      await refusal(cloudTrail.send(new LookupEventsCommand(backwards)), /^InvalidTimeRangeException$/);
    },
  },
  {
    id: 'cloudtrail.two-calls-a-second',
    says: 'LookupEvents is throttled beyond two calls a second.',
    source,
    untriedOn: { aws: 'would keep others of the account from asking', emulator: 'an imitation has no quotas' },
    async check(place) {
      await place.pass(5);
      const ends = await Promise.allSettled(Array.from({ length: 6 }, () => place.clients.cloudTrail.send(new LookupEventsCommand({}))));
      const refused = ends.filter((end) => end.status === 'rejected').map(({ reason }) => (reason as Error).name);
      assert.ok(refused.length > 0 && refused.every((name) => name === 'ThrottlingException'), `refused: ${refused.join(', ') || 'none'}`);
    },
  },
];
