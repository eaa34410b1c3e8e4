import { isAnothers } from './is-anothers.ts';

const ana = { userId: 'u-ana', userName: 'ana' };
const of = (requester: { userId?: string; userName: string }): boolean => isAnothers({ requester }, ana);

it('knows whose a request is by the id, whatever they are called by now', () => {
  expect([of({ userId: 'u-ana', userName: 'ana.old' }), of({ userId: 'u-old', userName: 'ana' })]).toEqual([false, true]);
});

it('knows it by the name in whatever letters as long as nobody learned who that is', () => {
  expect([of({ userName: 'ana' }), of({ userName: 'Ana' }), of({ userName: 'ben' })]).toEqual([false, false, true]);
  expect(isAnothers({ requester: { userName: 'Zoe\u0301' } }, { userId: 'u-zoe', userName: 'zo\u00e9' })).toBe(false);
});
