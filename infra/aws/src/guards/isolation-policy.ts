import { deny, deployersOf, unless } from './deny.ts';
import { maximumServiceControlPolicy, policyOf, within, type Deployment, type Policy, type PolicyStatement } from './document.ts';
import type { Names } from '../names.ts';

/**
 * Services that answer from one Region for all, or whose calls are not of one. Derived from what AWS's own example leaves out
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html), less what an account that runs
 * nothing but TEAM has no use for. CloudFront is for whoever wants it before the portal.
 */
const global = [
  'account:*', 'billing:*', 'budgets:*', 'ce:*', 'cloudfront:*', 'health:*', 'iam:*', 'organizations:*', 'route53:*', 's3:GetAccountPublic*', 's3:ListAllMyBuckets', 'servicequotas:*', 'shield:*', 'sts:*', 'support:*', 'trustedadvisor:*', 'wafv2:*',
] as const;

/** Changes to the way in from the internet, to who signs in there, and to the secret by which the portal is known there. */
const doorChanges = [
  'apigateway:AddCertificateToDomain', 'apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT', 'apigateway:RemoveCertificateFromDomain', 'apigateway:SetWebACL', 'apigateway:UpdateRestApiPolicy',
  'cognito-idp:Add*', 'cognito-idp:AdminCreateUser', 'cognito-idp:AdminLink*', 'cognito-idp:AdminSet*', 'cognito-idp:AdminUpdate*', 'cognito-idp:Create*', 'cognito-idp:Delete*', 'cognito-idp:Set*', 'cognito-idp:Update*',
  'secretsmanager:Delete*', 'secretsmanager:Put*', 'secretsmanager:Update*',
  'wafv2:Delete*', 'wafv2:Disassociate*', 'wafv2:Update*',
] as const;
const door = (names: Names, region: string): string[] => [
  ...['account', 'restapis', 'restapis/*', 'domainnames', 'domainnames/*'].map((path) => `arn:aws:apigateway:${region}::/${path}`),
  names.arn('cognito-idp', 'userpool/*'),
  names.arn('secretsmanager', `secret:${names.prefix}-*`),
  names.arn('wafv2', `regional/webacl/${names.prefix}-*/*`),
];

const never = (Sid: string, Action: readonly string[]): PolicyStatement => ({ Sid, Effect: 'Deny', Action, Resource: ['*'] });

/**
 * Service control policy that keeps TEAM's account what it should be: part of the organization, watched, in one Region, without keys that never
 * end; whose functions hear nothing but what invokes them as it is deployed; and whose way in from the internet nobody changes but who deploys. It binds everybody in the account; only the Region is left open to the
 * break-glass role, for the day on which it is down. Throws where it grows longer than AWS takes.
 */
export function isolationPolicy(deployment: Deployment): Policy {
  const { environment: { portal, region, roles }, names } = deployment;
  return within(
    maximumServiceControlPolicy,
    'the isolation policy',
    policyOf(
      never('StaysInTheOrganization', ['account:CloseAccount', 'account:DisableRegion', 'account:EnableRegion', 'organizations:LeaveOrganization']),
      never('StaysWatched', [
        'cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:PutInsightSelectors', 'cloudtrail:StopLogging', 'cloudtrail:UpdateTrail',
        'config:DeleteConfigurationRecorder', 'config:DeleteDeliveryChannel', 'config:DeleteRetentionConfiguration', 'config:PutConfigurationRecorder', 'config:StopConfigurationRecorder',
        'guardduty:DeleteDetector', 'guardduty:DisassociateFromAdministratorAccount', 'guardduty:DisassociateFromMasterAccount', 'guardduty:UpdateDetector',
        // One for all log groups of the account could send what is logged elsewhere, or mask it.
        'logs:PutAccountPolicy',
      ]),
      {
        Sid: 'StaysInItsRegion',
        Effect: 'Deny',
        NotAction: global,
        Resource: ['*'],
        Condition: { StringNotEquals: { 'aws:RequestedRegion': region }, ArnNotLike: { 'aws:PrincipalArn': [roles.breakGlass] } },
      },
      never('NoLastingCredentials', [
        'iam:AddUserToGroup', 'iam:AttachUserPolicy', 'iam:CreateAccessKey', 'iam:CreateGroup', 'iam:CreateLoginProfile', 'iam:CreateServiceSpecificCredential', 'iam:CreateUser', 'iam:PutUserPolicy', 'iam:UpdateAccessKey', 'iam:UpdateLoginProfile', 'iam:UploadSigningCertificate', 'iam:UploadSSHPublicKey',
      ]),
      {
        Sid: 'NoPublicFunctionUrls',
        Effect: 'Deny',
        Action: ['lambda:AddPermission', 'lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig'],
        Resource: ['*'],
        Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      },
      // Whoever invokes a function by hand hands it events that never were on the bus.
      deny('Invoke', ['lambda:Invoke*'], [names.arn('lambda', `function:${names.prefix}-*`)], unless([...roles.operators, roles.breakGlass, ...whoAsks(deployment)])),
      ...(portal === undefined ? [] : [deny('TheDoor', doorChanges, door(names, region), unless(deployersOf(deployment)))]),
    ),
  );
}

/** Roles of functions that ask other services. */
const whoAsks = ({ names }: Deployment): string[] =>
  names.manifests.flatMap(({ name, functions }) => Object.entries(functions).flatMap(([one, { actions }]) => (actions.includes('lambda:InvokeFunction') ? [names.roleArn(name, one)] : [])));
