import { createValidatedPolicy, validateIdentityPolicy, validateResourcePolicy, type ValidatedPolicy } from '@cloud-copilot/iam-policy';
import type { DeployedPolicies, PolicyDocument } from './deployed-policies.ts';

type Checked = ValidatedPolicy<{ readonly name: string }>;

/** Policies whose grammar was checked, once each. */
export interface CheckedPolicies {
  identity(policy: PolicyDocument): Checked;
  resource(policy: PolicyDocument): Checked;
}

/** Checks every policy of a deployment. Throws where AWS would refuse one, or where one has no statement. */
export function checkedPolicies({ roles, resources }: DeployedPolicies): CheckedPolicies {
  const identity = remembered((policy) => createValidatedPolicy(policy, validateIdentityPolicy, { name: 'identity policy' }));
  const resource = remembered((policy) => createValidatedPolicy(policy, validateResourcePolicy, { name: 'resource policy' }));
  for (const [arn, policies] of Object.entries(roles)) for (const policy of policies) refuseFaulty(arn, identity(policy));
  for (const [arn, policy] of Object.entries(resources)) refuseFaulty(arn, resource(policy));
  return { identity, resource };
}

function remembered(check: (policy: PolicyDocument) => Checked): (policy: PolicyDocument) => Checked {
  const known = new WeakMap<PolicyDocument, Checked>();
  return (policy) => {
    const result = known.get(policy) ?? check(policy);
    known.set(policy, result);
    return result;
  };
}

function refuseFaulty(arn: string, { errors }: Checked): void {
  if (errors.length > 0) throw new Error(`a policy of ${arn} is none that AWS takes: ${errors.map(({ path, message }) => `${path}: ${message}`).join('; ')}`);
}
