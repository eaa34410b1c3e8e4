import { on, through, type Need } from './needs.ts';
import { needsOfPortal } from './portal-types.ts';
import { needsOfSiem } from './siem-types.ts';

/**
 * What CloudFormation needs, as a role, for each type of resource that a template has: what the type's handlers ask for in their schema
 * (https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html#schema-properties-handlers), less what our templates
 * have no property for. What every template says to retain has no deletion here: then nobody deletes it by mistake.
 */
export const needsOf: Readonly<Record<string, readonly Need[]>> = {
  'AWS::CloudWatch::Alarm': [
    { actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource', 'cloudwatch:PutMetricAlarm', 'cloudwatch:TagResource', 'cloudwatch:UntagResource'], on: on.alarms },
  ],
  'AWS::CloudWatch::Dashboard': [{ actions: ['cloudwatch:DeleteDashboards', 'cloudwatch:GetDashboard', 'cloudwatch:PutDashboard'], on: on.dashboard }],
  'AWS::DynamoDB::Table': [
    {
      actions: [
        'dynamodb:CreateTable', 'dynamodb:DeleteResourcePolicy', 'dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeContributorInsights', 'dynamodb:DescribeKinesisStreamingDestination', 'dynamodb:DescribeTable',
        'dynamodb:DescribeTimeToLive', 'dynamodb:GetResourcePolicy', 'dynamodb:ListTagsOfResource', 'dynamodb:PutResourcePolicy', 'dynamodb:TagResource', 'dynamodb:UntagResource', 'dynamodb:UpdateContinuousBackups',
        'dynamodb:UpdateTable', 'dynamodb:UpdateTimeToLive',
      ],
      on: on.tables,
    },
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html
    { actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:RevokeGrant'], on: on.keys, when: through('dynamodb') },
  ],
  'AWS::EventSchemas::Registry': [
    { actions: ['schemas:CreateRegistry', 'schemas:DeleteRegistry', 'schemas:DescribeRegistry', 'schemas:ListTagsForResource', 'schemas:TagResource', 'schemas:UntagResource', 'schemas:UpdateRegistry'], on: on.registry },
  ],
  'AWS::EventSchemas::Schema': [
    { actions: ['schemas:CreateSchema', 'schemas:DeleteSchema', 'schemas:DescribeSchema', 'schemas:ListTagsForResource', 'schemas:TagResource', 'schemas:UntagResource', 'schemas:UpdateSchema'], on: on.schemas },
  ],
  'AWS::Events::Archive': [
    { actions: ['events:CreateArchive'], on: on.archiveAndBus },
    { actions: ['events:DescribeArchive', 'events:UpdateArchive'], on: on.archive },
    { actions: ['kms:DescribeKey'], on: on.keys },
  ],
  'AWS::Events::EventBus': [
    { actions: ['events:CreateEventBus', 'events:DeleteEventBus', 'events:DescribeEventBus', 'events:ListTagsForResource', 'events:TagResource', 'events:UntagResource', 'events:UpdateEventBus'], on: on.bus },
    { actions: ['events:PutPermission', 'events:RemovePermission'], on: on.everything },
    { actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'], on: on.keys },
  ],
  'AWS::Events::Rule': [
    {
      actions: [
        'events:DeleteRule', 'events:DescribeRule', 'events:DisableRule', 'events:EnableRule', 'events:ListTagsForResource', 'events:ListTargetsByRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets',
        'events:TagResource', 'events:UntagResource',
      ],
      on: on.rules,
    },
  ],
  'AWS::IAM::Role': [
    {
      actions: [
        'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:ListRoleTags', 'iam:PutRolePolicy', 'iam:TagRole', 'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole', 'iam:UpdateRoleDescription',
      ],
      on: on.roles,
    },
  ],
  'AWS::KMS::Alias': [
    { actions: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'], on: on.aliasesAndKeys },
    { actions: ['kms:ListAliases'], on: on.everything },
  ],
  'AWS::KMS::Key': [
    { actions: ['kms:CreateKey'], on: on.everything },
    {
      actions: [
        'kms:DescribeKey', 'kms:DisableKeyRotation', 'kms:EnableKeyRotation', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags', 'kms:PutKeyPolicy', 'kms:TagResource', 'kms:UntagResource', 'kms:UpdateKeyDescription',
      ],
      on: on.keys,
    },
  ],
  'AWS::Lambda::EventInvokeConfig': [
    { actions: ['lambda:DeleteFunctionEventInvokeConfig', 'lambda:GetFunctionEventInvokeConfig', 'lambda:PutFunctionEventInvokeConfig', 'lambda:UpdateFunctionEventInvokeConfig'], on: on.functions },
  ],
  'AWS::Lambda::EventSourceMapping': [
    { actions: ['lambda:CreateEventSourceMapping'], on: on.everything, when: on.itsFunctions },
    { actions: ['lambda:DeleteEventSourceMapping', 'lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'], on: on.mappings, when: on.itsFunctions },
    { actions: ['lambda:ListTags', 'lambda:TagResource', 'lambda:UntagResource'], on: on.mappings },
  ],
  'AWS::Lambda::Function': [
    {
      actions: [
        'lambda:CreateFunction', 'lambda:DeleteFunction', 'lambda:DeleteFunctionConcurrency', 'lambda:GetFunction', 'lambda:GetFunctionCodeSigningConfig', 'lambda:GetFunctionRecursionConfig', 'lambda:GetFunctionScalingConfig',
        'lambda:GetRuntimeManagementConfig', 'lambda:ListTags', 'lambda:PutFunctionConcurrency', 'lambda:TagResource', 'lambda:UntagResource', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration',
      ],
      on: on.functions,
    },
    { actions: ['iam:PassRole'], on: on.roles, when: () => ({ StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }) },
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], on: on.bundles },
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
    { actions: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'], on: on.keys },
  ],
  'AWS::Lambda::Permission': [{ actions: ['lambda:AddPermission', 'lambda:GetPolicy', 'lambda:RemovePermission'], on: on.functions }],
  'AWS::Logs::LogGroup': [
    {
      actions: [
        'logs:AssociateKmsKey', 'logs:CreateLogGroup', 'logs:DisassociateKmsKey', 'logs:GetDataProtectionPolicy', 'logs:ListTagsForResource', 'logs:PutRetentionPolicy', 'logs:TagResource', 'logs:UntagResource',
      ],
      on: on.logGroups,
    },
    { actions: ['logs:DescribeIndexPolicies', 'logs:DescribeLogGroups'], on: on.everything },
  ],
  'AWS::Logs::MetricFilter': [{ actions: ['logs:DeleteMetricFilter', 'logs:DescribeMetricFilters', 'logs:PutMetricFilter'], on: on.logGroups }],
  'AWS::S3::Bucket': [
    {
      actions: [
        's3:CreateBucket', 's3:GetAccelerateConfiguration', 's3:GetAnalyticsConfiguration', 's3:GetBucketAcl', 's3:GetBucketCORS', 's3:GetBucketLogging', 's3:GetBucketNotification', 's3:GetBucketObjectLockConfiguration',
        's3:GetBucketOwnershipControls', 's3:GetBucketPublicAccessBlock', 's3:GetBucketTagging', 's3:GetBucketVersioning', 's3:GetBucketWebsite', 's3:GetEncryptionConfiguration', 's3:GetIntelligentTieringConfiguration',
        's3:GetInventoryConfiguration', 's3:GetLifecycleConfiguration', 's3:GetMetricsConfiguration', 's3:GetReplicationConfiguration', 's3:ListBucket', 's3:ListTagsForResource', 's3:PutBucketLogging',
        's3:PutBucketObjectLockConfiguration', 's3:PutBucketOwnershipControls', 's3:PutBucketPublicAccessBlock', 's3:PutBucketTagging', 's3:PutBucketVersioning', 's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration', 's3:TagResource', 's3:UntagResource',
      ],
      on: on.buckets,
    },
  ],
  'AWS::S3::BucketPolicy': [{ actions: ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy'], on: on.buckets }],
  'AWS::SNS::Subscription': [{ actions: ['sns:GetSubscriptionAttributes', 'sns:ListSubscriptionsByTopic', 'sns:SetSubscriptionAttributes', 'sns:Subscribe', 'sns:Unsubscribe'], on: on.topicAndSubscriptions }],
  'AWS::SNS::Topic': [
    { actions: ['sns:CreateTopic', 'sns:DeleteTopic', 'sns:GetDataProtectionPolicy', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:ListTagsForResource', 'sns:SetTopicAttributes', 'sns:TagResource', 'sns:UntagResource'], on: on.topicAndSubscriptions },
  ],
  'AWS::SNS::TopicPolicy': [{ actions: ['sns:GetTopicAttributes', 'sns:SetTopicAttributes'], on: on.topicAndSubscriptions }],
  'AWS::SQS::Queue': [
    { actions: ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListQueueTags', 'sqs:SetQueueAttributes', 'sqs:TagQueue', 'sqs:UntagQueue'], on: on.queues },
  ],
  'AWS::SQS::QueuePolicy': [{ actions: ['sqs:GetQueueAttributes', 'sqs:SetQueueAttributes'], on: on.queues }],
  ...needsOfPortal,
  ...needsOfSiem,
};

/**
 * What CloudFormation needs for a template as such: the version of the bootstrap, which a parameter of each reads
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html).
 */
export const needsOfEveryTemplate: readonly Need[] = [{ actions: ['ssm:GetParameters'], on: on.bootstrapVersion }];
