import type { Seen } from './seen.ts';
import { createSnapshots } from './snapshots.ts';

/** Who was a member of which group, and when. */
export interface Memberships {
  /** Called before each call takes effect, it misses nothing that a service could have seen. */
  look(): undefined;
  /** Whether a user was in a group at any moment of a stretch of time (ms, ends included). */
  was(groupId: string, userId: string, from: number, to: number): boolean;
  /** The groups that a user was in, for each moment of a stretch of time at which they were others. */
  groupsOf(userId: string, from: number, to: number): readonly ReadonlySet<string>[];
}

export function createMemberships(memberships: Seen['memberships'], now: () => number): Memberships {
  const pairs = (): string[] => Array.from(memberships.values(), ({ GroupId, MemberId }) => `${GroupId} ${MemberId.UserId}`);
  const { look, during } = createSnapshots(pairs, (lines) => new Set(lines), now);
  const groupsIn = (all: ReadonlySet<string>, userId: string): Set<string> =>
    new Set([...all].map((pair) => pair.split(' ')).flatMap(([groupId = '', member]) => (member === userId ? [groupId] : [])));
  return {
    look,
    was: (groupId, userId, from, to) => during(from, to).some((all) => all.has(`${groupId} ${userId}`)),
    groupsOf: (userId, from, to) => during(from, to).map((all) => groupsIn(all, userId)),
  };
}
