import type { Status } from '../../../api/src/contract/index.ts';

/** Nothing more becomes of these by itself. */
const final: ReadonlySet<Status> = new Set(['rejected', 'denied', 'cancelled', 'approval-expired', 'ended', 'revoked', 'failed']);
/** Somebody or something is at work, so the next change is near. */
const moving: ReadonlySet<Status> = new Set(['pending', 'activating', 'ending']);

/** One request that somebody looks at: it is what they wait for. */
export const ONE_MS = 500;
/** A list with something in it that moves. */
export const LIST_MS = 1_000;
const OPEN_MS = 2_000;
const FAILED_MS = 5_000;
const QUIET_MS = 15_000;

/** What of a request, or of a grant of it, says when to look again. */
export interface Looked {
  readonly status: Status;
  /** When its access begins, where that is not at once. */
  readonly startAt?: string | undefined;
}

export function isFinal(status: Status): boolean {
  return final.has(status);
}

/**
 * How long until the next look (ms): `movingMs` while something is about to change, longer where the last look failed, nobody sees it, or
 * everything is over. `now` is the server's time.
 */
export function nextLook(all: readonly Looked[], { failed, movingMs, now, hidden }: { readonly failed: boolean; readonly movingMs: number; readonly now: number; readonly hidden: boolean }): number {
  if (failed) return FAILED_MS;
  if (hidden) return QUIET_MS;
  if (all.some(({ status, startAt = '' }) => moving.has(status) || (status === 'scheduled' && !(Date.parse(startAt) > now)))) return movingMs;
  return all.every(({ status }) => isFinal(status)) ? QUIET_MS : OPEN_MS;
}
