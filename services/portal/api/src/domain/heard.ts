import type { EventContract, Received } from '@team/contracts';
import { disregarded } from '../../../story/src/facts.ts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';

/** An event as the read model keeps it, and the request that it is about. */
export interface Heard {
  readonly requestId: string;
  readonly event: RecordedEvent;
}

/** What is kept of an event that arrived (ms), its contract checked; undefined where it is about no request. What an emitter says of time is not believed. */
export function heardOf({ kind }: EventContract, { metadata, data, detailType, source, account, arrivedAt }: Omit<Received<unknown>, 'cause'> & { readonly arrivedAt: number }): Heard | undefined {
  const { requestId, eventId, occurredAt } = metadata;
  if (requestId === undefined) return undefined;
  const recordedAt = new Date(arrivedAt).toISOString();
  const time = kind === 'fact' ? occurredAt : recordedAt;
  return { requestId, event: { chain: chainOf(requestId), recordedAt, time, source, detailType, account, eventId, detail: { metadata, data } } };
}

/** The same of what was recorded of it. The trail has also what never reached the read model: what is forged, or breaks its contract. */
export function heardAgain(contract: EventContract, recorded: RecordedEvent, ownAccount: string): Heard | undefined {
  if (disregarded(recorded, ownAccount) !== undefined) return undefined;
  const { detailType, source, account, recordedAt } = recorded;
  return heardOf(contract, { ...contract.parse(recorded.detail), detailType, source, account, arrivedAt: Date.parse(recordedAt) });
}

/** Chain of a request in the audit trail. */
const chainOf = (requestId: string): string => `request#${requestId}`;
