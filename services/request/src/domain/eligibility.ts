import type { Ask } from './ask.ts';
import type { KnownPerson } from './people.ts';
import { indexOf } from './policy-index.ts';
import type { EligibilityPolicy, Limits } from './policy.ts';
import type { Reason } from './reasons.ts';
import { problemsUnder } from './rules.ts';
import { touches, type Span } from './time-windows.ts';

/** A policy that covers what is asked, and what of its rules stands against it. */
export interface Considered {
  readonly policy: EligibilityPolicy;
  readonly problems: readonly Reason[];
}

/** What every policy that matters says of an ask. */
export interface Assessment {
  /** Those that deny it: one is enough. */
  readonly denying: readonly EligibilityPolicy[];
  /** Those that may allow it, the most favourable first. */
  readonly considered: readonly Considered[];
}

export type Eligibility = { readonly policy: EligibilityPolicy } | { readonly problems: readonly Reason[] };

/**
 * The most favourable *single* policy under which the person may have this, or why there is none. Each policy is judged
 * whole (its own targets, maximum and rules); never a mixture of two. More favourable: no approval, then longer, then by id.
 * One that denies wins over all.
 */
export function judgeEligibility(person: KnownPerson, ask: Ask, policies: readonly EligibilityPolicy[], limits: Limits): Eligibility {
  const { denying, considered } = assess(person, ask, policies, limits);
  if (denying.length > 0) {
    const names = denying.slice(0, 5).map(({ policyId }) => `"${policyId}"`).join(', ');
    return { problems: [{ code: 'ERR_DENIED_BY_POLICY', message: `denied by policy ${names}, whatever else allows it` }] };
  }
  const nearest = nearestOf(considered);
  if (nearest !== undefined) return nearest.problems.length === 0 ? { policy: nearest.policy } : { problems: nearest.problems };
  const message = `no eligibility policy allows ${person.userName} this permission set in this account`;
  return { problems: [{ code: 'ERR_NOT_ELIGIBLE', message }] };
}

/** The policy against which the least stands; of several, the most favourable. */
export function nearestOf(considered: readonly Considered[]): Considered | undefined {
  return considered.toSorted((a, b) => a.problems.length - b.problems.length)[0];
}

/** Judges an ask by every policy that covers it. */
export function assess(person: KnownPerson, ask: Ask, policies: readonly EligibilityPolicy[], limits: Limits): Assessment {
  const covering = indexOf(policies).covering(person, ask);
  const span = { from: ask.startsAt, to: ask.startsAt + ask.durationMinutes * 60_000 };
  return {
    denying: covering.filter((policy) => policy.effect === 'deny' && denies(policy, span)),
    considered: covering
      .filter(({ effect }) => effect !== 'deny')
      .sort(favour)
      .map((policy) => ({ policy, problems: problemsUnder(policy, ask, span, limits) })),
  };
}

/** One that denies for a time denies whatever would be had at any moment of it. */
function denies({ validFrom, validUntil, timeWindows }: EligibilityPolicy, span: Span): boolean {
  if (validFrom !== undefined && span.to <= Date.parse(validFrom)) return false;
  if (validUntil !== undefined && span.from >= Date.parse(validUntil)) return false;
  return timeWindows === undefined || touches(timeWindows, span);
}

function favour(a: EligibilityPolicy, b: EligibilityPolicy): number {
  const approval = Number(a.approval !== 'not-required') - Number(b.approval !== 'not-required');
  return approval || (b.maximumDurationMinutes ?? 0) - (a.maximumDurationMinutes ?? 0) || (a.policyId < b.policyId ? -1 : 1);
}
