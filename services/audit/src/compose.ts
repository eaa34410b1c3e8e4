import {
  consumeMessages,
  createPublisher,
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
import { verifyTrail } from './application/verify-trail.ts';
import { composeActivity, type ActivityHandlers, type ActivityPlatform } from './compose-activity.ts';
import type { ActivityAnswer, EventsAnswer, VerifyAnswer } from './domain/query.ts';
import type { Reading } from './domain/record.ts';

export { activityScheduleOf, activitySourceOf } from './compose-activity.ts';

/** What the service runs on; it signs nothing. */
export type AuditPlatform = ActivityPlatform;

export interface AuditHandlers extends Pick<ActivityHandlers, 'grants' | 'timers'> {
  readonly inbox: SqsHandler;
  /** Answers questions about the trail and about session activity; see `Query` for what may be asked. */
  readonly query: (input: unknown) => Promise<EventsAnswer | VerifyAnswer | ActivityAnswer>;
  readonly sweep: MinuteHandler;
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
  const { clients, config, clock, logger } = platform;
  const use = { ...usualParts, ...parts };
  const activity = composeActivity(platform);
  const tables = { records: tableOf(config, 'records'), heads: tableOf(config, 'heads') };
  const appendable = use.createRecordsTable(clients.documents, tables);
  const readable = use.createTrailReader(clients.documents, tables, appendable);
  const append = use.appendRecord(
    appendable,
    digestOf,
    (code, message, retryAfterSeconds) => new OutageError(code, message, { retryAfterSeconds }),
    use.tellSiem(createPublisher(clients.eventBridge, config.busName), reading, config.ownAccount, clock, logger),
  );
  const answering: Answering = { trail: readable, reading, clock, finalError: (code, message) => new TeamError(code, message) };
  return {
    inbox: consumeMessages(queueOf(config, 'inbox'), clients.sqs, logger, onAnyEvent(append, reading, clock)),
    async query(input) {
      const asked = parseAuditQuery(input);
      switch (asked.op) {
        case 'events':
          return listEvents(answering, asked);
        case 'verify':
          return verifyTrail(answering, asked);
        case 'activity':
          return activity.list(asked);
      }
    },
    grants: activity.grants,
    timers: activity.timers,
    sweep: besideEachOther(use.finishAppends(readable, append, clock, logger), activity.sweepGrants),
  };
}

/** Duties of one minute: neither waits for the other; rejects with what failed. */
function besideEachOther(...duties: readonly MinuteHandler[]): MinuteHandler {
  return async (event, context) => {
    const failures = (await Promise.allSettled(duties.map((duty) => duty(event, context)))).flatMap((duty) => (duty.status === 'rejected' ? [duty.reason as unknown] : []));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${duties.length} duties of the sweep failed`);
  };
}
