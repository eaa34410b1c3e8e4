import type { ServiceCall } from '../invocation.ts';
import { assignmentIn, assignmentOf, nameOf } from './assignments.ts';
import type { Presence } from './presence.ts';
import type { Seen } from './seen.ts';

const minuteMs = 60_000;
/**
 * What was ours and went may still be called ours when it turns up again: a creation that was lost may land late, and nobody can tell it
 * from one made by hand. The product doubts for at most this long (ms), and only where it did not hear from AWS how things went.
 */
export const doubtMs = 60 * minuteMs;
/** Where AWS reported that what was ours is removed, it is called ours for so long (ms) if it turns up again: reads may lag. */
const settleMs = 5 * minuteMs;

/** Who made what stands in Identity Center: we, or people in its console. */
export interface Hands {
  /** When a call of ours that creates it last took effect, by a time (ms) or at all; undefined where none did. */
  createdAt(name: string, by?: number): number | undefined;
  /** When we last called for it to be created, answered or not; undefined where we never did. */
  attemptedAt(name: string): number | undefined;
  /** Since when it stands by people's hands and is theirs beyond doubt; undefined where it is not. */
  theirsSince(name: string): number | undefined;
  /** Whether people assigned it while it may still have been called ours: it may stay, and may go. */
  isUnclear(name: string): boolean;
  /** Whether people touched it at any time in a stretch of time (ms). */
  touched(name: string, from: number, to: number): boolean;
  /** All that is theirs. */
  readonly theirs: ReadonlyMap<string, number>;
  /** All that was ever created by us. */
  readonly created: ReadonlyMap<string, readonly number[]>;
  /** Takes in what people did since it was called last. */
  look(): void;
  /** A call was made: whether it took effect, its caller may never learn. */
  made(call: ServiceCall): void;
  /** A call took effect. */
  called(call: ServiceCall): void;
}

export function createHands(seen: Seen, presence: Presence): Hands {
  const created = new Map<string, number[]>();
  const attempted = new Map<string, number>();
  const theirs = new Map<string, number>();
  const unclear = new Set<string>();
  const touches = new Map<string, number[]>();
  let read = 0;
  for (const held of seen.assignedBefore) if (held.PrincipalType === 'USER') theirs.set(nameOf(assignmentOf(held)), seen.now());

  function assigned(name: string, at: number): void {
    const stood = presence.follows(name) && !presence.was(name, false, at, at);
    if (stood || theirs.has(name)) return;
    const attemptedAt = attempted.get(name);
    const wasOurs = attemptedAt !== undefined && (attemptedAt >= at - doubtMs || presence.was(name, true, at - doubtMs, at - 1));
    const record = recordOf(seen, name);
    if (record?.op?.kind === 'create' || (wasOurs && !isSettled(record, at))) unclear.add(name);
    else theirs.set(name, at);
  }
  return {
    createdAt: (name, by = Infinity) => created.get(name)?.findLast((at) => at <= by),
    attemptedAt: (name) => attempted.get(name),
    theirsSince: (name) => theirs.get(name),
    isUnclear: (name) => unclear.has(name),
    touched: (name, from, to) => touches.get(name)?.some((at) => from <= at && at <= to) ?? false,
    theirs,
    created,
    look() {
      for (const { at, what, assignment } of seen.byHand.slice(read)) {
        const name = nameOf(assignmentOf(assignment));
        if (what === 'assign') assigned(name, at);
        else {
          theirs.delete(name);
          unclear.delete(name);
        }
        touches.set(name, [...(touches.get(name) ?? []), at]);
        presence.follow(assignmentOf(assignment));
      }
      read = seen.byHand.length;
    },
    made(call) {
      if (call.action === 'CreateAccountAssignment') attempted.set(nameOf(assignmentIn(call)), seen.now());
    },
    called(call) {
      if (call.action !== 'CreateAccountAssignment') return;
      const name = nameOf(assignmentIn(call));
      created.set(name, [...(created.get(name) ?? []), seen.now()]);
      theirs.delete(name);
      unclear.delete(name);
      presence.follow(assignmentIn(call));
    },
  };
}

/** What provisioning has recorded of an assignment. */
interface Recorded {
  /** What it creates or removes: whether it came to the call, it can itself only tell by what stands there. */
  readonly op?: { readonly kind: string };
  readonly ownership?: string;
  /** When AWS reported it gone. */
  readonly goneAt?: number;
  /** AWS was not heard to say so of a removal of ours. */
  readonly unsure?: boolean;
}

function recordOf({ tables }: Seen, name: string): Recorded | undefined {
  return tables.item('provisioning', 'aggregates', `assignment#${name.replaceAll(' ', '#')}`)?.['state'] as Recorded | undefined;
}

/** Whether what was ours is gone by AWS's own word, and long enough that nothing which turns up can be it. */
const isSettled = (record: Recorded | undefined, at: number): boolean =>
  record?.op === undefined && record?.ownership === 'unknown' && record.unsure === undefined && record.goneAt !== undefined && record.goneAt + settleMs <= at;
