import { auditRecordedV1 } from '@team/contracts';
import { OutageError, toOutgoingEvent, uuidOf, type Clock, type Logger, type Publisher } from '@team/runtime';
import type { TellRecorded } from '../application/ports.ts';
import { mapper, toOcsf } from '../domain/ocsf.ts';
import type { Reading } from '../domain/record.ts';

/** Sources of facts: what they say, and nobody else, is told as something that happened. */
const services = new Set(['team.request', 'team.approval', 'team.expiry', 'team.provisioning', 'team.audit']);

/**
 * Tells of records on the bus, as `AuditRecorded.v1` with what OCSF has words for; of each under an id of its own, so that who is told twice
 * can tell. Rejects with an `OutageError` where the bus does not take it now. What the bus refuses for good is logged as an error: the trail goes on.
 */
export function tellSiem(publisher: Publisher, reading: Reading, ownAccount: string, clock: Clock, logger: Logger): TellRecorded {
  return async ({ key, raw, source, account, detailType, eventId, chain, recordedAt }, { seq, hash }) => {
    if (account !== ownAccount || !services.has(source)) return;
    const { detail, time } = reading.parse(raw);
    const { metadata, data } = { metadata: objectIn(detail, 'metadata'), data: objectIn(detail, 'data') };
    const [occurredAt, requestId] = [textIn(metadata, 'occurredAt') ?? time, textIn(metadata, 'requestId')];
    const ocsf = toOcsf({ eventId, detailType, source, occurredAt, requestId, data, chain, seq, account });
    if (ocsf === undefined) return;
    const told = { recordedEventId: eventId, detailType, chain, seq, hash, mapper, ocsf: { ...ocsf }, recordedAt };
    const event = toOutgoingEvent(auditRecordedV1, told, clock(), () => uuidOf(key), { eventId });
    const { refused } = await publisher.publish([event]);
    const [refusal] = refused;
    if (refusal === undefined) return;
    if (!forGood.test(refusal.code)) throw new OutageError('ERR_BUS_DOWN', `the bus did not take what is told of ${key}: ${refusal.code} ${refusal.message}`);
    logger.error('a record could not be told of', { recordKey: key, code: refusal.code, reason: refusal.message });
  };
}

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
