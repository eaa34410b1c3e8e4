import type { Seen } from './seen.ts';

/** Who was a member of which group, and when. */
export interface Memberships {
  /** Called before each call takes effect, it misses nothing that a service could have seen. */
  look(): undefined;
  /** Whether a user was in a group at any moment of a stretch of time (ms, ends included). */
  was(groupId: string, userId: string, from: number, to: number): boolean;
}

export function createMemberships(memberships: Seen['memberships'], now: () => number): Memberships {
  const history: { readonly since: number; readonly text: string; readonly pairs: ReadonlySet<string> }[] = [];
  const look = (): undefined => {
    const pairs = Array.from(memberships.values(), ({ GroupId, MemberId }) => `${GroupId} ${MemberId.UserId}`);
    const text = pairs.join();
    if (history.at(-1)?.text !== text) history.push({ since: now(), text, pairs: new Set(pairs) });
  };
  look();
  return {
    look,
    was: (groupId, userId, from, to) =>
      history.some(
        ({ since, pairs }, i) => since <= to && (history[i + 1]?.since ?? Infinity) >= from && pairs.has(`${groupId} ${userId}`),
      ),
  };
}
