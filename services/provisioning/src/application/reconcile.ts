import type { Assignments, Checks, Clock, Log } from './ports.ts';

/** After so long an invocation begins nothing more (ms); what is left comes first next minute. Shorter than the function's time-out. */
export const reconcileMs = 40_000;
/** Assignments of one shard that are checked at once. */
const atOnce = 8;

/**
 * What Identity Center holds against what is wanted: each minute every assignment whose time to be checked has come is told so, by
 * which everything that time has brought about is settled; then the dispatcher is woken, to look and to repair. It depends on nothing
 * that ends grants otherwise: no event, no timer, no sweep. One assignment that cannot be checked keeps no other waiting; rejects in
 * the end with all that failed.
 */
export function createReconcile(assignments: Assignments, checks: Checks, wakeForWork: () => Promise<void>, clock: Clock, log: Log): () => Promise<void> {
  const checkOne = async (key: string): Promise<unknown[]> => {
    try {
      await assignments.execute(key, { type: 'check' });
      return [];
    } catch (error) {
      log.error('assignment could not be checked; tried again next minute', { key, error });
      return [error];
    }
  };
  const checkShard = async (shard: string, until: number): Promise<unknown[]> => {
    const failures: unknown[] = [];
    for await (const page of checks.due(shard, clock())) {
      const keys = page.values();
      const worker = async (): Promise<void> => {
        for (const key of keys) {
          if (clock() >= until) return;
          failures.push(...(await checkOne(key)));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      if (clock() >= until) break;
    }
    return failures;
  };

  return async () => {
    const until = clock() + reconcileMs;
    const outcomes = await Promise.allSettled(checks.shards.map((shard) => checkShard(shard, until)));
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : outcome.value));
    await wakeForWork();
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} checks of assignments failed`);
  };
}
