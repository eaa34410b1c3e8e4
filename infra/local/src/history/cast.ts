import type { Organization } from '../identity/index.ts';

/** Somebody of the organization, by user name, and how many hours their clock is ahead of UTC. */
export interface Person {
  readonly userName: string;
  readonly ahead: number;
}

/** Accounts and people by what they have to do with each other under the example's policies. */
export interface Cast {
  readonly developers: readonly Person[];
  readonly engineers: readonly Person[];
  readonly leads: readonly Person[];
  readonly security: readonly Person[];
  readonly analysts: readonly Person[];
  readonly contractors: readonly Person[];
  readonly administrators: readonly Person[];
  readonly production: readonly string[];
  readonly test: readonly string[];
  readonly development: readonly string[];
}

/** Most work in Berlin, some in London, some in New York. */
const zones = [1, 1, 0, 1, -5] as const;

/** Finds everybody in the example organization. */
export function castOf({ Users, Groups, GroupMemberships, Accounts }: Organization): Cast {
  const inGroup = (name: string): Person[] => {
    const group = Groups.find(({ DisplayName }) => DisplayName === name);
    const ids = new Set(GroupMemberships.filter(({ GroupId }) => GroupId === group?.GroupId).map(({ MemberId }) => MemberId.UserId));
    return Users.flatMap(({ UserId, UserName, UserStatus }, place) =>
      ids.has(UserId) && UserStatus === 'ENABLED' ? [{ userName: UserName, ahead: zones[place % zones.length] ?? 0 }] : [],
    );
  };
  const accounts = (name: RegExp): string[] => Accounts.filter(({ Name, Status }) => name.test(Name) && Status === 'ACTIVE').map(({ Id }) => Id);
  return {
    developers: inGroup('Developers'),
    engineers: inGroup('SRE'),
    leads: inGroup('Production Leads'),
    security: inGroup('Security Response'),
    analysts: inGroup('Data Engineers'),
    contractors: inGroup('Contractors'),
    administrators: inGroup('TEAM Admins'),
    production: accounts(/^Prod /),
    test: accounts(/^Test /),
    development: accounts(/^(Dev|Sandbox) /),
  };
}
