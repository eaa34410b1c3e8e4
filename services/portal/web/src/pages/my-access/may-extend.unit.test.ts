import { cardsOf, mayExtend, ownOf } from './may-extend.ts';

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

it('offers more time of nothing of which an extension waits for approval, which has no card itself', () => {
  const waits = { ...own, requestId: '3', status: 'pending' as const, extends: own.requestId };
  expect([mayExtend(own, [own, waits], ana), cardsOf([own, bens, waits])]).toEqual([false, [own, bens]]);
});

it('has one card of each, of what was read last', () => {
  const ending = { ...own, status: 'ending' as const };
  expect(cardsOf([own, bens, ending])).toEqual([ending, bens]);
});

it('tells how to use what is one’s own alone', () => {
  expect(ownOf([own, bens], ana)).toEqual([own]);
});
