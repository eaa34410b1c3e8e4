import type { RequestsAnswer } from '@team/contracts';
import {
  consumeMessages,
  createPublisher,
  createServiceKit,
  digestOf,
  OutageError,
  parseEnvelope,
  queueOf,
  sha256Hex,
  strictDigestOf,
  tableOf,
  TeamError,
  type MinuteHandler,
  type SqsHandler,
} from '@team/runtime';
import { parseAuditQuery } from './adapters/query-input.ts';
import { createRecordsTable } from './adapters/records-table.ts';
import { tellSiem } from './adapters/tell-siem.ts';
import { createTrailReader } from './adapters/trail-reader.ts';
import { appendRecord } from './application/append-record.ts';
import { finishAppends } from './application/finish-appends.ts';
import { listEvents } from './application/list-events.ts';
import { onAnyEvent } from './application/on-any-event.ts';
import type { Answering } from './application/ports.ts';
import type { Rebuilt } from './application/rebuild-lifecycles.ts';
import { verifyTrail } from './application/verify-trail.ts';
import { composeActivity, composeCalls, type ActivityPlatform } from './compose-activity.ts';
import { composeCheckpoints, type CheckpointPlatform } from './compose-checkpoints.ts';
import { composeLifecycles } from './compose-lifecycles.ts';
import { composeQuestions } from './compose-questions.ts';
import type { ActivityAnswer, ArchiveAnswer, EventsAnswer, ObjectAnswer, VerifyAnswer } from './domain/query.ts';
import type { Reading } from './domain/record.ts';
import { manifest } from './manifest.ts';

export { activityScheduleOf, activitySourceOf } from './compose-activity.ts';

/** What recording and following run on; neither signs anything. */
export type RecordingPlatform = ActivityPlatform;

/** What the whole service runs on. */
export interface AuditPlatform extends RecordingPlatform {
  readonly clients: RecordingPlatform['clients'] & CheckpointPlatform['clients'];
}

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

export interface AuditHandlers extends RecordingHandlers {
  /** Answers questions about the trail, its archive, session activity and requests; see `Query` and `RequestsQuestion` for what may be asked. */
  readonly query: (input: unknown) => Promise<EventsAnswer | VerifyAnswer | ArchiveAnswer | ObjectAnswer | ActivityAnswer | RequestsAnswer | undefined>;
  /** Signs what happened in each hour that is over. */
  readonly checkpoint: MinuteHandler;
}

const reading: Reading = { parse: parseEnvelope, sha256: sha256Hex, digest: strictDigestOf };

/** The ports and the use cases that the service is made of. */
export const usualParts = {
  createRecordsTable,
  createTrailReader,
  appendRecord,
  finishAppends,
  tellSiem,
} as const;
export type AuditParts = typeof usualParts;

/** The audit service on a platform. `parts` take the place of the usual ones, so that a test can see what one that errs would do. */
export function compose(platform: AuditPlatform, parts: Partial<AuditParts> = {}): AuditHandlers {
  const { clock } = platform;
  const { appendable, readable } = openTrail(platform, parts);
  const checkpoints = composeCheckpoints(platform, { ...readable, ...appendable }, reading);
  const answering: Answering = { trail: readable, reading, clock, finalError: (code, message) => new TeamError(code, message) };
  const questions = composeQuestions(platform);
  const listCalls = composeCalls(platform);
  return {
    ...composeRecording(platform, parts),
    checkpoint: checkpoints.checkpoint,
    async query(input) {
      if (questions.isAbout(input)) return questions.answer(input);
      const asked = parseAuditQuery(input);
      switch (asked.op) {
        case 'events':
          return listEvents(answering, asked);
        case 'verify':
          return verifyTrail(answering, checkpoints.checking, asked);
        case 'archive':
          return checkpoints.archive(asked);
        case 'object':
          return checkpoints.object(asked);
        case 'activity':
          return listCalls(asked);
      }
    },
  };
}

function openTrail({ clients, config, clock }: RecordingPlatform, parts: Partial<AuditParts>) {
  const use = { ...usualParts, ...parts };
  const tables = { records: tableOf(config, 'records'), heads: tableOf(config, 'heads') };
  const appendable = use.createRecordsTable(clients.documents, tables, clock);
  return { use, appendable, readable: use.createTrailReader(clients.documents, tables, appendable) };
}

/** What records, without what asks, signs and archives: those functions start in less. */
export function composeRecording(platform: RecordingPlatform, parts: Partial<AuditParts> = {}): RecordingHandlers {
  const { clients, config, clock, logger } = platform;
  const { use, appendable, readable } = openTrail(platform, parts);
  const append = use.appendRecord(
    appendable,
    digestOf,
    (code, message, retryAfterSeconds) => new OutageError(code, message, { retryAfterSeconds }),
    use.tellSiem(createPublisher(clients.eventBridge, config.busName), reading, config.ownAccount, clock, logger),
  );
  const kit = createServiceKit(manifest, platform);
  const activity = composeActivity(kit, platform);
  const lifecycles = composeLifecycles(kit, platform, readable);
  return {
    follow: lifecycles.follow,
    rebuild: lifecycles.rebuild,
    grants: activity.grants,
    timers: kit.timers({ ...activity.timers, ...lifecycles.timers }),
    inbox: consumeMessages(queueOf(config, 'inbox'), clients.sqs, logger, onAnyEvent(append, reading, clock)),
    sweep: together(use.finishAppends(readable, append, clock, logger), kit.sweep()),
  };
}

/** Duties of a minute, none of which waits for another; rejects with what failed. */
function together(...duties: readonly MinuteHandler[]): MinuteHandler {
  return async (event, context) => {
    const failures = (await Promise.allSettled(duties.map((duty) => duty(event, context)))).flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${duties.length} duties of the sweep failed`);
  };
}
