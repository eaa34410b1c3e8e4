import { ContractViolationError, type Cause, type DeliveredEvent, type EventContract, type Metadata } from '@team/contracts';
import type { Fact } from '../domain/lifecycle/facts.ts';
import { tellings, type Telling } from './lifecycle-facts.ts';
import type { Lifecycles } from './ports.ts';

/** Key of a request's lifecycle. */
export const lifecycleKey = (requestId: string): string => `lifecycle#${requestId}`;

/** What one event says of its request; undefined where it names none, or says nothing. */
export function factOf({ contract, said }: Telling, { metadata, data }: { readonly metadata: Metadata; readonly data: object }): Fact | undefined {
  const told = said(data);
  const { requestId, eventId, occurredAt } = metadata;
  return told === undefined || requestId === undefined ? undefined : { requestId, seen: { detailType: contract.detailType, eventId, at: occurredAt }, said: told };
}

/** Hears one event, which the bus brought and whose contract holds. */
export function followLifecycle(lifecycles: Lifecycles, telling: Telling) {
  return async (event: { readonly metadata: Metadata; readonly data: object; readonly cause: Cause }): Promise<void> => {
    const fact = factOf(telling, event);
    if (fact !== undefined) await lifecycles.execute(lifecycleKey(fact.requestId), { type: 'hear', facts: [fact] }, event.cause);
  };
}

const byDetailType = new Map(tellings.map((telling) => [telling.contract.detailType, telling]));

/**
 * What a recorded event says, believed as far as the queue would: facts of their own source in the own account, and what keeps its contract.
 * Undefined for everything else, which is in the trail too.
 */
export function factInTrail(event: Pick<DeliveredEvent, 'detail-type' | 'source' | 'account' | 'detail'>, ownAccount: string): Fact | undefined {
  const telling = byDetailType.get(event['detail-type']);
  if (telling === undefined || !comesFrom(telling.contract, event, ownAccount)) return undefined;
  try {
    return factOf(telling, telling.contract.parse(event.detail));
  } catch (error) {
    if (error instanceof ContractViolationError) return undefined;
    throw error;
  }
}

const comesFrom = ({ kind, source }: EventContract, event: { readonly source: string; readonly account: string }, ownAccount: string): boolean =>
  kind === 'intent' || (event.source === source && event.account === ownAccount);
