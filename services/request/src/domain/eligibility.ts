import { includes, type KnownPerson } from './people.ts';
import type { EligibilityPolicy, Limits } from './policy.ts';
import type { Reason } from './reasons.ts';

/** What is asked for one target, as far as eligibility policies care. */
export interface Ask {
  readonly accountId: string;
  /** Unit ids from the root to the account's own: a policy that names any of them covers the account. */
  readonly ouPath: readonly string[];
  readonly permissionSetArn: string;
  readonly durationMinutes: number;
  readonly hasTicket: boolean;
}

export type Eligibility = { readonly policy: EligibilityPolicy } | { readonly problems: readonly Reason[] };

/**
 * The most favourable *single* policy under which the person may have this, or why there is none. Each policy is judged
 * whole (its own targets, maximum and rules); never a mixture of two. More favourable: no approval, then longer, then by id.
 */
export function judgeEligibility(person: KnownPerson, ask: Ask, policies: readonly EligibilityPolicy[], limits: Limits): Eligibility {
  const covering = policies.filter((policy) => covers(policy, person, ask)).sort(favour);
  const judged = covering.map((policy) => ({ policy, problems: problemsUnder(policy, ask, limits) }));
  const allowing = judged.find(({ problems }) => problems.length === 0);
  if (allowing !== undefined) return { policy: allowing.policy };
  const [nearest] = [...judged].sort((a, b) => a.problems.length - b.problems.length);
  if (nearest !== undefined) return { problems: nearest.problems };
  const message = `no eligibility policy allows ${person.userName} this permission set in this account`;
  return { problems: [{ code: 'ERR_NOT_ELIGIBLE', message }] };
}

function covers(policy: EligibilityPolicy, person: KnownPerson, ask: Ask): boolean {
  const { principals, targets, permissionSetArns } = policy;
  return (
    permissionSetArns.includes(ask.permissionSetArn) &&
    (targets.accountIds.includes(ask.accountId) || targets.organizationalUnitIds.some((id) => ask.ouPath.includes(id))) &&
    includes(principals, person)
  );
}

function favour(a: EligibilityPolicy, b: EligibilityPolicy): number {
  const approval = Number(a.approval === 'required') - Number(b.approval === 'required');
  return approval || b.maximumDurationMinutes - a.maximumDurationMinutes || (a.policyId < b.policyId ? -1 : 1);
}

function problemsUnder(policy: EligibilityPolicy, ask: Ask, limits: Limits): Reason[] {
  const problems: Reason[] = [];
  const maximum = Math.min(policy.maximumDurationMinutes, limits.maximumDurationMinutes);
  if (ask.durationMinutes > maximum) {
    problems.push({
      code: 'ERR_DURATION_TOO_LONG',
      message:
        `${ask.durationMinutes} minutes asked, at most ${maximum} allowed under policy "${policy.policyId}" ` +
        `and the global limit of ${limits.maximumDurationMinutes}`,
    });
  }
  if (policy.ticket === 'required' && !ask.hasTicket) {
    problems.push({ code: 'ERR_TICKET_MISSING', message: `policy "${policy.policyId}" asks for a ticket` });
  }
  return problems;
}
