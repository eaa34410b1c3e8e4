import type { AssignmentState, Hold, OpenedHold } from './assignment.ts';
import { dayMs, minuteMs } from './time.ts';

export type Entry = [grantId: string, hold: OpenedHold];

/** Most live holds on one assignment: what one event can name. */
export const maximumLiveHolds = 50;
/** Most holds and tombstones in one item: about 280 bytes each, beside an outbox that may hold 80 KB, of 400 KB that DynamoDB takes. */
export const maximumHolds = 800;
/** How long the id of a grant that is over is remembered beyond its latest end (ms). */
export const tombstoneMs = 30 * dayMs;
/**
 * How long the id of a grant is remembered whose end came without a window. Its window might still come: a start lies at most 90 days
 * ahead, a grant lasts at most 30, and opening may be late; then the usual time.
 */
const unopenedTombstoneMs = 125 * dayMs + tombstoneMs;

const isOpened = (entry: [string, Hold]): entry is Entry => entry[1].status !== 'ended';

function having(state: AssignmentState, ...statuses: OpenedHold['status'][]): Entry[] {
  return Object.entries(state.holds)
    .filter(isOpened)
    .filter(([, hold]) => statuses.includes(hold.status))
    .sort(([a, first], [b, second]) => first.heldSince - second.heldSince || (a < b ? -1 : 1));
}

/** Holds that are neither over nor given up, longest waiting first. */
export const liveHolds = (state: AssignmentState): Entry[] => having(state, 'waiting', 'held');
export const waitingHolds = (state: AssignmentState): Entry[] => having(state, 'waiting');
export const grantedHolds = (state: AssignmentState): Entry[] => having(state, 'held');
export const endingHolds = (state: AssignmentState): Entry[] => having(state, 'ending');

/**
 * Live holds for which the assignment is wanted now. A window that was put in before its time wants nothing yet: whoever has access
 * would otherwise keep it until then.
 */
export const wantedHolds = (state: AssignmentState, now: number): Entry[] =>
  liveHolds(state).filter(([, hold]) => hold.status === 'held' || hold.notBefore <= now);

const mayOpen = (now: number) => ([, hold]: Entry): boolean => hold.notBefore <= now && now <= hold.openBy && now < endOf(hold);
/** Waiting holds for which a creation may start now. */
export const openableHolds = (state: AssignmentState, now: number): Entry[] => waitingHolds(state).filter(mayOpen(now));
/** Granted holds for which a creation may start now, should what was created for them be gone. */
export const reopenableHolds = (state: AssignmentState, now: number): Entry[] => grantedHolds(state).filter(mayOpen(now));

/** When a hold ends by our own reckoning (ms), whatever else is heard. */
export function endOf(hold: OpenedHold): number {
  if (hold.endsAt !== undefined) return Math.min(hold.endsAt, hold.latestEnd);
  if (hold.grantedAt === undefined) return hold.latestEnd;
  return Math.min(hold.grantedAt + hold.durationMinutes * minuteMs, hold.latestEnd);
}

/** How long the id of a grant must be remembered (ms since the epoch). */
export function keepUntilOf(hold: OpenedHold | undefined, now: number): number {
  return hold === undefined ? now + unopenedTombstoneMs : Math.max(hold.latestEnd, now) + tombstoneMs;
}

/** What a grant that is over leaves behind. */
interface Remains {
  /** When the id may be forgotten (ms). */
  readonly keepUntil: number;
  readonly openBy: number | undefined;
  /** By when it was over (ms). */
  readonly overBy: number;
}

function remainsOf(hold: Hold): Remains | undefined {
  if (hold.status === 'ended') return { keepUntil: hold.keepUntil, openBy: hold.openBy, overBy: hold.answer.endedAt };
  return hold.status === 'failed' ? { keepUntil: hold.latestEnd + tombstoneMs, openBy: hold.openBy, overBy: hold.openBy } : undefined;
}

/**
 * Holds without the ended and failed ones that nobody needs any more, and with room for one hold more. For that the oldest of these go
 * whose windows have closed, which the signed bounds refuse by themselves; then the oldest of those without a window, which only somebody
 * with stolen rights on the bus could still send. Those whose windows are open stay: where they leave no room, there is none.
 */
export function withRoom(holds: AssignmentState['holds'], now: number): AssignmentState['holds'] {
  const all = Object.entries(holds).map(([grantId, hold]) => ({ grantId, hold, remains: remainsOf(hold) }));
  const kept = all.filter(({ remains }) => remains === undefined || remains.keepUntil > now);
  const surplus = Math.max(0, kept.length + 1 - maximumHolds);
  const dispensable = kept
    .flatMap(({ grantId, remains }) => (remains !== undefined && (remains.openBy ?? -Infinity) < now ? [{ grantId, ...remains }] : []))
    .sort((a, b) => Number(a.openBy === undefined) - Number(b.openBy === undefined) || a.overBy - b.overBy);
  const dropped = new Set(dispensable.slice(0, surplus).map(({ grantId }) => grantId));
  return Object.fromEntries(kept.flatMap(({ grantId, hold }) => (dropped.has(grantId) ? [] : [[grantId, hold]])));
}
