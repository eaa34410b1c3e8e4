import type { AccessRequestAcceptedV1, EligibilityPolicy, Limits } from '@team/contracts';
import { judgeEligibility, type Problem } from './eligibility.ts';
import type { KnownPerson, KnownTarget } from './facts.ts';

export interface Reassessment {
  readonly confirmed: readonly string[];
  readonly lapsed: readonly string[];
  readonly reasons: readonly Problem[];
}

/** Judges scheduled grants again when their start has come: the person, the account and the policies as they are now. Pure. */
export function reassess(
  accepted: AccessRequestAcceptedV1,
  grantIds: readonly string[],
  requester: KnownPerson | undefined,
  targets: ReadonlyMap<string, KnownTarget['account']>,
  policies: readonly EligibilityPolicy[],
  limits: Limits,
): Reassessment {
  const confirmed: string[] = [];
  const lapsed: string[] = [];
  const reasons: Problem[] = [];
  for (const grant of accepted.grants.filter(({ grantId }) => grantIds.includes(grantId))) {
    const problem = problemWith(grant);
    if (problem === undefined) {
      confirmed.push(grant.grantId);
    } else {
      lapsed.push(grant.grantId);
      reasons.push(problem);
    }
  }
  return { confirmed, lapsed, reasons };

  function problemWith(grant: AccessRequestAcceptedV1['grants'][number]): Problem | undefined {
    const account = targets.get(grant.accountId);
    if (requester === undefined) return { code: 'ERR_USER_UNKNOWN', message: `user ${accepted.requester.userName} no longer exists` };
    if (!requester.enabled) return { code: 'ERR_USER_DISABLED', message: `user ${requester.userName} is disabled` };
    if (account?.status !== 'ACTIVE') return { code: 'ERR_ACCOUNT_NOT_ACTIVE', message: `account ${grant.accountId} is ${account?.status ?? 'gone'}` };
    if (limits.protectedAccountIds.includes(grant.accountId)) {
      return { code: 'ERR_PROTECTED_ACCOUNT', message: `${grant.accountId} has become a protected account` };
    }
    const ask = {
      accountId: grant.accountId,
      ouPath: account.ouPath,
      permissionSetArn: grant.permissionSetArn,
      durationMinutes: accepted.durationMinutes,
      hasTicket: accepted.ticket !== undefined,
    };
    // What nobody approved may only start under a policy that still asks for no approval.
    const usable = accepted.approvalRequired ? policies : policies.filter((policy) => policy.approval === 'not-required');
    const eligibility = judgeEligibility(requester, ask, usable, limits);
    return 'problems' in eligibility ? eligibility.problems[0] : undefined;
  }
}
