import { bootstrapOf } from './bootstrap.ts';
import { deny, deployersOf, unless } from './deny.ts';
import { maximumServiceControlPolicy, policyOf, within, type Deployment, type Policy } from './document.ts';

/** Changes to what is deployed. By prefix where all that AWS names so are changes: wildcards stand in a Deny alone. */
const changes = [
  'cloudformation:Cancel*', 'cloudformation:Continue*', 'cloudformation:Create*', 'cloudformation:Delete*', 'cloudformation:Execute*', 'cloudformation:Rollback*', 'cloudformation:Set*', 'cloudformation:Update*',
  'cloudwatch:Delete*', 'cloudwatch:Disable*', 'cloudwatch:Put*', 'cloudwatch:SetAlarmState',
  'dynamodb:CreateTable*', 'dynamodb:DeleteBackup', 'dynamodb:DeleteResourcePolicy', 'dynamodb:DeleteTable*', 'dynamodb:EnableKinesis*', 'dynamodb:ExportTable*',
  'dynamodb:PutResourcePolicy', 'dynamodb:RestoreTable*', 'dynamodb:UpdateContinuousBackups', 'dynamodb:UpdateTable*', 'dynamodb:UpdateTimeToLive',
  'events:Create*', 'events:Delete*', 'events:Disable*', 'events:Enable*', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets', 'events:Update*',
  'kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias',
  'lambda:Add*', 'lambda:Create*', 'lambda:Delete*', 'lambda:Publish*', 'lambda:Put*', 'lambda:Remove*', 'lambda:Update*',
  // Not `logs:Put*`: functions put what they log.
  'logs:AssociateKmsKey', 'logs:Delete*', 'logs:DisassociateKmsKey', 'logs:PutDataProtectionPolicy', 'logs:PutMetricFilter', 'logs:PutRetentionPolicy', 'logs:PutSubscriptionFilter', 'logs:PutTransformer',
  // A replication brings objects, too.
  's3:Delete*', 's3:Put*', 's3:Replicate*',
  // A data protection policy can stop messages.
  'sns:AddPermission', 'sns:Delete*', 'sns:Put*', 'sns:Remove*', 'sns:Set*', 'sns:Unsubscribe',
  'sqs:AddPermission', 'sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:PurgeQueue', 'sqs:RemovePermission', 'sqs:SetQueueAttributes',
] as const;

/** What they are denied on. An action is compared with resources of its own service alone, so that one list serves all. */
function deployed(deployment: Deployment): string[] {
  const { environment: { accounts }, names } = deployment;
  const { prefix } = names;
  const { assetBucketArn } = bootstrapOf(deployment);
  return [
    names.arn('cloudformation', `stack/${prefix}-*/*`),
    names.arn('cloudformation', 'stack/CDKToolkit/*'),
    names.arn('cloudwatch', `alarm:${prefix}-*`),
    `arn:aws:cloudwatch::${accounts.team}:dashboard/${prefix}`,
    names.arn('dynamodb', `table/${prefix}-*`),
    names.busArn,
    names.arn('events', `archive/${prefix}`),
    names.arn('events', `rule/${prefix}-*`),
    names.ruleArn('*'),
    names.arn('kms', `alias/${prefix}-*`),
    names.arn('lambda', `function:${prefix}-*`),
    names.arn('logs', `log-group:/aws/lambda/${prefix}-*`),
    names.arn('logs', `log-group:/aws/apigateway/${prefix}-*`),
    names.arn('sns', `${prefix}-*`),
    names.arn('sqs', `${prefix}-*`),
    // Bundles lie here between their upload and the deployment, and the CDK brings none that is there already.
    assetBucketArn,
    `${assetBucketArn}/*`,
  ];
}

/**
 * Service control policy for TEAM's account: nobody changes what is deployed, administrators of the account included, but who deploys and who
 * acts when all else fails. It gives no rights. It does not bind AWS's services and service-linked roles, which act for themselves
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html); CloudFormation acts as a role, and is bound.
 * Throws where it grows longer than AWS takes.
 */
export function deployedPolicy(deployment: Deployment): Policy {
  const { names } = deployment;
  const others = unless(deployersOf(deployment));
  return within(
    maximumServiceControlPolicy,
    'the policy on what is deployed',
    policyOf(
      deny('Deployed', changes, deployed(deployment), others),
      // Of these buckets the service itself writes objects, and their own policies say who else does not.
      deny('Buckets', ['s3:DeleteBucket*', 's3:PutBucket*', 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:PutReplicationConfiguration'], [`arn:aws:s3:::${names.prefix}-*`], others),
      // These two have no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
      deny('BusPolicy', ['events:PutPermission', 'events:RemovePermission'], ['*'], others),
      // A mapping is named by an id of AWS's choice, and told by its function.
      deny('Mappings', ['lambda:CreateEventSourceMapping', 'lambda:DeleteEventSourceMapping', 'lambda:UpdateEventSourceMapping'], ['*'], {
        ...others,
        ArnLike: { 'lambda:FunctionArn': names.arn('lambda', `function:${names.prefix}-*`) },
      }),
    ),
  );
}
