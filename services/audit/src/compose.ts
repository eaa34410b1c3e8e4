import {
  consumeByLane,
  createPublisher,
  digestOf,
  OutageError,
  parseEnvelope,
  queueOf,
  sha256Hex,
  strictDigestOf,
  tableOf,
  TeamError,
  type Clients,
  type MinuteHandler,
  type Platform,
  type Publisher,
  type SqsHandler,
} from '@team/runtime';
import { gathered } from './adapters/gathered-publisher.ts';
import { parseAuditQuery } from './adapters/query-input.ts';
import { createRecordsTable } from './adapters/records-table.ts';
import { tellSiem } from './adapters/tell-siem.ts';
import { createTrailReader } from './adapters/trail-reader.ts';
import { appendRecord, rememberedPlaces } from './application/append-record.ts';
import { finishAppends } from './application/finish-appends.ts';
import { listEvents } from './application/list-events.ts';
import { laneOf, onAnyEvent } from './application/on-any-event.ts';
import type { Answering, AppendRecord, PutOffError } from './application/ports.ts';
import { verifyTrail } from './application/verify-trail.ts';
import type { EventsAnswer, VerifyAnswer } from './domain/query.ts';
import type { Reading } from './domain/record.ts';

/** What the service runs on; it signs nothing. */
export interface AuditPlatform extends Omit<Platform, 'clients'> {
  readonly clients: Pick<Clients, 'documents' | 'sqs' | 'eventBridge'>;
}

export interface AuditHandlers {
  readonly inbox: SqsHandler;
  /** Answers questions about the trail; see `Query` for what may be asked. */
  readonly query: (input: unknown) => Promise<EventsAnswer | VerifyAnswer>;
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
export function compose({ clients, config, clock, logger }: AuditPlatform, parts: Partial<AuditParts> = {}): AuditHandlers {
  const use = { ...usualParts, ...parts };
  const tables = { records: tableOf(config, 'records'), heads: tableOf(config, 'heads') };
  const appendable = use.createRecordsTable(clients.documents, tables);
  const readable = use.createTrailReader(clients.documents, tables, appendable);
  const [publisher, placed] = [createPublisher(clients.eventBridge, config.busName), rememberedPlaces()];
  const putOff: PutOffError = (code, message, retryAfterSeconds) => new OutageError(code, message, { retryAfterSeconds });
  const appendBy = (telling: Publisher): AppendRecord => use.appendRecord(appendable, digestOf, putOff, use.tellSiem(telling, reading, config.ownAccount, clock, logger), placed);
  const answering: Answering = { trail: readable, reading, clock, finalError: (code, message) => new TeamError(code, message) };
  return {
    // What one invocation tells goes out together: of each chain one after the other, of several at once.
    inbox: (event, context) => consumeByLane(queueOf(config, 'inbox'), clients.sqs, logger, laneOf, onAnyEvent(appendBy(gathered(publisher)), reading, clock))(event, context),
    async query(input) {
      const asked = parseAuditQuery(input);
      return asked.op === 'events' ? listEvents(answering, asked) : verifyTrail(answering, asked);
    },
    sweep: use.finishAppends(readable, appendBy(publisher), clock, logger),
  };
}
