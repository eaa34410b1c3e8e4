import type { EligibilityPolicy } from '@team/contracts';
import { account, policy, readOnly, wren } from '../../test/facts.ts';
import { service } from '../../test/service.ts';
import { explain } from './answer-query.ts';

const asked = { requester: wren.userName, accountId: account.id, permissionSet: readOnly.name, durationMinutes: 60 };
const free: EligibilityPolicy = { ...policy, policyId: 'free', approval: 'not-required', ticket: 'required' };

async function explained(policies: readonly EligibilityPolicy[], more: { readonly justification?: string; readonly breakGlass?: boolean } = {}) {
  const { ports, world } = service();
  world.policies = policies;
  return explain({ ...asked, ...more }, ports, undefined);
}

describe('what would become of something that is refused as it stands', () => {
  it.each<[string, readonly EligibilityPolicy[], { readonly breakGlass?: boolean }, boolean | undefined]>([
    ['by the policy that covers it', [policy], {}, true],
    ['not where that needs no approval', [{ ...free, ticket: 'optional' }], {}, false],
    ['by the policy that is nearest to allow it, not by the most favourable', [free, policy], {}, true],
    ['never for break glass', [{ ...policy, breakGlass: 'allowed' }], { breakGlass: true }, false],
    ['by none, where none covers it', [], {}, undefined],
    ['by none, where one denies it', [policy, { ...policy, policyId: 'never', effect: 'deny' }], {}, undefined],
  ])('somebody would have to agree: %s', async (_, policies, more, approvalRequired) => {
    const explanation = await explained(policies, more);
    expect([explanation.allowed, explanation.approvalRequired]).toEqual([false, approvalRequired]);
  });

  it('is otherwise as it is judged: the same policy, once nothing stands against it', async () => {
    expect(await explained([policy], { justification: 'look at the queue' })).toMatchObject({ allowed: true, policyId: policy.policyId, approvalRequired: true });
    expect(await explained([free, policy], { justification: 'look at the queue' })).toMatchObject({ allowed: true, policyId: policy.policyId, approvalRequired: true });
  });
});
