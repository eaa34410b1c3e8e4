import { nextHead, placeOfLast, type Digest, type Head, type Place, type StoredRecord } from './chain.ts';
import type { EventRecord } from './record.ts';

/** One indivisible operation on the trail. Between any two, others may do theirs, or the appender may be gone for good. */
export type Step =
  /** Write the record unless its key is taken; answers what stands under the key. */
  | { readonly do: 'store' }
  | { readonly do: 'readHead' }
  /** Write the place on the last record unless it has one; `head` is what was seen. */
  | { readonly do: 'placeLast'; readonly head: Head; readonly key: string; readonly place: Place }
  | { readonly do: 'readOwn'; readonly head: Head }
  /** Replace the head if it still has the seq that was seen; 0: if there is none. */
  | { readonly do: 'advance'; readonly seen: number; readonly to: Head }
  | { readonly do: 'placeOwn'; readonly key: string; readonly place: Place }
  | { readonly do: 'done' };

/** An append under way, as plain data: what it is about, and what comes next. */
export interface Append {
  readonly record: EventRecord;
  readonly step: Step;
}

/** What an operation answers: `store` and `readOwn` a record, `readHead` a head, `advance` whether it did. */
export interface Answer {
  readonly record?: StoredRecord | undefined;
  /** Of `store`: whether nothing stood under the key before. */
  readonly fresh?: boolean;
  readonly head?: Head | undefined;
  readonly advanced?: boolean;
}

/** An append before its first operation. */
export const beginAppend = (record: EventRecord): Append => ({ record, step: { do: 'store' } });

/**
 * The append protocol. Exactly one place for a record, whoever appends it, however often, stopped wherever:
 * nobody moves the head on before the last record bears its place, and whoever then finds no place on the own record, and
 * moves the head from the seq seen before, knows that nobody has put it into the chain. The same record delivered twice stops there.
 */
export function continueAppend({ record, step }: Append, answer: Answer, digest: Digest): Append {
  const on = (next: Step, about: EventRecord = record): Append => ({ record: about, step: next });
  switch (step.do) {
    case 'store': {
      // What came first stands, with the time and chain that it got then.
      const stored = answer.record ?? record;
      return on('place' in stored ? { do: 'done' } : { do: 'readHead' }, stored);
    }
    case 'readHead': {
      const { head } = answer;
      if (head === undefined) return on({ do: 'advance', seen: 0, to: nextHead(undefined, record, digest) });
      return on({ do: 'placeLast', head, key: head.last, place: placeOfLast(head) });
    }
    case 'placeLast':
      return on({ do: 'readOwn', head: step.head });
    case 'readOwn':
      if (answer.record?.place !== undefined) return on({ do: 'done' });
      return on({ do: 'advance', seen: step.head.seq, to: nextHead(step.head, record, digest) });
    case 'advance':
      if (answer.advanced !== true) return on({ do: 'readHead' });
      return on({ do: 'placeOwn', key: record.key, place: placeOfLast(step.to) });
    case 'placeOwn':
    case 'done':
      return on({ do: 'done' });
  }
}
