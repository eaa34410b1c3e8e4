import type { Principals } from '@team/contracts';
import type { Directory } from '@team/directory';
import { kept } from '@team/runtime';
import type { People, Services, Standing } from '../application/ports.ts';
import { folded, isAmong } from '../domain/same.ts';

/** How old an answer about a person may be that is only looked at (ms). */
const recentMs = 60_000;

/** People out of the directory; who is what, out of the policies in force. */
export function directoryPeople(directory: Pick<Directory, 'findUser' | 'groupsOf' | 'snapshot'>, services: Pick<Services, 'requestPolicies' | 'approverPolicies'>, clock: () => number): People {
  const live = async (userId: string): Promise<Standing | undefined> => {
    const [user, groups, { limits }, { approvers }] = await Promise.all([directory.findUser(userId), directory.groupsOf(userId), services.requestPolicies('live'), services.approverPolicies('live')]);
    if (user?.enabled !== true) return undefined;
    const among = (principals: Principals): boolean => isAmong(principals, userId, groups);
    return {
      groupIds: [...groups],
      administrator: limits !== undefined && among(limits.policy.administrators),
      auditor: limits?.policy.auditors !== undefined && among(limits.policy.auditors),
      approver: approvers.some(({ policy }) => policy.stages.some((stage) => among(stage.approvers))),
    };
  };
  const recent = kept({ now: clock, maxAgeMs: recentMs, keyOf: folded }, live);
  return {
    standingOf: (userId, freshness) => (recent(userId, freshness === 'live')),
    async namesOf({ userIds, groupIds }) {
      const { users, groups } = await directory.snapshot();
      const names = new Map([...users.map(({ id, userName }) => [folded(id), userName] as const), ...groups.map(({ id, name }) => [folded(id), name] as const)]);
      return new Map([...userIds, ...groupIds].map((id) => [id, names.get(folded(id)) ?? id]));
    },
  };
}
