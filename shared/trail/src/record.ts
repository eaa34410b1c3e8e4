/** An event of the bus as it stands in the trail. Written once; only its place in its chain is added afterwards. */
export interface EventRecord {
  /** `source|account|eventId|contentHash`: the same event delivered or published again has the same key. */
  readonly key: string;
  /** The message as it came, character by character. */
  readonly raw: string;
  /** ISO 8601 UTC, by this service's clock. */
  readonly recordedAt: string;
  readonly chain: string;
  readonly source: string;
  readonly account: string;
  readonly detailType: string;
  /** `detail.metadata.eventId` where that is a UUID, otherwise the id that EventBridge gave. */
  readonly eventId: string;
  /** Digest of what the emitter said: detail-type, source, account, detail. */
  readonly contentHash: string;
  /** SHA-256 of `raw`. */
  readonly rawHash: string;
  /** UTC day of `recordedAt`. */
  readonly arrivalDay: string;
  /** Sorts by arrival; no two records have the same. */
  readonly arrivalKey: string;
}

/** The envelope of a delivered event, as far as the trail cares. */
export interface Envelope {
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** How texts are read and hashed; given from outside, for the domain does neither by itself. */
export interface Reading {
  /** Throws where the text is no event as EventBridge delivers it. */
  parse(raw: string): Envelope;
  /** SHA-256 of a text, lower-case hexadecimal. */
  sha256(text: string): string;
  /** SHA-256 of the canonical JSON of a value. Throws where the value has no canonical form. */
  digest(value: unknown): string;
}

/** The record of a message. A pure function of what came and when: made again from a stored record, it shows what was changed there. */
export function recordOf(raw: string, recordedAt: string, reading: Reading): EventRecord {
  const event = reading.parse(raw);
  const rawHash = reading.sha256(raw);
  // Half a surrogate pair, which JSON can spell, would not come back from the table as it went in.
  const source = event.source.toWellFormed();
  const account = event.account.toWellFormed();
  const detailType = event['detail-type'].toWellFormed();
  const eventId = uuidOr(event.id.toWellFormed(), memberOf(event.detail['metadata'], 'eventId'));
  const contentHash = contentHashOf(event, rawHash, reading);
  return {
    key: `${source}|${account}|${eventId}|${contentHash}`,
    raw,
    recordedAt,
    chain: chainOf(event, source),
    source,
    account,
    detailType,
    eventId,
    contentHash,
    rawHash,
    arrivalDay: recordedAt.slice(0, 10),
    arrivalKey: `${recordedAt}#${rawHash}`,
  };
}

/** The chain of a request's events. */
export const requestChain = (requestId: string): string => `request#${requestId}`;

/**
 * EventBridge's own `id` and `time` are left out: an event published again after a crash has others and is the same event.
 * What has no canonical form (half a surrogate pair, a number beyond doubles) is taken as it came: it is recorded too.
 */
function contentHashOf(event: Envelope, rawHash: string, reading: Reading): string {
  const { 'detail-type': detailType, source, account, detail } = event;
  try {
    return reading.digest({ 'detail-type': detailType, source, account, detail });
  } catch {
    return rawHash;
  }
}

/** By the event's own time, so that an event delivered after midnight again belongs where it did before. */
function chainOf(event: Envelope, source: string): string {
  const requestId = uuidOr(undefined, memberOf(event.detail['metadata'], 'requestId'), memberOf(event.detail['data'], 'requestId'));
  if (requestId !== undefined) return requestChain(requestId);
  const time = Date.parse(event.time);
  return `source#${source}#${Number.isNaN(time) ? 'undated' : new Date(time).toISOString().slice(0, 10)}`;
}

/** One spelling for one id, as in the contracts. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function uuidOr<Otherwise>(otherwise: Otherwise, ...values: readonly unknown[]): string | Otherwise {
  return values.find((value) => typeof value === 'string' && uuid.test(value)) as string | undefined ?? otherwise;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
