import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { Allows, Authorization, Context } from '../../infra/local/src/authorization/index.ts';
import type { Caller } from '../../infra/local/src/cloud/index.ts';
import { checkedPolicies } from './checked-policy.ts';
import type { DeployedPolicies, PolicyDocument, Trigger } from './deployed-policies.ts';
import { encryptionNeeds, triggerNeeds, wholeOf } from './on-behalf.ts';

/** Judges by policies as IAM does: default deny, deny before allow, identity and resource policies of one account together. */
export interface Evaluator {
  readonly allows: Allows;
  /** What a trigger may not do that it has to; empty where all is well. */
  deniedTo(trigger: Trigger): string[];
  /**
   * Judges everything again that was asked so far, this time with every check of the simulator: policies well formed, actions existing,
   * resources of a type that the action knows, condition keys that it has. Rejects where one fails or another answer comes out.
   */
  confirm(): Promise<number>;
}

/** Condition keys whose values AWS alone has, in statements about what it does by itself: the logs and the environments of functions, what Athena reads for a query. */
const unseen = /^(kms:encryptioncontext:aws:(lambda|logs):|aws:sourceaccount$|aws:sourcearn$|aws:calledvia$|s3:prefix$)/;

/**
 * Evaluates the policies of a deployment. Throws for a condition on a key of which nobody says what value it has, since a condition on a
 * key that is absent says nothing about AWS.
 */
export function evaluatorOf(deployed: DeployedPolicies): Evaluator {
  const decisions = new Map<string, { readonly simulation: Simulation; readonly allowed: boolean }>();
  /** To whole questions, each of which takes one decision or more. */
  const answers = new Map<string, boolean>();
  const checked = checkedPolicies(deployed);
  refuseUnknownKeys(deployed);

  function decide(principal: string, identity: readonly PolicyDocument[], { action, resource: named, owner, context }: Authorization): boolean {
    const resource = keyOf(deployed, named, context) ?? named;
    const key = JSON.stringify([principal, action, resource, owner, context]);
    const before = decisions.get(key);
    if (before !== undefined) return before.allowed;
    const resourcePolicy = policyOf(deployed, resource);
    const simulation: Simulation = {
      request: { principal, action, resource: { resource, accountId: owner }, contextVariables: mutable(context) },
      identityPolicies: identity.map((policy, i) => ({ name: `${i}`, policy: checked.identity(policy) })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy === undefined ? {} : { resourcePolicy: checked.resource(resourcePolicy) }),
    };
    const quick = resource === '*' ? { ...simulation, identityPolicies: identity.map((policy, i) => ({ name: `${i}`, policy: wide(policy) })) } : simulation;
    const allowed = runUnsafeSimulation(quick, {}) === 'Allowed';
    decisions.set(key, { simulation, allowed });
    return allowed;
  }

  const identityOf = (roleArn: string): readonly PolicyDocument[] => {
    const policies = deployed.roles[roleArn];
    if (policies === undefined) throw new Error(`${roleArn} is no role of the deployment, nor one that the test knows`);
    return policies;
  };
  const allowsRole = (roleArn: string, authorization: Authorization): boolean => decide(sessionOf(roleArn), identityOf(roleArn), authorization);

  return {
    allows({ roleArn }: Caller, authorization) {
      const key = JSON.stringify([roleArn, authorization]);
      const before = answers.get(key);
      if (before !== undefined) return before;
      const allowed = [authorization, ...encryptionNeeds(deployed, authorization)].every((one) => allowsRole(roleArn, one));
      answers.set(key, allowed);
      return allowed;
    },
    deniedTo(trigger) {
      const needs = triggerNeeds(deployed, trigger);
      const allowed = (one: Authorization): boolean => (trigger.kind === 'mapping' ? allowsRole(trigger.roleArn, one) : decide('events.amazonaws.com', [], one));
      return needs.filter((one) => !allowed(one)).map(({ action, resource }) => `${action} on ${resource}`);
    },
    async confirm() {
      for (const { simulation, allowed } of decisions.values()) {
        const { action, resource } = simulation.request;
        const said = `${action} on ${resource.resource}`;
        const result = await runSimulation(simulation, {});
        if (result.resultType === 'error') throw new Error(`${said}: ${JSON.stringify(result.errors)}`);
        const ignored = result.resultType === 'single' ? result.result.ignoredContextKeys : result.results.flatMap(({ ignoredContextKeys = [] }) => ignoredContextKeys);
        if (ignored !== undefined && ignored.length > 0) throw new Error(`${said}: AWS gives no ${[...new Set(ignored)].join(', ')} for it`);
        if ((result.overallResult === 'Allowed') !== allowed) throw new Error(`${said}: ${result.overallResult}, and was taken as ${allowed ? 'allowed' : 'denied'}`);
      }
      return decisions.size;
    },
  };
}

/** A role as it calls: in a session. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const sessionOf = (roleArn: string): string => `${roleArn.replace(':iam:', ':sts:').replace(/:role\/(?:.*\/)?([^/]+)$/, ':assumed-role/$1')}/session`;

/** Templates name keys by their logical ids, the local run's keys have ids of their own: what they share is the alias. */
function keyOf({ keys }: DeployedPolicies, resource: string, context: Context): string | undefined {
  const alias = [context['kms:ResourceAliases'] ?? []].flat()[0];
  if (alias === undefined || !resource.includes(':key/')) return undefined;
  const found = keys[resource.replace(/:key\/.*$/, `:${alias}`)];
  if (found === undefined) throw new Error(`the deployment has no key ${alias}`);
  return found;
}

/** A table's policy holds for its indexes, a bucket's for its objects. */
const policyOf = ({ resources }: DeployedPolicies, resource: string): PolicyDocument | undefined => resources[wholeOf(resource)];

/**
 * An action that knows no resources is allowed by `*` alone, which the simulator checks only where it looks actions up.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
const wide = ({ Version, Statement }: PolicyDocument): PolicyDocument => ({
  Version,
  Statement: Statement.filter(({ Resource }) => [Resource ?? []].flat().includes('*')),
});

const mutable = (context: Context): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]));

/** Keys that authorizations carry, wherever AWS gives them. */
const known = new Set(
  [
    'aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalIsAWSService', 'aws:PrincipalOrgID', 'aws:PrincipalType', 'aws:ResourceAccount',
    'aws:ResourceOrgID', 'aws:SecureTransport', 'aws:ViaAWSService', 'events:detail-type', 'events:source', 'kms:CallerAccount', 'kms:MessageType',
    'dynamodb:Attributes', 'kms:RequestAlias', 'kms:ResourceAliases', 'kms:SigningAlgorithm', 'kms:ViaService', 's3:TlsVersion',
  ].map((key) => key.toLowerCase()),
);

function refuseUnknownKeys({ roles, resources }: DeployedPolicies): void {
  for (const { Statement } of [...Object.values(roles).flat(), ...Object.values(resources)]) {
    for (const { Sid = '', Condition = {} } of Statement) {
      const keys = Object.values(Condition).flatMap((values) => Object.keys(values));
      const stray = keys.find((key) => !known.has(key.toLowerCase()) && !unseen.test(key.toLowerCase()));
      if (stray !== undefined) throw new Error(`statement ${Sid} has a condition on ${stray}, which no call of the local run says: add it to infra/local/src/authorization`);
    }
  }
}
