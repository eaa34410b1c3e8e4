import { person, start } from '../../test/scenario.ts';
import { delegatedTo, delegationsOf, type Delegation } from './delegations.ts';

const zoe = person('zoe');
const delegation = (delegationId: string, from: number): Delegation => ({ delegationId, delegator: person(delegationId), delegateId: zoe.userId, from, until: start + 1_000 });

it('has whom somebody stands in for in the order in which it is told to who asks: the earliest first', () => {
  const state = { delegations: [delegation('anna', start + 5), delegation('ben', start)], answered: [] };
  expect(delegatedTo(state, zoe.userId).map(({ delegationId }) => delegationId)).toEqual(['ben', 'anna']);
  expect(delegationsOf(state, zoe.userId, start).map(({ delegationId }) => delegationId)).toEqual(['ben', 'anna']);
});
