import { favouritesIn, isSame, keyOf, nameOf, toggled, type Favourite } from './favourite.ts';

const target = { accountId: '111122223333', accountName: 'Web shop', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', permissionSetName: 'ReadOnly' };
const other = { ...target, accountId: '444455556666' };
const bundle = { bundleId: 'payments-read' };
const all: readonly Favourite[] = [target, bundle];

it('is a target or a bundle, kept by its names alone, and gone when it is chosen once more', () => {
  const more = { maximumMinutes: 60, approvalRequired: true, breakGlass: false };
  const both = toggled(toggled([], { ...target, ...more }), { ...bundle, ...more });
  expect(both).toEqual([bundle, target]);
  expect([toggled(both, bundle), toggled(both, target)]).toEqual([[target], [bundle]]);
});

it('is the same by what it stands for, whatever its names are', () => {
  expect([isSame(target, { ...target, accountName: 'Shop' }), isSame(bundle, { bundleId: 'payments-read' })]).toEqual([true, true]);
  expect([isSame(target, other), isSame(bundle, { bundleId: 'search-read' }), isSame(target, bundle), isSame(bundle, target)]).toEqual([false, false, false, false]);
});

it('is called by what it stands for', () => {
  expect(all.map(nameOf)).toEqual(['ReadOnly in Web shop', 'payments-read (bundle)']);
});

it('has a key of its own, whatever it is called', () => {
  expect(nameOf(other)).toBe(nameOf(target));
  expect(new Set([target, other, bundle, { bundleId: keyOf(target) }].map(keyOf)).size).toBe(4);
  expect(keyOf({ ...target, accountName: 'Shop' })).toBe(keyOf(target));
});

it('is there again as it was kept, by this version or one before it, and nothing that somebody wrote otherwise', () => {
  expect(favouritesIn(JSON.parse(JSON.stringify(all)))).toEqual(all);
  expect(favouritesIn([null, 'payments-read', { bundleId: 1 }, { ...target, accountName: undefined }, bundle])).toEqual([bundle]);
  expect([favouritesIn({}), favouritesIn('x')]).toEqual([undefined, undefined]);
  expect(favouritesIn(Array.from({ length: 30 }, (_, number) => ({ bundleId: `b-${number}` })))).toHaveLength(24);
});
