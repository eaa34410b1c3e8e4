import { judgeEligibility } from './eligibility.ts';
import type { AcceptedGrant, AcceptedRequest } from './events.ts';
import { askFor } from './ask-for.ts';
import type { KnownAccount, KnownPermissionSet } from './facts.ts';
import type { KnownPerson } from './people.ts';
import type { EligibilityPolicy, Limits } from './policy.ts';
import type { Reason } from './reasons.ts';

export interface Reassessment {
  readonly confirmed: readonly string[];
  readonly lapsed: readonly string[];
  readonly reasons: readonly Reason[];
}

/** What AWS says when the start has come: accounts by id, permission sets by ARN. `now` in ms since the epoch. */
export interface NowKnown {
  readonly accounts: ReadonlyMap<string, KnownAccount | undefined>;
  readonly permissionSets: ReadonlyMap<string, Pick<KnownPermissionSet, 'arn' | 'tags'> | undefined>;
  readonly now: number;
}

/**
 * Judges scheduled grants again when their start has come: the person, the accounts (by id) and the policies as they are now. Pure.
 * A grant that the acceptance does not name has lapsed, whatever it rests on.
 */
export function reassess(
  accepted: AcceptedRequest,
  grantIds: readonly string[],
  requester: KnownPerson | undefined,
  { accounts, permissionSets, now }: NowKnown,
  policies: readonly EligibilityPolicy[],
  limits: Limits,
): Reassessment {
  const judged = grantIds.map((grantId) => {
    const grant = accepted.grants.find((known) => known.grantId === grantId);
    const unknown: Reason = { code: 'ERR_GRANT_UNKNOWN', message: `request ${accepted.requestId} was accepted without grant ${grantId}` };
    return { grantId, problem: grant === undefined ? unknown : problemWith(grant) };
  });
  const lapsed = judged.filter(({ problem }) => problem !== undefined);
  const reasons = lapsed.flatMap(({ problem }) => problem ?? []);
  return {
    confirmed: judged.filter(({ problem }) => problem === undefined).map(({ grantId }) => grantId),
    lapsed: lapsed.map(({ grantId }) => grantId),
    reasons: reasons.filter(({ message }, i) => reasons.findIndex((reason) => reason.message === message) === i),
  };

  function problemWith(grant: AcceptedGrant): Reason | undefined {
    const account = accounts.get(grant.accountId);
    if (requester === undefined) return { code: 'ERR_USER_UNKNOWN', message: `user ${accepted.requester.userName} no longer exists` };
    if (!requester.enabled) return { code: 'ERR_USER_DISABLED', message: `user ${requester.userName} is disabled` };
    if (account?.status !== 'ACTIVE') {
      return { code: 'ERR_ACCOUNT_NOT_ACTIVE', message: `account ${grant.accountId} is ${account?.status ?? 'gone'}` };
    }
    if (limits.protectedAccountIds.includes(grant.accountId)) {
      return { code: 'ERR_PROTECTED_ACCOUNT', message: `${grant.accountId} has become a protected account` };
    }
    const set = permissionSets.get(grant.permissionSetArn);
    if (set === undefined) return { code: 'ERR_PERMISSION_SET_UNKNOWN', message: `permission set ${grant.permissionSetName} no longer exists` };
    // How long before its start it was asked for was judged then; what counts now is when it begins, which is now.
    // An extension is the end of a stretch, which is judged whole.
    const durationMinutes = accepted.stretch?.durationMinutes ?? accepted.durationMinutes;
    const earlier = (durationMinutes - accepted.durationMinutes) * 60_000;
    const ask = { ...askFor(account, set, { ...accepted, durationMinutes }, Date.parse(accepted.acceptedAt) - earlier), startsAt: now - earlier };
    // What nobody approved may only start under a policy that still asks for no approval.
    const usable = accepted.approvalRequired || accepted.breakGlass ? policies : policies.filter(({ effect, approval }) => effect === 'deny' || approval === 'not-required');
    const eligibility = judgeEligibility(requester, ask, usable, limits);
    return 'problems' in eligibility ? eligibility.problems[0] : undefined;
  }
}
