import type { Bundle, EligibilityPolicy } from '@team/contracts';
import { alice, bob, fakePeople, now } from '../../test/people.ts';
import { setArn } from '../../test/requests.ts';
import { fakePlaces, fakeServices, policy, withBundles } from '../../test/services.ts';
import { rememberedMatrix } from './list-askable.ts';
import { listBundles } from './list-bundles.ts';

const setNamed = (number: number): string => setArn.slice(0, -4) + String(number).padStart(4, '0');
const [admin, readOnly] = [setNamed(1), setNamed(2)];
const [ledger, wallet, sandbox] = ['222222222222', '333333333333', '444444444444'];
const accounts = [
  { id: ledger, name: 'ledger', active: true, ouPath: ['r-acme', 'ou-acme-prod0000'] },
  { id: wallet, name: 'wallet', active: true, ouPath: ['r-acme', 'ou-acme-prod0000', 'ou-acme-deep0000'] },
  { id: sandbox, name: 'sandbox', active: true, ouPath: ['r-acme', 'ou-acme-play0000'] },
  { id: '555555555555', name: 'old', active: false, ouPath: ['r-acme', 'ou-acme-prod0000'] },
];
const permissionSets = [
  { arn: readOnly, name: 'ReadOnlyAccess', sessionDurationMinutes: 60 },
  { arn: admin, name: 'Admin', sessionDurationMinutes: 60 },
];
const bundle = (more: Partial<Bundle> = {}): Bundle => ({ bundleId: 'prod-read', targets: { accountIds: [], organizationalUnitIds: ['ou-acme-prod0000'] }, permissionSetArns: [readOnly], ...more });
const everywhere = policy({ targets: { accountIds: [], organizationalUnitIds: ['r-acme'] }, permissionSetArns: [readOnly] });

function start(bundles: readonly Bundle[], policies: readonly EligibilityPolicy[] = [everywhere], places = fakePlaces(accounts, permissionSets)) {
  const services = withBundles(bundles, fakeServices(policies));
  const matrixOf = rememberedMatrix({ people: fakePeople(), places, services, outOfReach: [], now: () => now });
  return async (person = alice) => (await listBundles(person, { matrixOf, places, services })).items;
}

it('tells what a bundle holds now: active accounts below its units at any depth, and each of its permission sets', async () => {
  expect(await start([bundle({ description: 'all of it' })])()).toEqual([
    {
      ...{ bundleId: 'prod-read', description: 'all of it' },
      accounts: [{ accountId: ledger, accountName: 'ledger' }, { accountId: wallet, accountName: 'wallet' }],
      permissionSets: [{ permissionSetArn: readOnly, permissionSetName: 'ReadOnlyAccess' }],
      ...{ targetCount: 2, askableCount: 2, maximumMinutes: 240, approvalRequired: true, breakGlass: false },
    },
  ]);
});

it('tells an account that is named and suspended, as a request for it would be refused', async () => {
  const [told] = await start([bundle({ targets: { accountIds: ['555555555555', ledger], organizationalUnitIds: [] } })])();
  expect(told).toMatchObject({ accounts: [{ accountName: 'ledger' }, { accountName: 'old' }], targetCount: 2, askableCount: 1 });
});

it('is of the shortest maximum, needs approval where one target does, and breaks glass where all may', async () => {
  const here = (accountId: string, more: Partial<EligibilityPolicy>): EligibilityPolicy => policy({ targets: { accountIds: [accountId], organizationalUnitIds: [] }, permissionSetArns: [readOnly], ...more });
  const free = here(ledger, { approval: 'not-required', breakGlass: 'allowed' });
  const both = bundle({ targets: { accountIds: [ledger, wallet], organizationalUnitIds: [] } });
  expect(await start([both], [free, here(wallet, { maximumDurationMinutes: 30 })])()).toMatchObject([{ maximumMinutes: 30, approvalRequired: true, breakGlass: false }]);
  expect(await start([both], [free, here(wallet, { approval: 'not-required', breakGlass: 'allowed' })])()).toMatchObject([{ maximumMinutes: 240, approvalRequired: false, breakGlass: true }]);
  // What may not be asked for cannot be broken into either.
  expect(await start([both], [free])()).toMatchObject([{ askableCount: 1, breakGlass: false }]);
});

it('tells of no bundle of which nothing may be asked for, nor of an empty one', async () => {
  const bundles = [bundle({ bundleId: 'admin', permissionSetArns: [admin] }), bundle({ bundleId: 'empty', targets: { accountIds: [], organizationalUnitIds: ['ou-acme-none0000'] } }), bundle()];
  expect((await start(bundles)()).map(({ bundleId }) => bundleId)).toEqual(['prod-read']);
  expect(await start(bundles)(bob)).toEqual([]);
});

it('names what AWS does not know by its id, and sorts by name', async () => {
  const bundles = [bundle({ bundleId: 'z' }), bundle({ bundleId: 'a', targets: { accountIds: ['999900001111'], organizationalUnitIds: ['ou-acme-prod0000'] }, permissionSetArns: [readOnly, setNamed(9)] })];
  const [first, second] = await start(bundles)();
  expect([first?.accounts.at(-1)?.accountName, first?.permissionSets[1]?.permissionSetName, second?.bundleId]).toEqual(['999900001111', setNamed(9), 'z']);
});

it('names fifty accounts of a large one, and counts all', async () => {
  const many = Array.from({ length: 600 }, (_, number) => ({ id: String(number).padStart(12, '0'), name: `account ${number}`, active: true, ouPath: ['r-acme'] }));
  const [told] = await start([bundle({ targets: { accountIds: [], organizationalUnitIds: ['r-acme'] } })], [everywhere], fakePlaces(many, permissionSets))();
  expect([told?.accounts.length, told?.targetCount, told?.askableCount]).toEqual([50, 600, 600]);
});
