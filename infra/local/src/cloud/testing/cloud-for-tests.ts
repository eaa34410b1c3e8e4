import type { Caller } from '../stand-in.ts';
import type { Change, Store } from '../store.ts';
import { dynamoDb } from '../dynamodb/dynamodb.ts';
import { eventBridge } from '../eventbridge/eventbridge.ts';
import type { DeliveryFaults } from '../eventbridge/delivery.ts';
import { seededRandom } from '../random-sources.ts';
import { sqs } from '../sqs/sqs.ts';
import { committingTimeline } from '../storage/committing-timeline.ts';
import { RecordedMaps } from '../storage/recorded-maps.ts';
import { virtualTimeline } from '../time/virtual-timeline.ts';
import { clientConfig } from '../wire/in-process.ts';
import { createRouter, type RouterOptions } from '../wire/router.ts';

export const accountId = '111122223333';
export const region = 'eu-central-1';
export const startMs = Date.parse('2026-01-01T00:00:00Z');

/** A store that remembers what each commit changed. */
export function observedStore(commits: (readonly Change[])[] = []): Store {
  const maps = new RecordedMaps();
  return {
    map: (name) => maps.map(name),
    all: () => maps.all(),
    commit() {
      const changes = maps.takeChanges();
      if (changes.length > 0) commits.push(changes);
    },
    close: () => undefined,
  };
}

/** The kernel of the local cloud on a virtual timeline, everybody known; everybody may do everything unless `authorize` is given. */
export function cloudForTests(
  options: Partial<RouterOptions> & { startMs?: number; faults?: DeliveryFaults } = {},
) {
  const commits: (readonly Change[])[] = [];
  const store = options.store ?? observedStore(commits);
  const timeline = virtualTimeline(options.startMs ?? startMs);
  const random = seededRandom(1);
  const shared = { store, timeline: committingTimeline(timeline, store), random, accountId, region };
  const queues = sqs({ ...shared, endpoint: 'http://localhost' });
  const bus = eventBridge({
    ...shared,
    queues,
    ...(options.faults !== undefined && { faults: options.faults }),
  });
  const router = createRouter({
    standIns: [dynamoDb(shared), queues, bus, ...(options.standIns ?? [])],
    callers: options.callers ?? known,
    store,
    random,
    ...(options.authorize !== undefined && { authorize: options.authorize }),
    ...(options.intercept !== undefined && { intercept: options.intercept }),
  });
  return { commits, store, timeline, random, queues, bus, router, configFor: (caller: string) => clientConfig(router, caller, { region }) };
}

function known(accessKeyId: string): Caller | undefined {
  if (accessKeyId === 'stranger') return undefined;
  return { name: accessKeyId, roleArn: `arn:aws:iam::${accountId}:role/${accessKeyId}`, accountId };
}
