import { isDeepStrictEqual } from 'node:util';
import type { StandingProposal } from '@team/contracts';
import type { Policies } from '@team/policies';
import type { Kind, StandingPolicies } from './standing.ts';

/** One difference between what files say and what is in force. */
export interface PolicyChange {
  readonly kind: Kind;
  readonly id: string;
  /** Absent: it is new. */
  readonly before?: unknown;
  /** Absent: it is to be removed. */
  readonly after?: unknown;
  readonly expectedVersion: number;
  /** The same change waits for a second administrator. */
  readonly waiting?: StandingProposal;
}

/**
 * What has to change for the policies in force to be those of files, in an order in which nobody is locked out meanwhile: limits and approvers
 * first, then who may ask; what is removed, the other way round.
 */
export function changesBetween(standing: StandingPolicies, wanted: Policies): readonly PolicyChange[] {
  const limits = wanted.limits === undefined ? [] : differences('Limits', standing.limits === undefined ? [] : [standing.limits], [wanted.limits], () => 'limits');
  const approvers = differences('ApproverPolicy', standing.approvers, wanted.approvers, ({ policyId }) => policyId);
  const eligibility = differences('EligibilityPolicy', standing.eligibility, wanted.eligibility, ({ policyId }) => policyId);
  const bundles = differences('Bundle', standing.bundles, wanted.bundles, ({ bundleId }) => bundleId);
  const all = [...limits, ...approvers, ...eligibility, ...bundles];
  const removals = [...bundles, ...eligibility, ...approvers];
  return [...all.filter(({ after }) => after !== undefined), ...removals.filter(({ after }) => after === undefined)];

  function differences<Policy>(kind: Kind, before: readonly Policy[], after: readonly Policy[], idOf: (policy: Policy) => string): PolicyChange[] {
    const had = new Map(before.map((policy) => [idOf(policy), policy]));
    const has = new Map(after.map((policy) => [idOf(policy), policy]));
    return [...new Set([...has.keys(), ...had.keys()])].sort().flatMap((id) => {
      const [was, is] = [had.get(id), has.get(id)];
      if (isDeepStrictEqual(normal(was), normal(is))) return [];
      const waiting = standing.proposals.find(({ change }) => change.kind === kind && change.subject === id && isDeepStrictEqual(normal(change.after), normal(is)));
      return [{ kind, id, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }), expectedVersion: standing.versionOf(kind, id), ...(waiting === undefined ? {} : { waiting }) }];
    });
  }
}

/** What of a policy that stays is otherwise, in words: short values as they were and are, others by their name alone. */
export function differencesIn({ before, after }: Pick<PolicyChange, 'before' | 'after'>): readonly string[] {
  if (typeof before !== 'object' || typeof after !== 'object') return [];
  const [was, is] = [new Map<string, unknown>(Object.entries(before ?? {})), new Map<string, unknown>(Object.entries(after ?? {}))];
  const short = (value: unknown): string | undefined => (value === undefined ? 'nothing' : typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((name) => {
    if (isDeepStrictEqual(normal(was.get(name)), normal(is.get(name)))) return [];
    const [from, to] = [short(was.get(name)), short(is.get(name))];
    return [from === undefined || to === undefined ? name : `${name} ${from} → ${to}`];
  });
}

/** Whether that is the same policy, however it is written. */
export const isSamePolicy = (one: unknown, other: unknown): boolean => isDeepStrictEqual(normal(one), normal(other));

/** The same policy written in another order is the same: lists of names and ids are sets, and what is absent is absent. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(normal);
    return items.every((item) => typeof item === 'string') ? items.toSorted() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, normal(member)]])).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}
