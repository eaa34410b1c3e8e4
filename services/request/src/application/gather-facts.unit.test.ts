import type { AccessRequestedV1 } from '@team/contracts';
import { account, developers, policy, prod, readOnly } from '../../test/facts.ts';
import { service } from '../../test/service.ts';

const bundle = { bundleId: 'ledger', targets: { accountIds: [account.id], organizationalUnitIds: [prod] }, permissionSetArns: [readOnly.arn] };

/** What was accepted or refused, of a request for these targets. */
async function askedFor(at: ReturnType<typeof service>, ...targets: AccessRequestedV1['targets']) {
  await at.ask({ targets });
  const last: Readonly<Record<string, unknown>> = { ...at.published.at(-1)?.data };
  return last;
}

it('takes a bundle apart: its accounts and those below its units, each once, with each permission set', async () => {
  const at = service();
  at.world.bundles = [bundle];
  expect(await askedFor(at, { bundle: 'ledger' })).toMatchObject({ grants: [{ accountId: account.id, permissionSetArn: readOnly.arn, policyId: policy.policyId }] });
});

it('refuses a target that stands in a bundle and by itself', async () => {
  const at = service();
  at.world.bundles = [bundle];
  const answer = await askedFor(at, { bundle: 'ledger' }, { accountId: account.id, permissionSetName: readOnly.name });
  expect(answer).toMatchObject({ reasons: [{ code: 'ERR_TARGET_TWICE' }] });
});

it.each([
  ['that nobody laid down', 'ERR_BUNDLE_UNKNOWN', []],
  ['in which no account is', 'ERR_BUNDLE_EMPTY', [{ ...bundle, targets: { accountIds: [], organizationalUnitIds: [prod] } }]],
])('refuses a bundle %s', async (_what, code, bundles) => {
  const at = service();
  at.world.bundles = bundles;
  at.world.accountsIn = [];
  expect(await askedFor(at, { bundle: 'ledger' })).toMatchObject({ reasons: [{ code }] });
});

it('asks AWS for tags only where a policy goes by them', async () => {
  const at = service();
  const steps: string[] = [];
  at.world.passage = (step, answer) => {
    steps.push(step);
    return answer();
  };
  await at.ask();
  expect(steps.filter((step) => step.endsWith('tags'))).toEqual([]);
  at.world.policies = [{ ...policy, principals: { groupIds: [developers], userIds: [] }, targets: { accountIds: [], organizationalUnitIds: [], accountTags: [{ key: 'Environment' }] } }];
  at.world.accountTags = { Environment: 'prod' };
  await at.ask({ requestId: '00000000-0000-4000-8000-000000000077', durationMinutes: 61 });
  expect(steps.filter((step) => step.endsWith('tags'))).toEqual(['account tags']);
  expect(at.types()).toEqual(['AccessRequestAccepted.v1', 'AccessRequestAccepted.v1']);
});
