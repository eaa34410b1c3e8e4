/** Lets `perSecond` calls a second pass on average, and as many at once after a quiet second. */
export interface TokenBucket {
  /** Takes one token; `false` when none is left. */
  take(nowMs: number): boolean;
}

/** A full bucket. It lives in memory: after a restart it is full again, which is what a second's pause would do. */
export function tokenBucket(perSecond: number): TokenBucket {
  let tokens = perSecond;
  let filledAt = Number.NEGATIVE_INFINITY;
  return {
    take(nowMs) {
      if (Number.isFinite(filledAt)) tokens = Math.min(perSecond, tokens + (Math.max(0, nowMs - filledAt) * perSecond) / 1000);
      filledAt = Math.max(filledAt, nowMs);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
