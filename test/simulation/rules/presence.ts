import type { Assignment } from '@team/contracts';
import { assignmentOf, heldKeyOf, nameOf } from './assignments.ts';
import type { Seen } from './seen.ts';

interface Change {
  readonly at: number;
  readonly present: boolean;
}

/** Which assignments stood in Identity Center, and when. */
export interface Presence {
  /** Remembers from now on whether this assignment stands. */
  follow(assignment: Assignment): void;
  /** Looks whether something changed. Called before each call takes effect, it misses nothing that a service could have seen. */
  look(): void;
  follows(name: string): boolean;
  now(name: string): boolean;
  /** Whether it stood, or did not, at any moment of a stretch of time (ms, ends included). */
  was(name: string, present: boolean, from: number, to: number): boolean;
  /** Since when it has been as it is. */
  since(name: string): number;
}

export function createPresence(seen: Seen): Presence {
  const followed = new Map<string, { readonly key: string; readonly changes: Change[] }>();
  const changesOf = (name: string): readonly Change[] => followed.get(name)?.changes ?? [];
  const follow = (assignment: Assignment): void => {
    const name = nameOf(assignment);
    if (followed.has(name)) return;
    const key = heldKeyOf(assignment);
    followed.set(name, { key, changes: [{ at: seen.now(), present: seen.assignments.has(key) }] });
  };
  for (const held of seen.assignedBefore) if (held.PrincipalType === 'USER') follow(assignmentOf(held));
  return {
    follow,
    look() {
      for (const { key, changes } of followed.values()) {
        const present = seen.assignments.has(key);
        if (changes.at(-1)?.present !== present) changes.push({ at: seen.now(), present });
      }
    },
    follows: (name) => followed.has(name),
    now: (name) => changesOf(name).at(-1)?.present ?? false,
    was: (name, present, from, to) =>
      changesOf(name).some((change, i, all) => change.present === present && change.at <= to && (all[i + 1]?.at ?? Infinity) >= from),
    since: (name) => changesOf(name).at(-1)?.at ?? 0,
  };
}
