import { bob, fakePeople, now, olga } from '../../test/people.ts';
import { fakeServices } from '../../test/services.ts';
import { listDelegations } from './list-delegations.ts';

it('tells who decides in my place apart from those in whose place I do, by name', async () => {
  const { mine, forOthers } = await listDelegations(olga, { people: fakePeople(), services: fakeServices(), now: () => now });
  expect(mine.map(({ delegationId, delegate }) => [delegationId, delegate])).toEqual([['d-1', `name of ${bob.userId}`]]);
  expect(forOthers.map(({ delegationId }) => delegationId)).toEqual(['d-2']);
});
