import { deployment } from './cloud/deployment.ts';
import type { Context } from './context.ts';
import type { RequestStory } from '../../story/src/request-story.ts';

/** So many names are enough to know whom to ask; a group may have hundreds. */
const most = 3;

/**
 * User names of some who may decide now, by stage of the request; none where nobody is waited for. Who asks is left out, and who
 * is disabled. Whether a decision counts is for the approval service.
 */
export async function someApprovers({ connection }: Context, { waitsFor, requester, askedBy }: RequestStory): Promise<readonly (readonly string[])[]> {
  const stages = waitsFor?.stages ?? [];
  if (stages.every(({ approvers }) => approvers.groupIds.length + approvers.userIds.length === 0)) return stages.map(() => []);
  const directory = await connection.directory(deployment.operator);
  return Promise.all(
    stages.map(async ({ approvers }) => {
      const members = await Promise.all(approvers.groupIds.map((groupId) => directory.membersOf(groupId)));
      const names: string[] = [];
      for (const userId of new Set([...approvers.userIds, ...members.flatMap((ids) => ids ?? [])])) {
        if (names.length === most) break;
        const user = await directory.findUser(userId);
        if (user?.enabled === true && user.userName !== requester && user.userName !== askedBy) names.push(user.userName);
      }
      return names;
    }),
  );
}
