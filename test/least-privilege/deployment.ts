import type { EmitterRegistration } from '@team/contracts';
import type { Environment } from '../../infra/aws/src/environment/schema.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import { localChannel, localChannelKey } from '../../infra/local/src/system/who.ts';
import type { IamOptions } from '../../infra/local/src/system/options.ts';
import type { DeployedPolicies, PolicyDocument } from './deployed-policies.ts';
import { evaluatorOf, type Evaluator } from './evaluator.ts';
import { synthesizedPolicies } from './synthesized-policies.ts';

const allow = (statement: Pick<PolicyDocument['Statement'][number], 'Action' | 'Resource' | 'Principal'>): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...statement }],
});
/** What an owner attaches to a role who does not care: nothing may rely on it. */
export const everything = allow({ Action: '*', Resource: '*' });

/** What the AWS app deploys for an organization, and what belongs to its emitters: roles that may do anything, the local channel's key. */
export function deployedFor(organization: Organization, registered: readonly EmitterRegistration[], activity?: Environment['activity']): DeployedPolicies {
  const own = organization.DelegatedAdministratorAccountId;
  const kms = `arn:aws:kms:${organization.Region}:${own}`;
  const channelKey = `${kms}:key/local-channel`;
  // The channel signs with a key of its own, which AWS names by its ARN.
  const emitters = [...registered, { ...localChannel(own), mayDecide: { keyId: channelKey } }];
  const deployed = synthesizedPolicies(organization, emitters, activity);
  return {
    ...deployed,
    roles: { ...deployed.roles, ...Object.fromEntries(emitters.map(({ roleArn }) => [roleArn, [everything]])) },
    keys: { ...deployed.keys, [`${kms}:${localChannelKey}`]: channelKey },
    resources: { ...deployed.resources, [channelKey]: allow({ Principal: { AWS: `arn:aws:iam::${own}:root` }, Action: 'kms:*', Resource: '*' }) },
  };
}

/** Who hears of each authorization that a function needs: the function's name, the action, whether it is allowed. */
export type Told = (functionName: string, action: string, allowed: boolean) => void;

/** Runs each function in its deployed role, judged by `evaluator`. */
export function iamOf({ functionRoles }: DeployedPolicies, { allows }: Pick<Evaluator, 'allows'>, told: Told = () => undefined): IamOptions {
  const functionOf = new Map(Object.entries(functionRoles).map(([name, roleArn]) => [roleArn, name]));
  return {
    roleOf(functionName) {
      const role = functionRoles[functionName];
      if (role === undefined) throw new Error(`the deployment has no function ${functionName}`);
      return role;
    },
    allows(caller, authorization) {
      const allowed = allows(caller, authorization);
      const name = functionOf.get(caller.roleArn);
      if (name !== undefined) told(name, authorization.action, allowed);
      return allowed;
    },
  };
}

/** By organization and emitters; what was judged once need not be judged again. */
const known = new Map<string, { readonly deployed: DeployedPolicies; readonly evaluator: Evaluator }>();

/** Runs each function in the role that the AWS app deploys for it, judged by the app's policies. */
export function iamFor(organization: Organization, emitters: readonly EmitterRegistration[], told?: Told, activity?: Environment['activity']): IamOptions {
  const key = JSON.stringify([organization, emitters, activity]);
  let found = known.get(key);
  if (found === undefined) {
    const deployed = deployedFor(organization, emitters, activity);
    found = { deployed, evaluator: evaluatorOf(deployed) };
    known.set(key, found);
  }
  return iamOf(found.deployed, found.evaluator, told);
}
