import type { Environment } from '../environment/schema.ts';
import { LimitError } from '../limits.ts';
import type { Names } from '../names.ts';

/** A policy that is attached to somebody: an identity policy or a service control policy. */
export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

interface StatementBase {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}
export type PolicyStatement = StatementBase & ({ readonly Action: readonly string[] } | { readonly NotAction: readonly string[] });

/** What a guard is made from. */
export interface Deployment {
  readonly environment: Environment;
  readonly names: Names;
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html: most characters of a service control policy, spaces included. */
export const maximumServiceControlPolicy = 5_120;
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: most characters of a managed policy, spaces not counted. */
export const maximumManagedPolicy = 6_144;

export const policyOf = (...statements: readonly PolicyStatement[]): Policy => ({ Version: '2012-10-17', Statement: statements });

/** Characters of a policy as it is written: without any space that JSON does not need. */
export const lengthOf = (policy: Policy): number => JSON.stringify(policy).length;

/** The policy, if it is not longer than AWS takes. Throws `LimitError` that says by how much it is. */
export function within(maximum: number, name: string, policy: Policy): Policy {
  const length = lengthOf(policy);
  if (length > maximum) throw new LimitError(`${name} has ${length} characters, and AWS takes ${maximum}`);
  return policy;
}
