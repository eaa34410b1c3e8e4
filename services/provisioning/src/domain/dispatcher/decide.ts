import type { Candidate } from './choose.ts';
import { alsoBegun, drives, idleDispatcher, type Budget, type DispatcherState, type Slot } from './state.ts';

export type DispatcherCommand =
  /** A pass wants to drive until `until` (ms). */
  | { readonly type: 'take'; readonly owner: string; readonly until: number }
  /**
   * One write for all: `free`, by key, after AWS's answer is stored on the assignment; `ended`, by key, when AWS no longer lists the
   * operation; `reserve`, as far as there is room, before the operation is stored.
   */
  | {
      readonly type: 'turn';
      readonly owner: string;
      readonly free: readonly string[];
      readonly ended: readonly string[];
      readonly reserve: readonly Candidate[];
      readonly most: number;
    }
  /** The pass ends. `must`: even if work was announced meanwhile. */
  | ({ readonly type: 'release'; readonly owner: string; readonly must: boolean } & Plan);

/** What a pass leaves to the next one. */
export interface Plan {
  readonly nextAt?: number;
  /** When to ask about each outstanding operation, by key of the assignment. */
  readonly polls: Readonly<Record<string, Pick<Slot, 'pollAt' | 'op'>>>;
  readonly budget: Budget;
  readonly pause?: { readonly attempts: number; readonly until: number };
  readonly usual: NonNullable<DispatcherState['usual']>;
}

export type DispatcherEvent =
  | { readonly type: 'WorkAnnounced'; readonly data: object }
  | { readonly type: 'LeaseTaken'; readonly data: { readonly owner: string; readonly until: number } }
  | { readonly type: 'SlotReserved'; readonly data: { readonly owner: string; readonly at: number } & Candidate }
  | { readonly type: 'SlotEnded'; readonly data: { readonly key: string } }
  | { readonly type: 'SlotFreed'; readonly data: { readonly key: string } }
  | { readonly type: 'LeaseKept'; readonly data: object }
  | { readonly type: 'LeaseReleased'; readonly data: Plan };

/** One pass at a time drives; whoever comes meanwhile leaves word, and the pass does not end without having looked again. */
export function decideDispatcher(given: DispatcherState | undefined, command: DispatcherCommand, now: number): readonly DispatcherEvent[] {
  const state = given ?? idleDispatcher;
  if (command.type === 'take') {
    const { owner, until } = command;
    const taken = state.lease !== undefined && now < state.lease.until && state.lease.owner !== owner;
    if (!taken) return [{ type: 'LeaseTaken', data: { owner, until } }];
    return state.again ? [] : [{ type: 'WorkAnnounced', data: {} }];
  }
  if (!drives(state, command.owner, now)) return [];
  switch (command.type) {
    case 'turn': {
      const { owner, free, reserve, most } = command;
      const freed = free.filter((key) => state.slots[key] !== undefined);
      const left = Object.entries(state.slots).filter(([key]) => !freed.includes(key));
      const ended = left.flatMap(([key, slot]) => (slot.ended !== true && command.ended.includes(key) ? [key] : []));
      const outstanding = left.filter(([key, slot]) => slot.ended !== true && !ended.includes(key)).length;
      // As many again may have ended and not been stored yet, in case AWS lists and does not tell.
      const room = Math.min(most - outstanding, 2 * most - left.length);
      const reserved = reserve.filter(({ key }) => !left.some(([held]) => held === key)).slice(0, Math.max(0, room));
      return [
        ...ended.map((key): DispatcherEvent => ({ type: 'SlotEnded', data: { key } })),
        ...freed.map((key): DispatcherEvent => ({ type: 'SlotFreed', data: { key } })),
        ...reserved.map((candidate): DispatcherEvent => ({ type: 'SlotReserved', data: { ...candidate, owner, at: now } })),
      ];
    }
    case 'release': {
      const { type: _type, owner: _owner, must, ...plan } = command;
      if (state.again && !must) return [{ type: 'LeaseKept', data: {} }];
      return [{ type: 'LeaseReleased', data: state.again ? { ...plan, nextAt: now } : plan }];
    }
  }
}

export function evolveDispatcher(given: DispatcherState | undefined, event: DispatcherEvent): DispatcherState {
  const state = given ?? idleDispatcher;
  switch (event.type) {
    case 'WorkAnnounced':
      return { ...state, again: true };
    case 'LeaseTaken': {
      const { nextAt: _planned, ...rest } = state;
      return { ...rest, again: false, lease: event.data };
    }
    case 'LeaseKept':
      return { ...state, again: false };
    case 'SlotReserved': {
      const { owner, key, at, requestId } = event.data;
      if (requestId === undefined) return { ...state, slots: { ...state.slots, [key]: { owner, pollAt: at } } };
      return { ...state, slots: { ...state.slots, [key]: { owner, requestId, pollAt: at } }, begun: alsoBegun(state.begun, requestId, at) };
    }
    case 'SlotEnded': {
      const slot = state.slots[event.data.key];
      return slot === undefined ? state : { ...state, slots: { ...state.slots, [event.data.key]: { ...slot, ended: true } } };
    }
    case 'SlotFreed': {
      const { [event.data.key]: _freed, ...slots } = state.slots;
      return { ...state, slots };
    }
    case 'LeaseReleased': {
      const { polls, ...plan } = event.data;
      const slots = Object.entries(state.slots).map(([key, slot]): [string, Slot] => [key, { ...slot, ...polls[key] }]);
      const { begun } = state;
      return { ...plan, again: false, slots: Object.fromEntries(slots), ...(begun === undefined ? {} : { begun }) };
    }
  }
}
