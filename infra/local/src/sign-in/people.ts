import type { OrganizationState } from '../identity/index.ts';

/** Somebody who can sign in locally. */
export interface LocalPerson {
  readonly userId: string;
  readonly userName: string;
  readonly displayName: string;
  /** Names of the groups they are in, sorted. */
  readonly groups: readonly string[];
}

/** The enabled people of the organization as it is now, by name; nobody else can sign in. */
export function enabledPeople({ users, groups, memberships }: Pick<OrganizationState, 'users' | 'groups' | 'memberships'>): LocalPerson[] {
  const groupsOf = Map.groupBy(memberships.values(), ({ MemberId }) => MemberId.UserId);
  return [...users.values()]
    .filter(({ UserStatus }) => UserStatus === 'ENABLED')
    .map(({ UserId, UserName, DisplayName }) => ({
      userId: UserId,
      userName: UserName,
      displayName: DisplayName,
      groups: (groupsOf.get(UserId) ?? []).map(({ GroupId }) => groups.get(GroupId)?.DisplayName ?? GroupId).sort(),
    }))
    .sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
}
