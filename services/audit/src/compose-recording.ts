import {
  consumeByLane,
  createPublisher,
  createServiceKit,
  digestOf,
  OutageError,
  queueOf,
  type MinuteHandler,
  type Publisher,
  type SqsHandler,
} from '@team/runtime';
import { gathered } from './adapters/gathered-publisher.ts';
import { tellSiem } from './adapters/tell-siem.ts';
import { appendRecord, rememberedPlaces } from './application/append-record.ts';
import { finishAppends } from './application/finish-appends.ts';
import { laneOf, onAnyEvent } from './application/on-any-event.ts';
import type { AppendRecord, PutOffError } from './application/ports.ts';
import type { Rebuilt } from './application/rebuild-lifecycles.ts';
import { composeActivity, type ActivityPlatform } from './compose-activity.ts';
import { composeLifecycles } from './compose-lifecycles.ts';
import { openTrail, reading, trailParts } from './compose-trail.ts';
import { manifest } from './manifest.ts';

/** What recording and following run on; neither signs anything. */
export type RecordingPlatform = ActivityPlatform;

export interface RecordingHandlers {
  readonly inbox: SqsHandler;
  readonly sweep: MinuteHandler;
  /** Follows each request through its life. */
  readonly follow: SqsHandler;
  /** Notes whose session activity is to be collected. */
  readonly grants: SqsHandler;
  /** Collects session activity, and says what is missing of a lifecycle. */
  readonly timers: SqsHandler;
  /** Makes lifecycles and the index of requests again from the trail. */
  readonly rebuild: (input: unknown) => Promise<Rebuilt>;
}

/** The ports and the use cases that the service is made of. */
export const usualParts = { ...trailParts, appendRecord, finishAppends, tellSiem } as const;
export type AuditParts = typeof usualParts;

/** What records and follows, without what asks, signs and archives: those functions start in less. */
export function composeRecording(platform: RecordingPlatform, parts: Partial<AuditParts> = {}): RecordingHandlers {
  const { clients, config, clock, logger } = platform;
  const use = { ...usualParts, ...parts };
  const { appendable, readable } = openTrail(platform, use);
  const [publisher, placed] = [createPublisher(clients.eventBridge, config.busName), rememberedPlaces()];
  const putOff: PutOffError = (code, message, retryAfterSeconds) => new OutageError(code, message, { retryAfterSeconds });
  const appendBy = (telling: Publisher): AppendRecord => use.appendRecord(appendable, digestOf, putOff, use.tellSiem(telling, reading, config.ownAccount, clock, logger), placed);
  const kit = createServiceKit(manifest, platform);
  const activity = composeActivity(kit, platform);
  const lifecycles = composeLifecycles(kit, platform, readable);
  return {
    follow: lifecycles.follow,
    rebuild: lifecycles.rebuild,
    grants: activity.grants,
    timers: kit.timers({ ...activity.timers, ...lifecycles.timers }),
    // What one invocation tells goes out together: of each chain one after the other, of several at once.
    inbox: (event, context) => consumeByLane(queueOf(config, 'inbox'), clients.sqs, logger, laneOf, onAnyEvent(appendBy(gathered(publisher)), reading, clock))(event, context),
    sweep: together(use.finishAppends(readable, appendBy(publisher), clock, logger), kit.sweep()),
  };
}

/** Duties of a minute, none of which waits for another; rejects with what failed. */
function together(...duties: readonly MinuteHandler[]): MinuteHandler {
  return async (event, context) => {
    const failures = (await Promise.allSettled(duties.map((duty) => duty(event, context)))).flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${duties.length} duties of the sweep failed`);
  };
}
