import { bundle as bundleShape, eligibilityPolicy, limits as limitsShape, type Limits, type Reason } from '@team/contracts';
import { senseProblems } from '../domain/policy-sense.ts';
import type { AllPolicies, References } from './ports.ts';

/** A change by what it would leave: nothing, where it removes. */
interface Proposed {
  readonly subject: string;
  readonly after?: unknown;
}

/** What it takes to judge a change. `patternProblem` says what is wrong with a regular expression. */
export interface PolicyJudging {
  readonly references: References;
  readonly patternProblem: (pattern: string) => string | undefined;
}

/** Everything against a change of eligibility policy: its sense, whom and what it names, and whether anybody could approve under it. */
export async function eligibilityProblems({ subject, after }: Proposed, { approvers }: AllPolicies, { references, patternProblem }: PolicyJudging): Promise<readonly Reason[]> {
  if (after === undefined) return [];
  const policy = eligibilityPolicy.parse(after);
  const { principals, targets, permissionSetArns } = policy;
  const reasons = [...misnamed(subject, policy.policyId), ...senseProblems(policy, patternProblem), ...(await references.unknown({ ...principals, ...targets, permissionSetArns }))];
  return reasons.length > 0 ? reasons : (await references.lockedOut([policy], approvers)).map(({ reason }) => reason);
}

/** Everything against a change of limits: somebody must be left who administers, and two where one alone may not widen access. */
export async function limitsProblems({ after }: Proposed, policies: AllPolicies, { references }: PolicyJudging): Promise<readonly Reason[]> {
  if (after === undefined) return [{ code: 'ERR_LIMITS_NEEDED', message: 'limits cannot be removed, only replaced' }];
  const limits = limitsShape.parse(after);
  const { administrators, auditors } = limits;
  const named = { groupIds: [...administrators.groupIds, ...auditors.groupIds], userIds: [...administrators.userIds, ...auditors.userIds] };
  const sets = (limits.openRequestsPerPermissionSet ?? []).map(({ permissionSetArn }) => permissionSetArn);
  const reasons = [...(await references.unknown({ ...named, accountIds: limits.protectedAccountIds, permissionSetArns: sets })), ...ownBounds(limits)];
  const before = policies.limits;
  const asBefore = before !== undefined && JSON.stringify([before.administrators, before.secondAdministrator]) === JSON.stringify([administrators, limits.secondAdministrator]);
  const left = await references.enabledAmong(administrators);
  const needed = limits.secondAdministrator === 'not-required' ? 1 : 2;
  if (!asBefore && left < needed) {
    reasons.push({ code: 'ERR_TOO_FEW_ADMINISTRATORS', message: `${left} enabled people would administer, at least ${needed} must; name more, or switch the second administrator off first` });
  }
  return reasons;
}

/** Everything against a change of bundle. */
export async function bundleProblems({ subject, after }: Proposed, _policies: AllPolicies, { references }: PolicyJudging): Promise<readonly Reason[]> {
  if (after === undefined) return [];
  const { bundleId, targets, permissionSetArns } = bundleShape.parse(after);
  const nowhere: Reason[] = targets.accountIds.length + targets.organizationalUnitIds.length === 0 ? [{ code: 'ERR_POLICY_INCOMPLETE', message: 'the bundle names no account and no organizational unit' }] : [];
  return [...misnamed(subject, bundleId), ...nowhere, ...(await references.unknown({ ...targets, permissionSetArns }))];
}

function ownBounds({ maximumDurationMinutes, defaultDurationMinutes = 1 }: Limits): Reason[] {
  if (defaultDurationMinutes <= maximumDurationMinutes) return [];
  return [{ code: 'ERR_POLICY_SENSELESS', message: `the usual duration of ${defaultDurationMinutes} minutes is longer than the longest, ${maximumDurationMinutes}` }];
}

const misnamed = (subject: string, id: string): Reason[] =>
  subject === id ? [] : [{ code: 'ERR_POLICY_ID_MISMATCH', message: `the change is of "${subject}", and what it lays down is called "${id}"` }];
