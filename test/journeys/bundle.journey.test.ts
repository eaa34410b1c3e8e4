import { accessRequestedV1, bundleSubmittedV1, type Bundle } from '@team/contracts';
import { ask } from '../../infra/local/src/play/world.ts';
import { codesOf, emeka, monday, prodPayments, wren } from './worlds.ts';

const ana = 'ana.alvarez@acme.example';
const accountIds = [prodPayments, '752297035059', '624177419051'];

/** A world with a bundle of reading three accounts: it gives nobody a right, so one administrator is enough. */
async function withBundle() {
  const world = await monday();
  const bundle: Bundle = { bundleId: 'ledger-read', targets: { accountIds, organizationalUnitIds: [] }, permissionSetArns: [world.permissionSet('ReadOnlyAccess').PermissionSetArn] };
  const changeId = world.newId();
  await world.emit('local-channel', bundleSubmittedV1, { changeId, submittedBy: ana, bundleId: bundle.bundleId, expectedVersion: 0, bundle });
  await world.pass(0.2);
  const asked = async (targets: readonly { readonly bundle: string }[]) => {
    const requestId = world.newId();
    await world.emit('deploy-pipeline', accessRequestedV1, { ...ask(requestId, wren, prodPayments, 'ReadOnlyAccess'), targets: [...targets] });
    return requestId;
  };
  return { world, asked };
}

it('a bundle is asked for by its name, approved at once, and each target stands for itself where one fails', async () => {
  const { world, asked } = await withBundle();
  const requestId = await asked([{ bundle: 'ledger-read' }]);
  await world.until('ApprovalRequested.v1', requestId);
  world.system.ssoAdmin.failNext('creation', 'the role could not be provisioned');
  await world.decide(requestId, 'approve', emeka);
  await world.pass(5);
  const of = (type: string) => new Set(world.events(requestId).flatMap(({ detailType, detail }) => (detailType === type ? [detail.data['grantId']] : [])));
  const [granted, failed] = [of('AccessGranted.v1'), of('AccessGrantFailed.v1')];
  expect([granted.size, failed.size]).toEqual([2, 1]);
  expect([...granted].filter((grantId) => failed.has(grantId))).toEqual([]);
  await world.pass(65);
  expect(of('AccessEnded.v1')).toEqual(granted);
}, 60_000);

it('a bundle of a name that there is not is refused, and what two have in common is asked for once', async () => {
  const { world, asked } = await withBundle();
  const [unknown, twice] = [await asked([{ bundle: 'ledger-write' }]), await asked([{ bundle: 'ledger-read' }, { bundle: 'ledger-read' }])];
  await world.pass(0.2);
  const [, answer, ...more] = world.events(unknown);
  expect([answer === undefined ? [] : codesOf(answer), more]).toEqual([['ERR_BUNDLE_UNKNOWN'], []]);
  const accepted = world.events(twice).find(({ detailType }) => detailType === 'AccessRequestAccepted.v1');
  expect(accepted?.detail.data['grants']).toMatchObject(accountIds.map((accountId) => ({ accountId })));
}, 60_000);
