import type { Absence } from '../domain/capacity.ts';
import { delegatedTo } from '../domain/delegations.ts';
import type { Ports } from './ports.ts';

/** Who delegated to this person, as AWS knows them now, with all their groups. Whoever is gone has nobody stand in for them. */
export async function absencesFor(userId: string, { delegations, people }: Pick<Ports, 'delegations' | 'people'>): Promise<readonly Absence[]> {
  const found = await Promise.all(
    delegatedTo(await delegations.load(), userId).map(async ({ delegator, from, until }) => {
      const lookup = await people.find(delegator.userId);
      return 'problem' in lookup ? [] : [{ delegator: lookup.person, from, until }];
    }),
  );
  return found.flat();
}
