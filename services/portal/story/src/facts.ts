import { ContractViolationError, findContract, type DataOf, type EventContract } from '@team/contracts';
import type { RecordedEvent } from './recorded-event.ts';

/** Why a recorded event says nothing about its request, in a few words; `undefined` for one that does. The trail records forgeries too. */
export function disregarded({ detailType, source, account, detail }: RecordedEvent, ownAccount: string): string | undefined {
  if (detail === undefined) return 'no event any more; see team audit verify';
  const contract = findContract(detailType);
  if (contract === undefined) return 'unknown event';
  if (contract.source !== undefined && (source !== contract.source || account !== ownAccount)) return `not from ${contract.source}`;
  try {
    contract.parse(detail);
    return undefined;
  } catch (error) {
    if (error instanceof ContractViolationError) return 'breaks its contract';
    throw error;
  }
}

/** What was said under one contract, in the order in which it came. */
export type Facts = <Contract extends EventContract>(contract: Contract) => readonly DataOf<Contract>[];

/** The facts and intents among a request's events, by contract. */
export function factsIn(events: readonly RecordedEvent[], ownAccount: string): Facts {
  const counting = events.filter((event) => disregarded(event, ownAccount) === undefined);
  return <Contract extends EventContract>(contract: Contract) =>
    counting.filter(({ detailType }) => detailType === contract.detailType).map(({ detail }) => contract.parse(detail).data as DataOf<Contract>);
}
