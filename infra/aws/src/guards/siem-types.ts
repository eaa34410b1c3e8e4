import { on, passedTo, through, type Need } from './needs.ts';

/** What CloudFormation needs for the types of resources that deliver to a SIEM; a deployment without one is given none of it. */
export const needsOfSiem: Readonly<Record<string, readonly Need[]>> = {
  'AWS::Events::ApiDestination': [
    { actions: ['events:CreateApiDestination', 'events:DescribeApiDestination'], on: on.siemDestinationsAndConnections },
    { actions: ['events:DeleteApiDestination', 'events:UpdateApiDestination'], on: on.siemDestinations },
    // The rule calls it in a role.
    { actions: ['iam:PassRole'], on: on.roles, when: passedTo('events') },
  ],
  'AWS::Events::Connection': [
    { actions: ['events:CreateConnection', 'events:DeleteConnection', 'events:DescribeConnection', 'events:UpdateConnection'], on: on.siemConnections },
    { actions: ['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret', 'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'], on: on.connectionSecrets },
    { actions: ['iam:CreateServiceLinkedRole'], on: on.connectionsRole, when: () => ({ StringEquals: { 'iam:AWSServiceName': 'apidestinations.events.amazonaws.com' } }) },
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
    { actions: ['secretsmanager:GetSecretValue'], on: on.siemSecrets },
    { actions: ['kms:Decrypt'], on: on.siemSecretKeys, when: through('secretsmanager') },
  ],
  'AWS::KinesisFirehose::DeliveryStream': [
    {
      actions: [
        'firehose:CreateDeliveryStream', 'firehose:DeleteDeliveryStream', 'firehose:DescribeDeliveryStream', 'firehose:ListTagsForDeliveryStream', 'firehose:StartDeliveryStreamEncryption', 'firehose:StopDeliveryStreamEncryption',
        'firehose:TagDeliveryStream', 'firehose:UntagDeliveryStream', 'firehose:UpdateDestination',
      ],
      on: on.siemStreams,
    },
    // Firehose delivers in one role, and the rule brings in another.
    { actions: ['iam:PassRole'], on: on.roles, when: passedTo('firehose') },
    { actions: ['iam:PassRole'], on: on.roles, when: passedTo('events') },
    // https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeliveryStreamEncryptionConfigurationInput.html
    { actions: ['kms:CreateGrant', 'kms:DescribeKey'], on: on.keys },
    {
      actions: ['logs:AssociateKmsKey', 'logs:CreateLogGroup', 'logs:DisassociateKmsKey', 'logs:GetDataProtectionPolicy', 'logs:ListTagsForResource', 'logs:PutRetentionPolicy', 'logs:TagResource', 'logs:UntagResource'],
      on: on.siemLogGroups,
    },
  ],
  'AWS::Logs::LogStream': [
    { actions: ['logs:DescribeLogStreams'], on: on.siemLogGroups },
    { actions: ['logs:CreateLogStream'], on: on.siemLogStreams },
  ],
  'AWS::S3::Bucket': [
    {
      actions: [
        's3:CreateBucket', 's3:GetAccelerateConfiguration', 's3:GetAnalyticsConfiguration', 's3:GetBucketCORS', 's3:GetBucketLogging', 's3:GetBucketNotification', 's3:GetBucketObjectLockConfiguration', 's3:GetBucketOwnershipControls',
        's3:GetBucketPublicAccessBlock', 's3:GetBucketTagging', 's3:GetBucketVersioning', 's3:GetBucketWebsite', 's3:GetEncryptionConfiguration', 's3:GetIntelligentTieringConfiguration', 's3:GetInventoryConfiguration',
        's3:GetLifecycleConfiguration', 's3:GetMetricsConfiguration', 's3:GetReplicationConfiguration', 's3:ListBucket', 's3:ListTagsForResource', 's3:PutBucketLogging', 's3:PutBucketOwnershipControls', 's3:PutBucketPublicAccessBlock',
        's3:PutBucketTagging', 's3:PutBucketVersioning', 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:TagResource', 's3:UntagResource',
      ],
      on: on.siemBuckets,
    },
  ],
  'AWS::S3::BucketPolicy': [{ actions: ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy'], on: on.siemBuckets }],
};
