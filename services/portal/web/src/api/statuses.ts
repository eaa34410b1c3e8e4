import type { Status } from '../../../api/src/contract/index.ts';

/**
 * What comes after a status: nothing of itself (`over`), the next one soon, since somebody or something is at work (`moving`), or the next
 * one at its time (`open`).
 */
const course: Readonly<Record<Status, 'over' | 'moving' | 'open'>> = {
  pending: 'moving',
  rejected: 'over',
  denied: 'over',
  cancelled: 'over',
  'approval-expired': 'over',
  scheduled: 'open',
  activating: 'moving',
  active: 'open',
  ending: 'moving',
  ended: 'over',
  revoked: 'over',
  failed: 'over',
};

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
  return course[status] === 'over';
}

/**
 * How long until the next look (ms): `movingMs` while something is about to change, longer where the last look failed, nobody sees it, or
 * everything is over. `now` is the server's time.
 */
export function nextLook(all: readonly Looked[], { failed, movingMs, now, hidden }: { readonly failed: boolean; readonly movingMs: number; readonly now: number; readonly hidden: boolean }): number {
  if (failed) return FAILED_MS;
  if (hidden) return QUIET_MS;
  if (all.some(({ status, startAt = '' }) => course[status] === 'moving' || (status === 'scheduled' && !(Date.parse(startAt) > now)))) return movingMs;
  return all.every(({ status }) => isFinal(status)) ? QUIET_MS : OPEN_MS;
}
