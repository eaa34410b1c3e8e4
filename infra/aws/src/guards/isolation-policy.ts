import { maximumServiceControlPolicy, policyOf, within, type Deployment, type Policy, type PolicyStatement } from './document.ts';

/**
 * Services that answer from one Region for all, or whose calls are not of one. Derived from what AWS's own example leaves out
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html), less what an account that runs
 * nothing but TEAM has no use for. CloudFront and its web ACLs are for the portal to come.
 */
const global = [
  'account:*', 'billing:*', 'budgets:*', 'ce:*', 'cloudfront:*', 'health:*', 'iam:*', 'organizations:*', 'route53:*', 's3:GetAccountPublic*', 's3:ListAllMyBuckets', 'servicequotas:*', 'shield:*', 'sts:*', 'support:*', 'trustedadvisor:*', 'wafv2:*',
] as const;

const never = (Sid: string, Action: readonly string[]): PolicyStatement => ({ Sid, Effect: 'Deny', Action, Resource: ['*'] });

/**
 * Service control policy that keeps TEAM's account what it should be: part of the organization, watched, in one Region, without keys that never
 * end. It binds everybody in the account; only the Region is left open to the break-glass role, for the day on which it is down. Throws where it
 * grows longer than AWS takes.
 */
export function isolationPolicy({ environment: { region, roles } }: Deployment): Policy {
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
    ),
  );
}
