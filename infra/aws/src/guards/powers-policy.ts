import { accountOf } from '../environment/schema.ts';
import { bootstrapOf } from './bootstrap.ts';
import { deny, deployersOf, unless } from './deny.ts';
import { maximumServiceControlPolicy, policyOf, within, type Deployment, type Policy } from './document.ts';

/** Changes to a role or a managed policy, and giving a role to something that runs. */
const roleChanges = ['iam:Attach*', 'iam:Create*', 'iam:Delete*', 'iam:Detach*', 'iam:PassRole', 'iam:Put*', 'iam:Set*', 'iam:Update*'] as const;

/** Everything that changes Identity Center or its directory, but the two actions that assign. */
const directoryWrites = [
  'identitystore:Add*', 'identitystore:Create*', 'identitystore:Delete*', 'identitystore:Remove*', 'identitystore:Reserve*', 'identitystore:Update*',
  'sso:Add*', 'sso:Associate*', 'sso:Attach*', 'sso:CreateAp*', 'sso:CreateI*', 'sso:CreateM*', 'sso:CreateP*', 'sso:CreateT*',
  'sso:DeleteAp*', 'sso:DeleteI*', 'sso:DeleteM*', 'sso:DeleteP*', 'sso:DeleteT*', 'sso:Detach*', 'sso:Disassociate*', 'sso:Import*',
  'sso:Provision*', 'sso:Put*', 'sso:Remove*', 'sso:Start*', 'sso:Tag*', 'sso:Untag*', 'sso:Update*',
  'sso-directory:Add*', 'sso-directory:Complete*', 'sso-directory:Create*', 'sso-directory:Delete*', 'sso-directory:Disable*', 'sso-directory:Enable*', 'sso-directory:Import*', 'sso-directory:Remove*', 'sso-directory:Start*', 'sso-directory:Update*', 'sso-directory:Verify*',
] as const;

const itemWrites = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem', 'dynamodb:UpdateItem'] as const;

/**
 * Service control policy for TEAM's account: nobody takes the powers that TEAM has. Its roles are nobody's to change or to give away, its keys'
 * policies stay, its items are written by its functions, and nobody but the dispatcher assigns.
 * Whoever deploys is bound by the last two as everybody is: deploying needs neither. Changes of people and groups that come over SCIM, which uses
 * a token and not IAM (https://docs.aws.amazon.com/singlesignon/latest/userguide/provision-automatically.html), and those of the management
 * account are not bound. Throws where it grows longer than AWS takes.
 */
export function powersPolicy(deployment: Deployment): Policy {
  const { environment, names } = deployment;
  const { accounts, roles } = environment;
  const { prefix } = names;
  const { roleArns } = bootstrapOf(deployment);
  const inAccount = `arn:aws:iam::${accounts.team}`;
  const named = [...new Set([roles.deploy, roles.breakGlass, ...roles.operators])].filter((role) => accountOf(role) === accounts.team);
  const functionRoles = `${inAccount}:role/${prefix}-*`;
  return within(
    maximumServiceControlPolicy,
    'the policy on powers',
    policyOf(
      deny('Roles', roleChanges, [functionRoles, `${inAccount}:policy/${prefix}-*`, roleArns, ...named], unless(deployersOf(deployment))),
      // Whoever acts as a role of the bootstrap deploys, and the bootstrap trusts the whole account.
      deny('Bootstrap', ['sts:AssumeRole'], [roleArns], unless([roles.deploy])),
      // A key has no name but its aliases: https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
      deny('Keys', ['kms:CreateGrant', 'kms:DisableKey*', 'kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:ScheduleKeyDeletion'], [names.arn('kms', 'key/*')], {
        ...unless(deployersOf(deployment)),
        'ForAnyValue:StringLike': { 'kms:ResourceAliases': `alias/${prefix}-*` },
      }),
      deny('Items', itemWrites, [names.arn('dynamodb', `table/${prefix}-*`)], unless([functionRoles, ...roles.operators])),
      deny('Assignments', ['sso:CreateAccountAssignment', 'sso:DeleteAccountAssignment'], ['*'], unless([names.roleArn('provisioning', 'dispatch'), roles.breakGlass])),
      deny('Directory', directoryWrites, ['*'], unless([roles.breakGlass])),
    ),
  );
}
