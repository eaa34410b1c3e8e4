import { approverPolicy, bundle, eligibilityPolicy, limits } from '@team/contracts';
import { FileProblemsError, parsePolicies, type Names } from '@team/policies';
import type * as z from 'zod';
import type { PlanQuestion, PolicyChange, PolicyKind, PolicyPlan } from '../contract/index.ts';

/** A change of which the version that it is made against is not known yet. */
export type UnversionedChange = PolicyChange extends infer Change ? (Change extends PolicyChange ? Omit<Change, 'expectedVersion'> : never) : never;
type Problems = PolicyPlan['problems'];
export type ReadChange = { readonly change: UnversionedChange } | { readonly problems: Problems };

/** What somebody wrote as the change that it is, or everything that is wrong with it. */
export function readChange({ kind, text, policy, remove }: PlanQuestion, names: Names): ReadChange {
  if (remove !== undefined) return { change: { kind, id: remove } };
  return text === undefined ? readPolicy(kind, policy) : readText(kind, text, names);
}

function readText(kind: PolicyKind, text: string, names: Names): ReadChange {
  try {
    const { eligibility, approvers, bundles, limits: bounds, emitters } = parsePolicies([{ file: kind, text }], names);
    if (emitters.length > 0) return wrong('kind', 'who may emit is configuration of the deployment, and is not changed here');
    const found: UnversionedChange[] = [
      ...eligibility.map((one) => ({ kind: 'EligibilityPolicy' as const, id: one.policyId, policy: one })),
      ...approvers.map((one) => ({ kind: 'ApproverPolicy' as const, id: one.policyId, policy: one })),
      ...bundles.map((one) => ({ kind: 'Bundle' as const, id: one.bundleId, policy: one })),
      ...(bounds === undefined ? [] : [{ kind: 'Limits' as const, id: 'limits', policy: bounds }]),
    ];
    const [change] = found;
    if (change === undefined) return wrong('text', 'there is no policy in it; write one, or remove the one that there is');
    if (found.length > 1) return wrong('text', 'it holds several policies; they are changed one by one');
    return change.kind === kind ? { change } : wrong('kind', `it is of the kind ${change.kind}, not ${kind}`);
  } catch (error) {
    if (!(error instanceof FileProblemsError)) throw error;
    return { problems: error.problems.map(({ line, path, reason }) => ({ ...(line === undefined ? {} : { line }), field: path, message: reason })) };
  }
}

const wrong = (field: string, message: string): ReadChange => ({ problems: [{ line: 1, field, message }] });

function readPolicy(kind: PolicyKind, policy: unknown): ReadChange {
  switch (kind) {
    case 'EligibilityPolicy':
      return checked(eligibilityPolicy, policy, (one) => ({ kind, id: one.policyId, policy: one }));
    case 'ApproverPolicy':
      return checked(approverPolicy, policy, (one) => ({ kind, id: one.policyId, policy: one }));
    case 'Bundle':
      return checked(bundle, policy, (one) => ({ kind, id: one.bundleId, policy: one }));
    case 'Limits':
      return checked(limits, policy, (one) => ({ kind, id: 'limits', policy: one }));
  }
}

function checked<Policy>(shape: z.ZodType<Policy>, policy: unknown, changeTo: (policy: Policy) => UnversionedChange): ReadChange {
  const { success, data, error } = shape.safeParse(policy);
  if (success) return { change: changeTo(data) };
  return { problems: error.issues.map(({ path, message }) => ({ field: path.map(String).join('.'), message })) };
}
