import { digestOf, OutageError, parseEnvelope, sha256Hex } from '@team/runtime';
import { uuidFrom } from '@team/testing';
import { appendRecord } from '../src/application/append-record.ts';
import type { AppendableTrail, AppendRecord } from '../src/application/ports.ts';
import { recordOf, type EventRecord, type Reading } from '../src/domain/record.ts';

export const reading: Reading = { parse: parseEnvelope, sha256: sha256Hex, digest: digestOf };

export const requestId = uuidFrom('a request');
export const start = '2026-11-22T10:00:00.000Z';

/** The message of an event, told apart by a word. */
export function messageOf(word: string, { metadata = {}, ...envelope }: Record<string, unknown> & { metadata?: object } = {}): string {
  return JSON.stringify({
    version: '0',
    id: uuidFrom(`delivery of ${word}`),
    'detail-type': 'SomethingHappened.v1',
    source: 'com.example.system',
    account: '111122223333',
    time: '2026-11-22T09:59:59Z',
    region: 'eu-central-1',
    resources: [],
    detail: { metadata: { eventId: uuidFrom(word), requestId, occurredAt: start, ...metadata }, data: { word } },
    ...envelope,
  });
}

export const recordOfWord = (word: string): EventRecord => recordOf(messageOf(word), start, reading);

/** Appends to a trail as the composed service does. */
export const appendTo = (trail: AppendableTrail): AppendRecord =>
  appendRecord(trail, reading.digest, (code, message, retryAfterSeconds) => new OutageError(code, message, { retryAfterSeconds }), async () => undefined);
