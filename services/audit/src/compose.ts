import {
  consumeMessages,
  digestOf,
  parseEnvelope,
  sha256Hex,
  TeamError,
  type MinuteHandler,
  type Platform,
  type SqsHandler,
} from '@team/runtime';
import { createRecordsTable } from './adapters/records-table.ts';
import { createTrailReader } from './adapters/trail-reader.ts';
import { finishAppends } from './application/finish-appends.ts';
import { listEvents } from './application/list-events.ts';
import { onAnyEvent } from './application/on-any-event.ts';
import { parseQuery, type EventsAnswer, type VerifyAnswer } from './application/query.ts';
import { verifyTrail } from './application/verify-trail.ts';
import type { Reading } from './domain/record.ts';

export interface AuditHandlers {
  readonly inbox: SqsHandler;
  /** Answers questions about the trail; see `Query` for what may be asked. */
  readonly query: (input: unknown) => Promise<EventsAnswer | VerifyAnswer>;
  readonly sweep: MinuteHandler;
}

const reading: Reading = { parse: parseEnvelope, sha256: sha256Hex, digest: digestOf };

/** The audit service on a platform. */
export function compose({ clients, config, clock, logger }: Platform): AuditHandlers {
  const tables = { records: configured(config.tables, 'records'), heads: configured(config.tables, 'heads') };
  const appendable = createRecordsTable(clients.documents, tables);
  const readable = createTrailReader(clients.documents, tables, appendable);
  return {
    inbox: consumeMessages(configured(config.queues, 'inbox'), clients.sqs, logger, onAnyEvent(appendable, reading, clock)),
    async query(input) {
      const asked = parseQuery(input);
      return asked.op === 'events' ? listEvents(readable, reading, clock, asked) : verifyTrail(readable, reading, clock, asked);
    },
    sweep: finishAppends({ ...appendable, ...readable }, reading.digest, clock, logger),
  };
}

function configured<Value>(values: Readonly<Record<string, Value>>, name: string): Value {
  const value = values[name];
  if (value === undefined) throw new TeamError('ERR_CONFIG_INVALID', `the audit service is configured without "${name}"`);
  return value;
}
