import type { DeliveredEvent, Detail, EventContract } from '@team/contracts';
import { asSchema, exampleValue, uuidFrom } from './example-value.ts';

/** A contract, seen as the type of its data. Inferred: `exampleOf(accessRequestedV1)` is an `AccessRequestedV1`. */
export type ContractOf<Data> = Pick<EventContract, 'detailType' | 'source' | 'detail'> & { validate(detail: unknown): Detail<Data> };

export interface EventOptions {
  /** Default: derived from contract, source and data. Building the same event twice is the same event delivered twice. */
  readonly eventId?: string;
  /** Default: the contract's own source; for intents `com.example.pipeline`. */
  readonly source?: string;
  /** AWS account that put the event on the bus. Default `111122223333`. */
  readonly account?: string;
  /** ISO 8601 UTC. Default `2026-11-22T10:00:00.000Z`. */
  readonly occurredAt?: string;
  readonly causationId?: string;
}

/**
 * An event as EventBridge delivers it, its detail checked as a publisher checks it. Throws `ContractViolationError` when it does not fit.
 *
 * @example buildEvent(accessRequestedV1, exampleOf(accessRequestedV1, { durationMinutes: 60 }), { source: 'com.example.ci' })
 */
export function buildEvent<Data extends object>(contract: ContractOf<Data>, data: Data, options: EventOptions = {}): DeliveredEvent {
  const source = options.source ?? contract.source ?? 'com.example.pipeline';
  const eventId = options.eventId ?? uuidFrom(`${source} ${contract.detailType} ${JSON.stringify(data)}`);
  const occurredAt = options.occurredAt ?? '2026-11-22T10:00:00.000Z';
  const detail = contract.validate({
    metadata: {
      eventId,
      ...('requestId' in data ? { requestId: data.requestId } : {}),
      ...(options.causationId === undefined ? {} : { causationId: options.causationId }),
      occurredAt,
    },
    data,
  });
  return {
    id: uuidFrom(`delivery of ${eventId}`),
    'detail-type': contract.detailType,
    source,
    account: options.account ?? '111122223333',
    time: occurredAt,
    detail: { ...detail },
  };
}

/**
 * Data that fits a contract, without the optional fields; the same each time. What a test is about goes into `overrides`.
 *
 * @example exampleOf(accessRequestedV1, { requester: 'alice@example.com' })
 */
export function exampleOf<Data extends object>(contract: ContractOf<Data>, overrides: Partial<Data> = {}): Data {
  const detail = asSchema(contract.detail.toJSONSchema({ io: 'input' }));
  const example = exampleValue(asSchema(detail.properties?.['data']), { extent: 'required' });
  const data = { ...(example as object), ...overrides };
  const requestId = 'requestId' in data ? data.requestId : undefined;
  const metadata = { eventId: uuidFrom(contract.detailType), requestId, occurredAt: '2026-11-22T10:00:00.000Z' };
  return contract.validate({ metadata, data }).data;
}
