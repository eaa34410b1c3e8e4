import type { Bundle } from '@team/contracts';
import { alice, fakePeople } from '../../test/people.ts';
import { account, fakeViews, setArn } from '../../test/requests.ts';
import { fakePlaces, fakeServices, withBundles } from '../../test/services.ts';
import type { Ask } from '../contract/index.ts';
import { preview } from './preview.ts';

const places = (count: number) => fakePlaces(Array.from({ length: count }, (_, number) => ({ id: String(number + 1).padStart(12, '0'), name: `prod ${number}`, active: true, ouPath: ['r-acme', 'ou-acme-prod0000'] })));
const unit = { accountIds: [], organizationalUnitIds: ['ou-acme-prod0000'] };
const bundles: readonly Bundle[] = [
  { bundleId: 'prod-read', targets: unit, permissionSetArns: [setArn] },
  { bundleId: 'named', targets: { accountIds: [account.accountId], organizationalUnitIds: [] }, permissionSetArns: [setArn] },
  { bundleId: 'empty', targets: { accountIds: [], organizationalUnitIds: ['ou-acme-none0000'] }, permissionSetArns: [setArn] },
];

function previewed(targets: Ask['targets'], count = 2) {
  const services = fakeServices();
  return { services, shown: preview({ targets, durationMinutes: 60 }, alice, { people: fakePeople(), views: fakeViews([]), places: places(count), services: withBundles(bundles, services), mayAskForOthers: { groupIds: [], userIds: [] } }) };
}

it('takes a bundle apart and answers target by target, each with the bundle that it came out of', async () => {
  const { shown, services } = previewed([{ bundle: 'prod-read' }]);
  const answer = await shown;
  expect(answer.targets.map(({ accountId, bundle, allowed }) => ({ accountId, bundle, allowed }))).toEqual(['000000000001', '000000000002'].map((accountId) => ({ accountId, bundle: 'prod-read', allowed: true })));
  expect(answer).toMatchObject({ allowed: true });
  expect(answer.reasons).toBeUndefined();
  expect(services.asked).toEqual(['policies', 'explain 2', 'approvers 2']);
});

it('answers once for what two bundles, or a bundle and a target, have in common', async () => {
  const single = { accountId: account.accountId, permissionSetArn: setArn };
  const { targets } = await previewed([{ bundle: 'named' }, single, { bundle: 'prod-read' }, { bundle: 'prod-read' }]).shown;
  expect(targets.map(({ accountId, bundle }) => [accountId, bundle])).toEqual([[account.accountId, undefined], ['000000000001', 'prod-read'], ['000000000002', 'prod-read']]);
});

it.each([
  ['of no such name', 'prod-write', 'ERR_BUNDLE_UNKNOWN'],
  ['in which no account is', 'empty', 'ERR_BUNDLE_EMPTY'],
])('says what the request service would of a bundle %s, and judges what is beside it', async (_, name, code) => {
  const answer = await previewed([{ bundle: name }, { accountId: account.accountId, permissionSetArn: setArn }]).shown;
  expect(answer).toMatchObject({ allowed: false, reasons: [{ code, message: expect.stringContaining(`"${name}"`) }], targets: [{ accountId: account.accountId, allowed: true }] });
});

it('asks nobody about more targets than fit in one request', async () => {
  const { shown, services } = previewed([{ bundle: 'prod-read' }], 51);
  expect(await shown).toMatchObject({ allowed: false, reasons: [{ code: 'ERR_TOO_MANY_TARGETS', message: expect.stringContaining('51') }], targets: [] });
  expect(services.asked).toEqual(['policies']);
  expect((await previewed([{ bundle: 'prod-read' }], 50).shown).targets).toHaveLength(50);
});

it('reads no policies where no bundle is asked for', async () => {
  const { shown, services } = previewed([{ accountId: account.accountId, permissionSetArn: setArn }]);
  await shown;
  expect(services.asked).toEqual(['explain 1', 'approvers 1']);
});
