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
  type KitPlatform,
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
import type { RequestsAnswer } from '@team/contracts';
import { composeQuestions } from './compose-questions.ts';
import { composeLifecycles } from './compose-lifecycles.ts';
import type { EventsAnswer, VerifyAnswer } from './domain/query.ts';
import type { Reading } from './domain/record.ts';
import { manifest } from './manifest.ts';

/** What the service runs on; it signs nothing. */
export type AuditPlatform = KitPlatform;

export interface AuditHandlers {
  readonly inbox: SqsHandler;
  /** Answers questions about the trail; see `Query` for what may be asked. */
  readonly query: (input: unknown) => Promise<EventsAnswer | VerifyAnswer | RequestsAnswer>;
  readonly sweep: MinuteHandler;
  /** Follows each request through its life. */
  readonly follow: SqsHandler;
  readonly timers: SqsHandler;
  /** Makes lifecycles and the index of requests again from the trail. */
  readonly rebuild: (input: unknown) => Promise<Rebuilt>;
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
  const kit = createServiceKit(manifest, platform);
  const { follow, timers, rebuild } = composeLifecycles(kit, platform, readable);
  const questions = composeQuestions(platform);
  return {
    follow,
    rebuild,
    timers: kit.timers({ ...timers }),
    inbox: consumeMessages(queueOf(config, 'inbox'), clients.sqs, logger, onAnyEvent(append, reading, clock)),
    async query(input) {
      if (questions.isAbout(input)) return questions.answer(input);
      const asked = parseAuditQuery(input);
      return asked.op === 'events' ? listEvents(answering, asked) : verifyTrail(answering, asked);
    },
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
