import { appendTakesMs } from '../domain/timing.ts';
import type { AppendRecord, Clock, Log, ReadableTrail } from './ports.ts';

/** So many are finished in one go; the next minute goes on. */
const perSweep = 500;

/**
 * Finishes appends that stopped between the record and its place. One that cannot be finished stops no other; in the end they are thrown
 * together, so that the function counts as failed.
 */
export function finishAppends(trail: Pick<ReadableTrail, 'unchained'>, append: AppendRecord, clock: Clock, log: Log): () => Promise<void> {
  return async () => {
    const failures: unknown[] = [];
    let finished = 0;
    for await (const record of trail.unchained(clock() - appendTakesMs)) {
      try {
        await append(record);
        finished += 1;
      } catch (error) {
        log.error('an append could not be finished', { chain: record.chain, recordKey: record.key, error });
        failures.push(error);
      }
      if (finished + failures.length === perSweep) break;
    }
    if (finished > 0) log.info('appends finished that had stopped half-way', { finished });
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} appends could not be finished`);
  };
}
