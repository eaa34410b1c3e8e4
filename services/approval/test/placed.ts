import type { ApproverPolicy, Target } from '../src/domain/policy.ts';
import { idOf, person, stage } from './scenario.ts';

export const admin = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-00000000admin0000';
/** An account in production, below the workloads. */
export const target: Target = {
  grantId: idOf('g'),
  accountId: '111122223333',
  permissionSetArn: admin,
  ouPath: ['r-acme', 'ou-acme-workloads', 'ou-acme-prod0000'],
};
export const dana = person('dana', 'developers');

/** A policy for these accounts and units, which asks one of the leads unless told otherwise. */
export const policy = (policyId: string, where: readonly string[], rest: Partial<ApproverPolicy> = {}): ApproverPolicy => ({
  policyId,
  targets: { accountIds: where.filter((id) => /^\d/.test(id)), organizationalUnitIds: where.filter((id) => !/^\d/.test(id)) },
  stages: [stage(1, 'leads')],
  ...rest,
});
