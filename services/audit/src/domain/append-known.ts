import type { Answer, Append } from './append.ts';
import type { Head } from './chain.ts';
import type { EventRecord } from './record.ts';

/** What an appender knows without asking: a head that it read before the record was there, and whether it was the one that wrote the record. */
export interface Known {
  /** Chain whose head was read. */
  readonly chain: string;
  readonly head: Head | undefined;
  /** The record was not there before: nobody can have put it into the chain by the time the head was read. */
  readonly fresh: boolean;
}

/** What is known of a record that is about to be stored, after its chain's head was read. */
export const readBeforehand = ({ chain }: Pick<EventRecord, 'chain'>, head: Head | undefined): Known => ({ chain, head, fresh: false });

/** What is known after an operation was answered. */
export function knownAfter(known: Known | undefined, { step }: Append, answer: Answer): Known | undefined {
  if (known === undefined) return undefined;
  if (step.do === 'store') return answer.fresh === true ? { ...known, fresh: true } : undefined;
  // Others got on: from here on everything is asked.
  return step.do === 'advance' && answer.advanced !== true ? undefined : known;
}

/**
 * The answer to the next operation where it follows from what is known. The head may be the one read beforehand: to have been true once is
 * enough, since the head is moved on only from the seq that was seen. And where that one is moved on, nothing was appended since it was read,
 * when the record was not there yet: it has no place, without looking.
 */
export function knownAnswer(known: Known | undefined, { record, step }: Append): Answer | undefined {
  if (known?.fresh !== true || known.chain !== record.chain) return undefined;
  if (step.do === 'readHead') return { head: known.head };
  return step.do === 'readOwn' ? { record } : undefined;
}
