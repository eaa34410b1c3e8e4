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
};
