import type { MiddlewareHandler } from 'hono';
import type { PortalEnv } from './portal-env.ts';
import { problemAnswer } from './problem.ts';

interface Bucket {
  readonly tokens: number;
  /** ms since the epoch */
  readonly at: number;
}

const minuteMs = 60_000;
/** So many callers are remembered before those who have been quiet for a minute are forgotten. */
const mostRemembered = 10_000;

/**
 * Takes so many calls a minute of each person and each machine, in a burst if they like. Kept in memory, for each instance of a function: it stops a loop in
 * a script, and one person from crowding out the others; what floods from outside is for the web application firewall.
 *
 * @param now ms since the epoch
 */
export function rateLimit(perMinute: number, now: () => number): MiddlewareHandler<PortalEnv> {
  const buckets = new Map<string, Bucket>();

  return async (c, next) => {
    const { person, machine } = c.var;
    // A client may be called as somebody's id is.
    const caller = machine === undefined ? `person ${person.userId}` : `machine ${machine.name}`;
    const at = now();
    const tokens = tokensOf(caller, at);
    if (tokens < 1) {
      const seconds = Math.max(1, Math.ceil(((1 - tokens) * minuteMs) / perMinute / 1000));
      const detail = `At most ${perMinute} calls of this kind a minute are taken. Try again in ${seconds} s.`;
      return problemAnswer(c, 429, { code: 'ERR_TOO_MANY_CALLS', detail, headers: { 'retry-after': String(seconds) } });
    }
    buckets.set(caller, { tokens: tokens - 1, at });
    if (buckets.size > mostRemembered) forget(at);
    return next();
  };

  function tokensOf(caller: string, at: number): number {
    const { tokens, at: before } = buckets.get(caller) ?? { tokens: perMinute, at };
    return Math.min(perMinute, tokens + (Math.max(0, at - before) * perMinute) / minuteMs);
  }

  function forget(at: number): void {
    for (const [caller, bucket] of buckets) if (at - bucket.at >= minuteMs) buckets.delete(caller);
  }
}
