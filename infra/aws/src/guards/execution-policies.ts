import { lengthOf, maximumManagedPolicy, policyOf, within, type Conditions, type Deployment, type Policy, type PolicyStatement } from './document.ts';
import type { Need } from './needs.ts';
import { needsOf, needsOfEveryTemplate } from './resource-types.ts';

/** Why a deployment cannot be given less: each type of resource that it has must be known. */
export class UnknownTypeError extends Error {
  override readonly name = 'UnknownTypeError';
  readonly code = 'ERR_RESOURCE_TYPE_UNKNOWN';
}

/**
 * Managed policies for the role that CloudFormation makes resources as, instead of AdministratorAccess: exactly what these types of resources
 * need, on the names of this deployment. As many as it takes, since AWS bounds each. Throws `UnknownTypeError` for a type of which nobody has said
 * what it needs.
 */
export function executionPolicies(types: readonly string[], deployment: Deployment): Policy[] {
  const unknown = types.filter((type) => needsOf[type] === undefined);
  if (unknown.length > 0) throw new UnknownTypeError(`nobody has said what CloudFormation needs for ${unknown.join(', ')}; say it in guards/resource-types.ts`);
  const needs = types.toSorted().flatMap((type) => needsOf[type] ?? []);
  return packed(statementsOf([...needsOfEveryTemplate, ...needs], deployment));
}

/** One statement for all actions on the same resources under the same conditions. */
function statementsOf(needs: readonly Need[], deployment: Deployment): PolicyStatement[] {
  const groups = new Map<string, { actions: Set<string>; resources: readonly string[]; conditions: Conditions | undefined }>();
  for (const { actions, on, when } of needs) {
    const resources = on(deployment);
    // Of what no place of this environment has.
    if (resources.length === 0) continue;
    const conditions = when?.(deployment);
    const key = JSON.stringify([resources, conditions]);
    const group = groups.get(key) ?? { actions: new Set(), resources, conditions };
    for (const action of actions) group.actions.add(action);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ actions, resources, conditions }, i) => ({
    Sid: `Deploys${i}`,
    Effect: 'Allow',
    Action: [...actions].toSorted(),
    Resource: resources,
    ...(conditions === undefined ? {} : { Condition: conditions }),
  }));
}

/** As few policies as their order allows, none longer than AWS takes. */
function packed(statements: readonly PolicyStatement[]): Policy[] {
  const policies: Policy[] = [];
  let begun: PolicyStatement[] = [];
  for (const statement of statements) {
    if (begun.length > 0 && lengthOf(policyOf(...begun, statement)) > maximumManagedPolicy) {
      policies.push(policyOf(...begun));
      begun = [];
    }
    begun.push(statement);
  }
  policies.push(policyOf(...begun));
  return policies.map((policy) => within(maximumManagedPolicy, 'an execution policy', policy));
}
