import type { DelegationsNow } from '../contract/index.ts';
import type { People, Services, SignedIn } from './ports.ts';
import { standingOf } from './standing-of.ts';

interface ListDelegationsPorts {
  readonly people: People;
  readonly services: Pick<Services, 'delegationsOf'>;
  /** ms since the epoch */
  readonly now: () => number;
}

/** Who decides in the place of who is signed in, and in whose place they do, as the approval service has it. */
export async function listDelegations(person: SignedIn, { people, services, now }: ListDelegationsPorts): Promise<DelegationsNow> {
  const [, all] = await Promise.all([standingOf(people, person, 'recent'), services.delegationsOf(person.userId, 'live')]);
  const names = await people.namesOf({ userIds: all.flatMap(({ delegatorId, delegateId }) => [delegatorId, delegateId]), groupIds: [] });
  const nameOf = (id: string): string => names.get(id) ?? id;
  const mine = all.filter(({ delegatorId }) => delegatorId === person.userId);
  const others = all.filter(({ delegatorId }) => delegatorId !== person.userId);
  return {
    mine: mine.map(({ delegationId, delegateId, from, until }) => ({ delegationId, delegate: nameOf(delegateId), from, until })),
    forOthers: others.map(({ delegationId, delegatorId, from, until }) => ({ delegationId, delegator: nameOf(delegatorId), from, until })),
    now: new Date(now()).toISOString(),
  };
}
