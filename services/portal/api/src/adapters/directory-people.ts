import type { StandingApproverPolicies, StandingRequestPolicies } from '@team/contracts';
import type { Directory, DirectorySnapshot } from '@team/directory';
import { kept } from '@team/runtime';
import type { People, Services, Standing } from '../application/ports.ts';
import { folded, memberOf } from '../domain/same.ts';
import { standingIn } from './standing-in.ts';

/** How old an answer about a person may be that is only looked at (ms). */
const recentMs = 60_000;

/**
 * People out of the directory; who is what, out of the policies in force. Live, everything is asked anew. For who only looks, groups and policies
 * are a minute old at most; that they are there, and enabled, was found no longer ago by who let them in.
 */
export function directoryPeople(directory: PeopleToName, services: Pick<Services, 'requestPolicies' | 'approverPolicies' | 'delegationsOf'>, clock: () => number): People {
  const groupsOf = kept({ now: clock, maxAgeMs: recentMs, keyOf: folded }, (userId: string) => directory.groupsOf(userId));
  const judged = new WeakMap<ReadonlySet<string>, Judged>();

  return {
    async standingOf(userId, freshness) {
      const live = freshness === 'live';
      const [user, groups, policies, { approvers }] = await Promise.all([live ? directory.findUser(userId) : undefined, groupsOf(userId, live), services.requestPolicies(freshness), services.approverPolicies(freshness)]);
      if (live && user?.enabled !== true) return undefined;
      const known = judged.get(groups);
      if (known !== undefined && known.limits === policies.limits && known.approvers === approvers) return known.standing;
      const standing = standingAmong(userId, groups, policies.limits, approvers);
      judged.set(groups, { limits: policies.limits, approvers, standing });
      return standing;
    },
    stoodInForBy: standingIn(directory, services, clock),
    async namesOf({ userIds, groupIds }) {
      const { users, groups } = await directory.snapshot();
      const names = new Map([...users.map(({ id, userName }) => [folded(id), userName] as const), ...groups.map(({ id, name }) => [folded(id), name] as const)]);
      return new Map([...userIds, ...groupIds].map((id) => [id, names.get(folded(id)) ?? id]));
    },
  };
}

/** What is asked of the directory; of its list, people and groups alone. */
interface PeopleToName extends Pick<Directory, 'findUser' | 'groupsOf'> {
  snapshot(): Promise<Pick<DirectorySnapshot, 'users' | 'groups'>>;
}

interface Judged {
  readonly limits: StandingRequestPolicies['limits'];
  readonly approvers: StandingApproverPolicies['approvers'];
  readonly standing: Standing;
}

function standingAmong(userId: string, groups: ReadonlySet<string>, limits: Judged['limits'], approvers: Judged['approvers']): Standing {
  const isOne = memberOf(userId, groups);
  return {
    groupIds: [...groups],
    administrator: limits !== undefined && isOne(limits.policy.administrators),
    auditor: limits?.policy.auditors !== undefined && isOne(limits.policy.auditors),
    approver: approvers.some(({ policy }) => policy.stages.some((stage) => isOne(stage.approvers))),
  };
}
