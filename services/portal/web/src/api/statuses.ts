import type { Status } from '../../../api/src/contract/index.ts';

/** Nothing more becomes of these by itself. */
const final: ReadonlySet<Status> = new Set(['rejected', 'denied', 'cancelled', 'approval-expired', 'ended', 'revoked', 'failed']);
/** Somebody or something is at work, so the next change is near. */
const moving: ReadonlySet<Status> = new Set(['pending', 'activating', 'ending']);

const MOVING_MS = 1_000;
const OPEN_MS = 2_000;
const FAILED_MS = 5_000;
const QUIET_MS = 15_000;

export function isFinal(status: Status): boolean {
  return final.has(status);
}

/** How long until the next look (ms): soon while something may change, somebody sees it, and the last look did not fail. */
export function nextLook(statuses: readonly Status[], failed: boolean): number {
  if (failed) return FAILED_MS;
  if (document.visibilityState === 'hidden') return QUIET_MS;
  if (statuses.some((status) => moving.has(status))) return MOVING_MS;
  return statuses.every(isFinal) ? QUIET_MS : OPEN_MS;
}
