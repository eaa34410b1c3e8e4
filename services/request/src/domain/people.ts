/** A person as AWS names them. */
export interface Person {
  readonly userId: string;
  readonly userName: string;
  readonly displayName?: string | undefined;
}

/** A person as AWS knows them now, with the groups they are in. */
export interface KnownPerson extends Person {
  readonly enabled: boolean;
  readonly groupIds: ReadonlySet<string>;
}

/** People named by group or one by one. */
export interface Principals {
  readonly groupIds: readonly string[];
  readonly userIds: readonly string[];
}

/** Whether these principals include this person now. AWS takes its ids in either letter case, so their case tells nobody apart. */
export function includes({ userIds, groupIds }: Principals, person: KnownPerson): boolean {
  if (userIds.some((id) => sameId(id, person.userId))) return true;
  const memberOf = new Set([...person.groupIds].map((id) => id.toLowerCase()));
  return groupIds.some((id) => memberOf.has(id.toLowerCase()));
}

/** User id of who asks for somebody, where that is not they themselves. */
export const askerBeside = ({ userId }: Pick<Person, 'userId'>, askedBy: string | undefined): string | undefined => (askedBy === undefined || sameId(askedBy, userId) ? undefined : askedBy);

/** Whether two ids of AWS are the same. */
export const sameId = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
