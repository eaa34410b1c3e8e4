import { approvers, bob, dora, now, olga, rudi } from '../../test/people.ts';
import { standingIn } from './standing-in.ts';

const minute = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const delegation = (delegatorId: string, delegateId: string, from = now - minute, until = now + 5 * minute) => ({ delegationId: delegatorId, delegatorId, delegateId, from: iso(from), until: iso(until) });

function start(...delegations: readonly ReturnType<typeof delegation>[]) {
  let time = now;
  const groups = new Set([approvers]);
  const asked: string[] = [];
  const directory = {
    findUser: async (id: string) => (asked.push('user'), { id, userName: `name of ${id}`, displayName: undefined, email: undefined, enabled: id !== dora.userId }),
    groupsOf: async () => (asked.push('groups'), groups),
  };
  const stoodInForBy = standingIn(directory, { delegationsOf: async (_, freshness) => (asked.push(freshness), delegations) }, () => time);
  return { asked, groups, pass: (ms: number) => (time += ms), by: async (freshness: 'live' | 'recent' = 'recent') => (await stoodInForBy(olga.userId, freshness)).map(({ userId }) => userId) };
}

it('is for those who are away now, and not for whom somebody else decides', async () => {
  const { by } = start(delegation(bob.userId, olga.userId.toUpperCase()), delegation(rudi.userId, olga.userId, now + 1), delegation(olga.userId, bob.userId), delegation('over', olga.userId, now - minute, now));
  expect(await by()).toEqual([bob.userId]);
});

it('is for nobody who is disabled', async () => {
  expect(await start(delegation(dora.userId, olga.userId)).by()).toEqual([]);
});

it('begins and ends to the moment, whatever was asked before', async () => {
  const { by, pass } = start(delegation(bob.userId, olga.userId, now + 10, now + 20));
  expect(await by()).toEqual([]);
  pass(10);
  expect(await by()).toEqual([bob.userId]);
  pass(10);
  expect(await by()).toEqual([]);
});

it('asks about people once a minute for who reads, and anew for who does something', async () => {
  const { by, asked, pass } = start(delegation(bob.userId, olga.userId));
  await by();
  await by();
  expect(asked).toEqual(['recent', 'user', 'groups', 'recent']);
  await by('live');
  expect(asked.slice(4)).toEqual(['live', 'user', 'groups']);
  pass(minute);
  await by();
  expect(asked.slice(7)).toEqual(['recent', 'user', 'groups']);
});
