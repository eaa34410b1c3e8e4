import { localChannel, localChannelKey } from '../../infra/local/src/system/who.ts';
import type { IamOptions } from '../../infra/local/src/system/options.ts';
import { organization, policies } from '../journeys/worlds.ts';
import { policiesOfApp } from './app-policies.ts';
import type { DeployedPolicies, PolicyDocument } from './deployed-policies.ts';
import type { Evaluator } from './evaluator.ts';

const own = organization.DelegatedAdministratorAccountId;
const kms = `arn:aws:kms:${organization.Region}:${own}`;
const channelKey = `${kms}:key/local-channel`;
const channel = localChannel(own);
/** The emitters of the local run, whose channel signs with a key of its own, which AWS names by its ARN. */
const emitters = [...policies.emitters, { ...channel, mayDecide: { keyId: channelKey } }];

const allow = (statement: Pick<PolicyDocument['Statement'][number], 'Action' | 'Resource' | 'Principal'>): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...statement }],
});
/** What an owner attaches to a role who does not care: nothing may rely on it. */
export const everything = allow({ Action: '*', Resource: '*' });

/** What the AWS app deploys for the organization of the journeys, and what belongs to their emitters: roles that may do anything, a key. */
export function deployedForJourneys(): DeployedPolicies {
  const deployed = policiesOfApp(organization, emitters);
  return {
    ...deployed,
    roles: { ...deployed.roles, ...Object.fromEntries(emitters.map(({ roleArn }) => [roleArn, [everything]])) },
    keys: { ...deployed.keys, [`${kms}:${localChannelKey}`]: channelKey },
    resources: { ...deployed.resources, [channelKey]: allow({ Principal: { AWS: `arn:aws:iam::${own}:root` }, Action: 'kms:*', Resource: '*' }) },
  };
}

/** Runs each function in its deployed role, judged by `evaluator`. `told` hears of each authorization by the function's name. */
export function iamOf({ functionRoles }: DeployedPolicies, { allows }: Evaluator, told: (functionName: string, action: string) => void = () => undefined): IamOptions {
  const functionOf = new Map(Object.entries(functionRoles).map(([name, roleArn]) => [roleArn, name]));
  return {
    roleOf(functionName) {
      const role = functionRoles[functionName];
      if (role === undefined) throw new Error(`the deployment has no function ${functionName}`);
      return role;
    },
    allows(caller, authorization) {
      const name = functionOf.get(caller.roleArn);
      if (name !== undefined) told(name, authorization.action);
      return allows(caller, authorization);
    },
  };
}
