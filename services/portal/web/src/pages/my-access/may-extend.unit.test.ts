import { cardsOf, endsBesides, mayExtend, ownOf, waitingExtension } from './may-extend.ts';

const ana = { userId: 'u-ana', userName: 'ana', mayAskForOthers: true };
const shop = { accountName: 'Shop', permissionSetName: 'ReadOnly' };
const bank = { ...shop, accountName: 'Bank' };
const own = { requestId: '1', status: 'active' as const, targets: [shop], requester: { userId: 'u-ana', userName: 'ana' }, breakGlass: false };
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

it('has one card of what goes on by extensions: the last one’s', () => {
  const more = { ...own, requestId: '3', extends: '1' };
  const most = { ...own, requestId: '4', extends: '3' };
  expect([cardsOf([own, bens, more]), cardsOf([most, own, bens, more])]).toEqual([[bens, more], [most, bens]]);
  const ending = [own, more].map((row) => ({ ...row, status: 'ending' as const }));
  expect(cardsOf(ending)).toEqual(ending.slice(1));
});

it('has a card of what is extended as long as the extension is not there, or is not of all its places', () => {
  const coming = { ...own, requestId: '3', status: 'activating' as const, extends: '1' };
  const both = { ...own, targets: [shop, bank] };
  const ofOne = { ...own, requestId: '3', extends: '1' };
  expect([cardsOf([own, coming]), cardsOf([both, ofOne])]).toEqual([[own, coming], [both, ofOne]]);
});

it('knows the extension that waits, until a list shows it further', () => {
  const waits = { ...own, requestId: '3', status: 'pending' as const, extends: '1' };
  const granted = { ...waits, status: 'activating' as const };
  expect([waitingExtension(own, [own, waits]), waitingExtension(bens, [own, bens, waits]), waitingExtension(own, [own, granted, waits])]).toEqual([waits, undefined, undefined]);
});

it('says what ends besides, of an extension and of what one extends, and nothing of what merely waits to', () => {
  const more = { ...own, requestId: '3', extends: '1' };
  const waits = { ...more, status: 'pending' as const };
  expect([endsBesides(more, [more]), endsBesides(own, [own, more]), endsBesides(own, [own, waits]), endsBesides(bens, [own, bens, more])]).toEqual([
    'It ends as a whole: what it was extended from ends with it.', 'It ends as a whole: what it was extended by ends with it.', undefined, undefined,
  ]);
});
