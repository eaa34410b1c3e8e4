import type { Budget } from './state.ts';

/** A token bucket that holds one second's calls. */
export function refilled(budget: Budget, perSecond: number, now: number): Budget {
  const gained = (Math.max(0, now - budget.at) * perSecond) / 1000;
  return { tokens: Math.min(perSecond, budget.tokens + gained), at: Math.max(now, budget.at) };
}

/** So many calls were made, or are about to be; fewer than none come back. Calls beyond what is left make later ones wait. */
export function spent(budget: Budget, calls = 1): Budget {
  return { ...budget, tokens: budget.tokens - calls };
}

/** When the bucket holds so many tokens (ms since the epoch). */
export function affordableAt(budget: Budget, perSecond: number, tokens: number): number {
  return budget.at + Math.ceil((Math.max(0, tokens - budget.tokens) * 1000) / perSecond);
}
