import { minuteMs, type Clock, type Logger, type MinuteHandler } from '@team/runtime';
import type { Digest } from '../domain/chain.ts';
import { appendRecord } from './append-record.ts';
import type { AppendableTrail, ReadableTrail } from './ports.ts';

/** An append that is younger may still be under way (ms). */
export const appendTakes = minuteMs;

/** So many are finished in one go; the next minute goes on. */
const perSweep = 500;

/**
 * Finishes appends that stopped between the record and its place. One that cannot be finished stops no other; in the end they are thrown
 * together, so that the function counts as failed.
 */
export function finishAppends(trail: AppendableTrail & ReadableTrail, digest: Digest, clock: Clock, logger: Logger): MinuteHandler {
  return async () => {
    const failures: unknown[] = [];
    let finished = 0;
    for await (const record of trail.unchained(clock() - appendTakes)) {
      try {
        await appendRecord(trail, record, digest);
        finished += 1;
      } catch (error) {
        logger.error('an append could not be finished', { chain: record.chain, recordKey: record.key, error });
        failures.push(error);
      }
      if (finished + failures.length === perSweep) break;
    }
    if (finished > 0) logger.info('appends finished that had stopped half-way', { finished });
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} appends could not be finished`);
  };
}
