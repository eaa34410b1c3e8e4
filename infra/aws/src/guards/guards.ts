import { namesOf } from '../names.ts';
import type { Environment } from '../environment/schema.ts';
import { deployedPolicy } from './deployed-policy.ts';
import { maximumManagedPolicy, maximumServiceControlPolicy, type Deployment, type Policy } from './document.ts';
import { executionPolicies } from './execution-policies.ts';
import { isolationPolicy } from './isolation-policy.ts';
import { breakGlassPolicy, operatorPolicy } from './people-policies.ts';
import { powersPolicy } from './powers-policy.ts';
import { siemPolicy } from './siem-policy.ts';

/** A policy that is attached by hand, around what is deployed. */
export interface Guard {
  /** Name of its file, and of the policy in AWS. */
  readonly name: string;
  readonly policy: Policy;
  readonly maximum: number;
  readonly is: string;
  readonly attach: string;
}

/** Every policy that guards a deployment. `types` are the types of resources in its templates. Throws where one grows longer than AWS takes. */
export function guardsOf(environment: Environment, types: readonly string[], { breakGlassMayAssign }: { readonly breakGlassMayAssign: boolean }): Guard[] {
  const names = namesOf(environment);
  const deployment: Deployment = { environment, names };
  const { accounts, roles } = environment;
  const control = { maximum: maximumServiceControlPolicy, attach: `as a service control policy to account ${accounts.team}, from the management account` };
  const managed = { maximum: maximumManagedPolicy };
  const execution = executionPolicies(types, deployment);
  return [
    { ...control, name: `${names.prefix}-scp-deployed`, policy: deployedPolicy(deployment), is: 'nobody changes what is deployed but who deploys and break glass' },
    { ...control, name: `${names.prefix}-scp-powers`, policy: powersPolicy(deployment), is: 'nobody takes TEAM’s roles, keys, functions and items, and nobody but the dispatcher assigns' },
    { ...control, name: `${names.prefix}-scp-isolation`, policy: isolationPolicy(deployment), is: 'the account stays in the organization, watched, in one Region, without lasting credentials' },
    ...(environment.siem.length === 0 ? [] : [{ ...control, name: `${names.prefix}-scp-siem`, policy: siemPolicy(deployment), is: 'nobody turns away what goes to the SIEM, or changes what lies there' }]),
    ...execution.map((policy, i) => ({
      ...managed,
      name: `${names.prefix}-execution-${i + 1}`,
      policy,
      is: `what CloudFormation may do, part ${i + 1} of ${execution.length}, instead of AdministratorAccess`,
      attach: `as a managed policy of account ${accounts.team}, named to cdk bootstrap --cloudformation-execution-policies`,
    })),
    { ...managed, name: `${names.prefix}-operator`, policy: operatorPolicy(deployment), is: 'see how it is, put dead letters back, ask the audit service', attach: `to ${roles.operators.join(', ') || 'roles.operators, of which the environment names none'}` },
    {
      ...managed,
      name: `${names.prefix}-break-glass`,
      policy: breakGlassPolicy(deployment, { mayAssign: breakGlassMayAssign }),
      is: breakGlassMayAssign ? 'see who has what, take it away and ASSIGN, past the product' : 'see who has what and take it away, past the product; assigns nothing',
      attach: `to ${roles.breakGlass}`,
    },
  ];
}
