import type { Status } from '../../../api/src/contract/index.ts';

/**
 * What comes after a status: nothing of itself (`over`), the next one when somebody says so (`waits`), at once, since something is at work
 * (`moving`), or at its time (`open`).
 */
const course: Readonly<Record<Status, 'over' | 'waits' | 'moving' | 'open'>> = {
  pending: 'waits',
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

/** A list, and one request that waits for a person. */
export const WAITS_MS = 1_000;
/** One request at which something is at work: who looks at it waits for that. */
export const MOVING_MS = 250;
/** After so long the work takes its time, and is looked at no more often than a list. */
const BRISK_MS = 30_000;
/** What stands, or may change at any time. */
export const OPEN_MS = 2_000;
const FAILED_MS = 5_000;
/** What is over, or nobody sees. */
export const QUIET_MS = 15_000;

/** What of a request, or of a grant of it, says when to look again. */
export interface Looked {
  readonly status: Status;
  readonly askedAt?: string | undefined;
  /** When people had agreed to it. */
  readonly approvedAt?: string | undefined;
  /** When its access begins, where that is not at once. */
  readonly startAt?: string | undefined;
}

export function isFinal(status: Status): boolean {
  return course[status] === 'over';
}

/**
 * How long until the next look (ms): soon while something is about to change, longer where the last look failed, nobody sees it, or
 * everything is over. `one`: somebody looks at it alone. `now` is the server's time.
 */
export function nextLook(all: readonly Looked[], { one = false, now, ...seen }: Seen & { readonly one?: boolean | undefined; readonly now: number }): number {
  return sparing(usualPause(all, one, now), seen);
}

/** So long until the next look (ms), unless the last look failed, or nobody sees it. */
export function sparing(usual: number, { failed, hidden }: Seen): number {
  if (failed) return FAILED_MS;
  return hidden ? QUIET_MS : usual;
}

/** How the last look went, and whether somebody sees what it shows. */
export interface Seen {
  readonly failed: boolean;
  readonly hidden: boolean;
}

function usualPause(all: readonly Looked[], one: boolean, now: number): number {
  if (one && all.some((looked) => isAtWork(looked, now) && now - workSince(looked) < BRISK_MS)) return MOVING_MS;
  if (all.some((looked) => course[looked.status] === 'waits' || isAtWork(looked, now))) return WAITS_MS;
  return all.every(({ status }) => isFinal(status)) ? QUIET_MS : OPEN_MS;
}

const isAtWork = ({ status, startAt = '' }: Looked, now: number): boolean => course[status] === 'moving' || (status === 'scheduled' && !(Date.parse(startAt) > now));

/** When the work began, as far as is known (ms since the epoch). */
function workSince({ askedAt, approvedAt, startAt }: Looked): number {
  return Math.max(...[askedAt, approvedAt, startAt].map((at) => (at === undefined ? 0 : Date.parse(at))));
}
