import type { AssignmentState, Direction } from './assignment.ts';
import { endingHolds, liveHolds, openableHolds, tombstoneMs, waitingHolds, wantedHolds } from './holds.ts';
import { settlesAt } from './settle.ts';
import { dayMs } from './time.ts';
import { isWatched } from './watch.ts';

/**
 * What is to be done with AWS for one assignment.
 * `look`: ask whether it is there, then create, remove, settle or only know. `delete`: begin the removal. `poll`: ask what became of the operation.
 * `take-over`: find the operation whose caller never told, or read back. `none`: nothing now.
 */
export type Step = 'look' | 'delete' | 'poll' | 'take-over' | 'none';

/** The whole drive from actual to wanted, as a function: the dispatcher does what this says and nothing else. */
export function nextStep(state: AssignmentState, now: number): Step {
  const { op, confirmed } = state;
  if (op !== undefined) {
    if (op.awsRequestId !== undefined) return 'poll';
    return now >= op.until ? 'take-over' : 'none';
  }
  if (openableHolds(state, now).length > 0) return postponed(state, 'create', now) ? 'none' : 'look';
  if (mustGo(state, now)) {
    if (postponed(state, 'delete', now)) return 'none';
    return confirmed ? 'delete' : 'look';
  }
  return isAsked(state) && !postponed(state, 'look', now) ? 'look' : 'none';
}

/** Ours, and nobody wants it now. */
export const mustGo = (state: AssignmentState, now: number): boolean => state.ownership === 'ours' && wantedHolds(state, now).length === 0;
const isAsked = (state: AssignmentState): boolean => state.lookAsked !== undefined && isWatched(state);

const postponed = (state: AssignmentState, kind: Direction, now: number): boolean => now < nextTryAt(state, kind);
const nextTryAt = ({ backOff }: AssignmentState, kind: Direction): number => (backOff?.kind === kind ? backOff.nextAt : 0);

/** In which order work is done. `check`: AWS is asked, only in order to know. */
export const workClasses = ['removal', 'break-glass', 'grant', 'check'] as const;
export type WorkClass = (typeof workClasses)[number];

/** Where an assignment stands in the work index; without attributes where there is nothing to do. */
export interface Work {
  readonly workClass: WorkClass | undefined;
  /** When the next try is due (ms). */
  readonly workAt: number | undefined;
  /** The request that it is done for; a check is for nobody. */
  readonly workFor: string | undefined;
}

export function workOf(state: AssignmentState): Work {
  const { workClass, workAt } = placeOf(state);
  const [first] = workClass === 'removal' ? endingHolds(state) : [...waitingHolds(state), ...endingHolds(state), ...liveHolds(state)];
  return { workClass, workAt, workFor: workClass === undefined || workClass === 'check' ? undefined : first?.[1].requestId };
}

function placeOf(state: AssignmentState): Omit<Work, 'workFor'> {
  const waiting = waitingHolds(state);
  const grantClass = waiting.some(([, hold]) => hold.breakGlass) ? 'break-glass' : 'grant';
  const { op } = state;
  if (op !== undefined) return { workClass: op.kind === 'delete' ? 'removal' : grantClass, workAt: op.until };
  const opensAt = Math.min(...waiting.map(([, hold]) => Math.max(hold.notBefore, hold.heldSince)));
  const grantAt = Math.max(opensAt, nextTryAt(state, 'create'));
  // A window that is not open yet keeps nothing else waiting; once it is, it comes first.
  const own = meanwhile(state);
  return waiting.length === 0 || (own.workAt ?? Infinity) < opensAt ? own : { workClass: grantClass, workAt: grantAt };
}

/** What is to be done while no window is open. */
function meanwhile(state: AssignmentState): Omit<Work, 'workFor'> {
  const { changedAt } = state;
  if (mustGo(state, changedAt)) return { workClass: 'removal', workAt: Math.max(changedAt, nextTryAt(state, 'delete')) };
  if (isAsked(state)) return { workClass: 'check', workAt: Math.max(state.lookAsked ?? 0, nextTryAt(state, 'look')) };
  return { workClass: undefined, workAt: undefined };
}

/** When the assignment has something to do by itself (ms): time brings something about, or a postponed try is due. */
export function dueAt(state: AssignmentState): number | undefined {
  const { workAt } = workOf(state);
  const tryAt = state.op === undefined && workAt !== undefined && workAt > state.changedAt ? workAt : undefined;
  const moments = [settlesAt(state), tryAt].filter((at) => at !== undefined);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** When the item may be forgotten (ms): never while anything is wanted or unclear. */
export function forgetAt(state: AssignmentState): number | undefined {
  if (state.op !== undefined || state.ownership !== 'unknown' || liveHolds(state).length > 0) return undefined;
  const moments = Object.values(state.holds).map((hold) => (hold.status === 'ended' ? hold.keepUntil : hold.latestEnd + tombstoneMs));
  return Math.max(state.changedAt + dayMs, ...moments);
}
