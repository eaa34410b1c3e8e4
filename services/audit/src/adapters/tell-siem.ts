import { auditRecordedV1, type AuditRecordedV1 } from '@team/contracts';
import { OutageError, toOutgoingEvent, uuidOf, type Clock, type Logger, type Publisher } from '@team/runtime';
import type { TellRecorded } from '../application/ports.ts';
import type { Place } from '../domain/chain.ts';
import { isOwnFact, mapper, toOcsf } from '../domain/ocsf.ts';
import type { EventRecord, Reading } from '../domain/record.ts';

/**
 * Tells of each record on the bus, as `AuditRecorded.v1` with its place and what it is in OCSF; of each under an id of its own, so that who
 * is told twice can tell. Rejects with an `OutageError` where the bus does not take it now. What the bus refuses for good is logged as an error: the trail goes on.
 */
export function tellSiem(publisher: Publisher, reading: Reading, ownAccount: string, clock: Clock, logger: Logger): TellRecorded {
  return async (record, place) => {
    const { key, eventId } = record;
    // What the bus delivers has a UUID; what somebody sent to the queue by hand may have anything.
    const cause = uuid.test(eventId) ? { eventId } : {};
    const event = toOutgoingEvent(auditRecordedV1, tellingOf(record, place, reading, ownAccount), clock(), () => uuidOf(key), cause);
    const { refused } = await publisher.publish([event]);
    const [refusal] = refused;
    if (refusal === undefined) return;
    if (!forGood.test(refusal.code)) throw new OutageError('ERR_BUS_DOWN', `the bus did not take what is told of ${key}: ${refusal.code} ${refusal.message}`);
    logger.error('a record could not be told of', { recordKey: key, code: refusal.code, reason: refusal.message });
  };
}

/** What is said of a record at its place. A pure function of both: whoever tells of it again says the same. */
export function tellingOf({ raw, source, account, detailType, eventId, chain, recordedAt }: EventRecord, { seq, hash }: Place, reading: Reading, ownAccount: string): AuditRecordedV1 {
  const { detail, time } = reading.parse(raw);
  const { metadata, data } = { metadata: objectIn(detail, 'metadata'), data: objectIn(detail, 'data') };
  // Of a moment, too, others are not believed.
  const moments = isOwnFact({ source, account, ownAccount }) ? [textIn(metadata, 'occurredAt'), time] : [time];
  const occurredAt = moments.find((moment) => moment !== undefined && isoMoment.test(moment) && !Number.isNaN(Date.parse(moment))) ?? recordedAt;
  // A chain of a request is named after the id under which the record stands: `request#<id>`.
  const requestId = chain.startsWith('request#') ? chain.slice('request#'.length) : undefined;
  const ocsf = toOcsf({ eventId, detailType, source, account, occurredAt, recordedAt, requestId, data, chain, seq, ownAccount });
  return { recordedEventId: eventId, detailType, chain, seq, hash, mapper, ocsf: { ...ocsf }, recordedAt };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isoMoment = /^\d{4}-\d\d-\d\dT[\d:.]{5,20}Z$/;

/** Codes that trying again does not mend. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
const forGood = /^(AccessDenied|InvalidArgument|MalformedDetail|Validation|NotAuthorized)/;

const objectIn = (value: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> => {
  const member = value[name];
  return typeof member === 'object' && member !== null ? { ...member } : {};
};

function textIn(value: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const member = value[name];
  return typeof member === 'string' ? member : undefined;
}
