import type { Organization } from '../identity/index.ts';

/** Somebody who can sign in locally. */
export interface LocalPerson {
  readonly userId: string;
  readonly userName: string;
  readonly displayName: string;
  /** Names of the groups they are in, sorted. */
  readonly groups: readonly string[];
}

/** What is known of people, as they are now: `openOrganization` has maps of it, a loaded `Organization` lists. */
export type KnownPeople = Pick<Organization, 'Users' | 'Groups' | 'GroupMemberships'>;

/** The enabled people, by name; nobody else can sign in. */
export function enabledPeople({ Users, Groups, GroupMemberships }: KnownPeople): LocalPerson[] {
  const groupNames = new Map(Groups.map(({ GroupId, DisplayName }) => [GroupId, DisplayName]));
  const memberships = Map.groupBy(GroupMemberships, ({ MemberId }) => MemberId.UserId);
  return Users.filter(({ UserStatus }) => UserStatus === 'ENABLED')
    .map(({ UserId, UserName, DisplayName }) => ({
      userId: UserId,
      userName: UserName,
      displayName: DisplayName,
      groups: (memberships.get(UserId) ?? []).map(({ GroupId }) => groupNames.get(GroupId) ?? GroupId).sort(),
    }))
    .sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
}
