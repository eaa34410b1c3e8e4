import type { StoredRecord } from './chain.ts';
import type { ProblemKind } from './problems.ts';
import { recordOf, type EventRecord, type Reading } from './record.ts';

export interface Fault {
  readonly kind: ProblemKind;
  readonly message: string;
}

/** What is wrong with a record found in a chain, seen by itself: it is made again from its raw text and compared. */
export function faultOf(record: StoredRecord, chain: string, reading: Reading): Fault | undefined {
  let again: EventRecord;
  try {
    again = recordOf(record.raw, record.recordedAt, reading);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'changed', message: `the text of ${record.key} is no event any more: ${why}` };
  }
  if (again.rawHash !== record.rawHash) return { kind: 'changed', message: `the text of ${record.key} is not the one recorded` };
  if (again.key !== record.key && again.contentHash === record.contentHash) {
    return { kind: 'doubled', message: `${record.key} is a copy of ${again.key}` };
  }
  if (again.chain !== chain) return { kind: 'foreign', message: `${record.key} belongs to the chain ${again.chain}` };
  const differing = fields.filter((field) => again[field] !== record[field]);
  if (differing.length === 0) return undefined;
  return { kind: 'changed', message: `${differing.join(', ')} of ${record.key} do not follow from its text` };
}

const fields = [
  'key', 'recordedAt', 'chain', 'source', 'account', 'detailType', 'eventId', 'contentHash', 'arrivalDay', 'arrivalKey',
] as const satisfies readonly (keyof EventRecord)[];
