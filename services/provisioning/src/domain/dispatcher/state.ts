import type { Operation } from '../assignment.ts';
import { minuteMs } from '../time.ts';
import type { Usual } from './pace.ts';

/** Key of the one dispatcher. */
export const dispatcherKey = 'dispatcher#main';

/** An outstanding operation, or one about to be. It is freed by AWS's answer alone, never by time. */
export interface Slot {
  /** The pass that took it. */
  readonly owner: string;
  /** The request that is worked for. */
  readonly requestId?: string | undefined;
  /** When to ask AWS about it next (ms). */
  readonly pollAt: number;
  /** The operation as it was heard of last, so that AWS's list can be read for it; the assignment's own item is what counts. */
  readonly op?: Operation;
  /** AWS listed its operation before and does not any more: it counts as outstanding no longer, and what became of it is being asked. */
  readonly ended?: true;
}

/** Calls that may still be made: `tokens` at `at` (ms). */
export interface Budget {
  readonly tokens: number;
  readonly at: number;
}

/** The one dispatcher: who drives now, what is outstanding, how much may be asked. JSON; times are milliseconds since the epoch. */
export interface DispatcherState {
  readonly lease?: { readonly owner: string; readonly until: number };
  /** Somebody announced work while a pass was under way: it must look again before it ends. */
  readonly again: boolean;
  /** By key of the assignment. */
  readonly slots: Readonly<Record<string, Slot>>;
  readonly budget: Budget;
  /** AWS is down or throttles: nobody calls it before `until`. */
  readonly pause?: { readonly attempts: number; readonly until: number };
  /** How many assignments of a request were begun, by request id, and when the last (ms): of those requests that were served last. */
  readonly begun?: Readonly<Record<string, { readonly count: number; readonly at: number }>>;
  /** How long operations of each kind took of late. */
  readonly usual?: Readonly<Partial<Record<Operation['kind'], Usual>>>;
  /** When a pass has something to do next. */
  readonly nextAt?: number;
}

export const idleDispatcher: DispatcherState = { again: false, slots: {}, budget: { tokens: 0, at: 0 } };

/** So many requests are remembered, each for so long after it was served last (ms). Who is not has waited long enough. */
const remembered = 100;
const rememberedMs = 5 * minuteMs;

/** After one more assignment of a request was begun. */
export function alsoBegun(begun: DispatcherState['begun'] = {}, requestId: string, at: number): NonNullable<DispatcherState['begun']> {
  const kept = Object.entries(begun).filter(([, last]) => at - last.at < rememberedMs);
  const count = (Object.fromEntries(kept)[requestId]?.count ?? 0) + 1;
  const latest = kept.filter(([id]) => id !== requestId).sort(([, a], [, b]) => b.at - a.at);
  return { [requestId]: { count, at }, ...Object.fromEntries(latest.slice(0, remembered - 1)) };
}

/** When the dispatcher must be woken (ms): for what it planned, or, if a pass died, when its lease is over. */
export function dispatcherDueAt(state: DispatcherState): number | undefined {
  return state.lease?.until ?? state.nextAt;
}

/** Whether this pass still drives. */
export function drives(state: DispatcherState, owner: string, now: number): boolean {
  return state.lease?.owner === owner && now < state.lease.until;
}
