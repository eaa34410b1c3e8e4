import { ContractViolationError, findContract, type DataOf, type EventContract } from '@team/contracts';
import type { RecordedEvent } from './recorded-event.ts';

/** Why a recorded event says nothing about its request, in a few words; `undefined` for one that does. The trail records forgeries too. */
export function disregarded(event: RecordedEvent, ownAccount: string): string | undefined {
  const { detailType, source, account, detail } = event;
  if (detail === undefined) return 'no event any more; see team audit verify';
  const contract = findContract(detailType);
  if (contract === undefined) return 'unknown event';
  if (contract.source !== undefined && (source !== contract.source || account !== ownAccount)) return `not from ${contract.source}`;
  return saidIn(event, contract) === undefined ? 'breaks its contract' : undefined;
}

/** A story asks what an event says again and again, and checking it by its contract takes the time. */
const read = new WeakMap<RecordedEvent, { readonly data: unknown } | undefined>();

/** What an event says; undefined where it breaks its contract. */
function saidIn(event: RecordedEvent, contract: EventContract): { readonly data: unknown } | undefined {
  if (!read.has(event)) read.set(event, parsed(event, contract));
  return read.get(event);
}

function parsed({ detail }: RecordedEvent, contract: EventContract): { readonly data: unknown } | undefined {
  try {
    return contract.parse(detail);
  } catch (error) {
    if (error instanceof ContractViolationError) return undefined;
    throw error;
  }
}

/** What was said under one contract, in the order in which it came. */
export type Facts = <Contract extends EventContract>(contract: Contract) => readonly DataOf<Contract>[];

/** The facts and intents among a request's events, by contract. */
export function factsIn(events: readonly RecordedEvent[], ownAccount: string): Facts {
  const counting = events.filter((event) => disregarded(event, ownAccount) === undefined);
  return <Contract extends EventContract>(contract: Contract) =>
    counting.filter(({ detailType }) => detailType === contract.detailType).map((event) => saidIn(event, contract)?.data as DataOf<Contract>);
}
