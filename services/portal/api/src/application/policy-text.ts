import { approverPolicy, bundle, eligibilityPolicy, limits } from '@team/contracts';
import { exportPolicies, type Names, type Policies } from '@team/policies';
import type { PolicyKind } from '../contract/index.ts';

/** A policy as people write it. */
export interface PolicyText {
  readonly text: string;
  /** Ids in it that nothing has any more. */
  readonly unknownIds: readonly string[];
}

/** One policy as YAML, with names. */
export function policyText(one: Partial<Policies>, names: Names): PolicyText {
  const { files, missing } = exportPolicies({ eligibility: [], approvers: [], bundles: [], emitters: [], ...one }, names);
  return { text: [...files.values()].join(''), unknownIds: [...new Set(missing.map(({ id }) => id))] };
}

/** The same of what a proposal would lay down; undefined where it is no such policy as this version knows. */
export function proposedText(kind: PolicyKind, policy: unknown, names: Names): string | undefined {
  const one = asPolicies(kind, policy);
  return one === undefined ? undefined : policyText(one, names).text;
}

function asPolicies(kind: PolicyKind, policy: unknown): Partial<Policies> | undefined {
  switch (kind) {
    case 'EligibilityPolicy': {
      const { data } = eligibilityPolicy.safeParse(policy);
      return data && { eligibility: [data] };
    }
    case 'ApproverPolicy': {
      const { data } = approverPolicy.safeParse(policy);
      return data && { approvers: [data] };
    }
    case 'Bundle': {
      const { data } = bundle.safeParse(policy);
      return data && { bundles: [data] };
    }
    case 'Limits': {
      const { data } = limits.safeParse(policy);
      return data && { limits: data };
    }
  }
}
