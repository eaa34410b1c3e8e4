/** A person as AWS names them. Only `userId` is ever compared; names are for people to read. */
export interface Person {
  readonly userId: string;
  readonly userName: string;
  readonly displayName?: string | undefined;
}

/** A person with the groups they are in at the moment of asking. */
export interface Member {
  readonly userId: string;
  readonly groupIds: readonly string[];
}

/** A person whom AWS knows, as they are at the moment of asking. */
export interface KnownPerson extends Person, Member {
  readonly enabled: boolean;
}

/** People named by group or one by one. */
export interface Principals {
  readonly groupIds: readonly string[];
  readonly userIds: readonly string[];
}

/** Who caused a thing. */
export type Actor =
  { readonly kind: 'person'; readonly userId: string; readonly userName: string } | { readonly kind: 'emitter'; readonly name: string };

/** Why something was refused; `code` for machines, `message` for people (at most 500 characters). */
export interface Reason {
  readonly code: `ERR_${string}`;
  readonly message: string;
}

/** Whether these principals include this person now. */
export function includes({ groupIds, userIds }: Principals, { userId, groupIds: memberOf }: Member): boolean {
  return userIds.includes(userId) || groupIds.some((groupId) => memberOf.includes(groupId));
}

/** Everybody named in any of these, each group and each person once. */
export function unionOf(all: readonly Principals[]): Principals {
  return {
    groupIds: [...new Set(all.flatMap(({ groupIds }) => groupIds))],
    userIds: [...new Set(all.flatMap(({ userIds }) => userIds))],
  };
}

/** Whether a reference (user id, or user name whatever its case) means this person. */
export function refersTo(ref: string, { userId, userName }: Person): boolean {
  const folded = (name: string): string => name.normalize('NFC').toLowerCase();
  return ref === userId || folded(ref) === folded(userName);
}
