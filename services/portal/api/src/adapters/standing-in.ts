import type { Directory } from '@team/directory';
import { kept } from '@team/runtime';
import type { People, Services, StoodInFor } from '../application/ports.ts';
import { folded, same } from '../domain/same.ts';

/** How old an answer about who is away may be for who only reads (ms). */
const recentMs = 60_000;

/**
 * In whose place somebody decides, as the approval service reckons it: those delegations that run at this very moment, of people who are there and
 * enabled, with the groups they are in now. What was asked about a person serves for a minute, and begins and ends to the moment all the same.
 */
export function standingIn(directory: Pick<Directory, 'findUser' | 'groupsOf'>, services: Pick<Services, 'delegationsOf'>, clock: () => number): People['stoodInForBy'] {
  const known = kept({ now: clock, maxAgeMs: recentMs, keyOf: folded }, async (userId: string): Promise<StoodInFor | undefined> => {
    const user = await directory.findUser(userId);
    return user?.enabled === true ? { userId: user.id, userName: user.userName, groupIds: [...(await directory.groupsOf(user.id))] } : undefined;
  });
  return async (userId, freshness) => {
    const all = await services.delegationsOf(userId, freshness);
    const now = clock();
    const running = all.filter(({ delegateId, from, until }) => same(delegateId, userId) && Date.parse(from) <= now && now < Date.parse(until));
    return (await Promise.all(running.map(({ delegatorId }) => known(delegatorId, freshness === 'live')))).flatMap((person) => person ?? []);
  };
}
