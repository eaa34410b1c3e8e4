import type { Operation } from '../assignment.ts';
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
  /** How long operations of each kind took of late. */
  readonly usual?: Readonly<Partial<Record<Operation['kind'], Usual>>>;
  /** When a pass has something to do next. */
  readonly nextAt?: number;
}

export const idleDispatcher: DispatcherState = { again: false, slots: {}, budget: { tokens: 0, at: 0 } };

/** When the dispatcher must be woken (ms): for what it planned, or, if a pass died, when its lease is over. */
export function dispatcherDueAt(state: DispatcherState): number | undefined {
  return state.lease?.until ?? state.nextAt;
}

/** Whether this pass still drives. */
export function drives(state: DispatcherState, owner: string, now: number): boolean {
  return state.lease?.owner === owner && now < state.lease.until;
}
