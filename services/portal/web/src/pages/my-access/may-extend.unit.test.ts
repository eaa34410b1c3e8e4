import { isAnothers, mayExtend, ownOf } from './may-extend.ts';

const ana = { userId: 'u-ana', userName: 'ana', mayAskForOthers: true };
const own = { requestId: '1', status: 'active' as const, requester: { userId: 'u-ana', userName: 'ana' }, breakGlass: false };
const bens = { ...own, requestId: '2', requester: { userId: 'u-ben', userName: 'ben' } };

it('offers more time of one’s own, and of what one asked for another as long as one may ask for others', () => {
  expect([mayExtend(own, [], { ...ana, mayAskForOthers: false }), mayExtend(bens, [], ana), mayExtend(bens, [], { ...ana, mayAskForOthers: false })]).toEqual([true, true, false]);
});

it('offers more time of break glass to whose it is alone', () => {
  expect([mayExtend({ ...own, breakGlass: true }, [], ana), mayExtend({ ...bens, breakGlass: true }, [], ana)]).toEqual([true, false]);
});

it('offers more time of nothing that is not active', () => {
  expect([mayExtend({ ...own, status: 'scheduled' }, [], ana), mayExtend({ ...bens, status: 'ending' }, [], ana)]).toEqual([false, false]);
});

it('offers more time of the last of those of which each prolongs the one before', () => {
  const more = { ...own, requestId: '3', extends: own.requestId };
  expect([own, bens, more].map((row) => mayExtend(row, [own, bens, more], ana))).toEqual([false, true, true]);
});

it('knows whose it is by the id, and by the name as long as nobody learned who that is', () => {
  expect([isAnothers(own, { ...ana, userName: 'ana.new' }), isAnothers({ requester: { userId: 'u-old', userName: 'ana' } }, ana), isAnothers({ requester: { userName: 'ana' } }, ana)]).toEqual([false, true, false]);
});

it('tells how to use what is one’s own alone', () => {
  expect(ownOf([own, bens], ana)).toEqual([own]);
});
