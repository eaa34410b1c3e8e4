import { randomUUID } from 'node:crypto';
import type { Detail, EventContract } from '@team/contracts';
import type { RecordedEvent } from '../../story/src/recorded-event.ts';
import { ownAccount } from './scripted-cloud.ts';

type ContractOf<Data> = Pick<EventContract, 'detailType' | 'source'> & { validate(detail: unknown): Detail<Data> };

/** An event of a request as the audit service gives it, put on the bus by who may: facts by their service, intents by a pipeline. */
export function recorded<Data extends { readonly requestId: string }>(contract: ContractOf<Data>, data: Data): RecordedEvent {
  const time = '2026-11-22T10:00:00.000Z';
  const eventId = randomUUID();
  const detail = contract.validate({ metadata: { eventId, requestId: data.requestId, occurredAt: time }, data });
  return {
    chain: `request#${data.requestId}`,
    seq: 1,
    recordedAt: time,
    time,
    source: contract.source ?? 'com.example.pipeline',
    detailType: contract.detailType,
    account: ownAccount,
    eventId,
    detail: { ...detail },
  };
}
