import type { Cause, EventContract, Metadata } from '@team/contracts';
import { toTimestamp } from './clock.ts';
import type { NewId } from './ids.ts';

/** Something that a domain decided has happened. Those whose `type` is a published detail-type leave the service. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** An event ready for `PutEvents`; `detail` is its JSON text. */
export interface OutgoingEvent {
  readonly eventId: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: string;
}

/** Finishes a fact: gives it an id and metadata, and checks it against its contract as strictly as a publisher must. */
export function toOutgoingEvent(contract: EventContract, data: object, now: number, newId: NewId, cause: Cause): OutgoingEvent {
  if (contract.source === undefined) throw new TypeError(`${contract.detailType} is an intent; services publish facts only`);
  const requestId = 'requestId' in data && typeof data.requestId === 'string' ? data.requestId : undefined;
  const metadata: Metadata = {
    eventId: newId(),
    occurredAt: toTimestamp(now),
    ...(requestId === undefined ? {} : { requestId }),
    ...(cause.eventId === undefined ? {} : { causationId: cause.eventId }),
    ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
  };
  const detail = JSON.stringify({ metadata, data });
  contract.validate(JSON.parse(detail));
  return { eventId: metadata.eventId, source: contract.source, detailType: contract.detailType, detail };
}
