import type { Principals } from '@team/contracts';
import type { Directory } from '@team/directory';
import type { People, Services, Standing } from '../application/ports.ts';
import { kept } from './kept.ts';

/** How old an answer about a person may be that is only looked at (ms). */
const recentMs = 60_000;

/** People out of the directory; who is what, out of the policies in force. */
export function directoryPeople(directory: Directory, services: Pick<Services, 'requestPolicies' | 'approverPolicies'>, clock: () => number): People {
  const live = async (userId: string): Promise<Standing | undefined> => {
    const [user, groups, { limits }, { approvers }] = await Promise.all([directory.findUser(userId), directory.groupsOf(userId), services.requestPolicies('live'), services.approverPolicies('live')]);
    if (user?.enabled !== true) return undefined;
    const among = ({ groupIds, userIds }: Principals): boolean => userIds.includes(userId) || groupIds.some((id) => groups.has(id));
    return {
      groupIds: [...groups],
      administrator: limits !== undefined && among(limits.policy.administrators),
      auditor: limits?.policy.auditors !== undefined && among(limits.policy.auditors),
      approver: approvers.some(({ policy }) => policy.stages.some((stage) => among(stage.approvers))),
    };
  };
  const recent = kept(recentMs, clock, live);
  return {
    standingOf: (userId, freshness) => (freshness === 'live' ? live(userId) : recent(userId)),
    async namesOf({ userIds, groupIds }) {
      const { users, groups } = await directory.snapshot();
      const wanted = new Set([...userIds, ...groupIds]);
      const named = [...users.map(({ id, userName }) => [id, userName] as const), ...groups.map(({ id, name }) => [id, name] as const)].filter(([id]) => wanted.has(id));
      return new Map([...[...wanted].map((id) => [id, id] as const), ...named]);
    },
  };
}
