import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup, LogStream, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { SinkOf } from '../environment/siem.ts';
import type { StackSetting } from '../stacks/setting.ts';
import type { SinkNames } from './sink-names.ts';

const logStreamName = 'delivery';

/** What a stream is made of: its bucket, and the key of both. */
interface Parts {
  readonly setting: StackSetting;
  readonly names: SinkNames;
  readonly key: IKey;
  readonly bucket: Bucket;
}

/** A stream that writes JSON lines into the bucket. */
export function streamToS3(scope: Construct, parts: Parts): CfnDeliveryStream {
  const { names, key, bucket } = parts;
  const { role, logging } = deliverer(scope, parts, []);
  return new CfnDeliveryStream(scope, 'stream', {
    ...usual(names, key),
    extendedS3DestinationConfiguration: {
      bucketArn: bucket.bucketArn,
      roleArn: role.roleArn,
      // https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
      prefix: 'ocsf/!{timestamp:yyyy/MM/dd/HH}/',
      errorOutputPrefix: 'failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/',
      bufferingHints: { intervalInSeconds: 60, sizeInMBs: 5 },
      compressionFormat: 'GZIP',
      encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: key.keyArn } },
      cloudWatchLoggingOptions: logging,
      // Events come without an end of line: https://docs.aws.amazon.com/firehose/latest/APIReference/API_Processor.html
      processingConfiguration: { enabled: true, processors: [{ type: 'AppendDelimiterToRecord', parameters: [{ parameterName: 'Delimiter', parameterValue: String.raw`\n` }] }] },
    },
  });
}

/** A stream into Splunk's collector; what that does not take for an hour lies in the bucket. */
export function streamToSplunk(scope: Construct, parts: Parts, { endpoint, secretArn, secretKeyArn }: SinkOf<'firehose-splunk'>): CfnDeliveryStream {
  const { names, key, bucket } = parts;
  // https://docs.aws.amazon.com/firehose/latest/dev/secrets-manager-how.html
  const token = [
    new PolicyStatement({ sid: 'Token', actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }),
    ...(secretKeyArn === undefined ? [] : [new PolicyStatement({ sid: 'TokensKey', actions: ['kms:Decrypt'], resources: [secretKeyArn] })]),
  ];
  const { role, logging } = deliverer(scope, parts, token);
  return new CfnDeliveryStream(scope, 'stream', {
    ...usual(names, key),
    splunkDestinationConfiguration: {
      hecEndpoint: endpoint,
      // What comes is one event of OCSF each, without Splunk's own envelope around it.
      hecEndpointType: 'Raw',
      hecAcknowledgmentTimeoutInSeconds: 300,
      retryOptions: { durationInSeconds: 3_600 },
      secretsManagerConfiguration: { enabled: true, secretArn, roleArn: role.roleArn },
      cloudWatchLoggingOptions: logging,
      s3BackupMode: 'FailedEventsOnly',
      s3Configuration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: 'failed/',
        bufferingHints: { intervalInSeconds: 60, sizeInMBs: 5 },
        compressionFormat: 'GZIP',
        encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: key.keyArn } },
        cloudWatchLoggingOptions: logging,
      },
    },
  });
}

const usual = (names: SinkNames, key: IKey) =>
  ({
    deliveryStreamName: names.stream,
    deliveryStreamType: 'DirectPut',
    deliveryStreamEncryptionConfigurationInput: { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: key.keyArn },
  }) as const;

/**
 * The role that a stream delivers as, and where it says what went wrong. What it may:
 * https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3
 */
function deliverer(scope: Construct, { setting: { environment, names: { arn } }, names, key, bucket }: Parts, more: readonly PolicyStatement[]) {
  const logGroup = new LogGroup(scope, 'log', { logGroupName: names.logGroup, retention: environment.retention.logsDays as RetentionDays, encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN });
  const logStream = new LogStream(scope, 'log-stream', { logGroup, logStreamName, removalPolicy: RemovalPolicy.RETAIN });
  const objects = `${names.bucketArn}/*`;
  const role = new Role(scope, 'delivery-role', {
    roleName: names.deliveryRole,
    assumedBy: new ServicePrincipal('firehose.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': environment.accounts.team }, ArnLike: { 'aws:SourceArn': names.streamArn } } }),
    inlinePolicies: {
      own: new PolicyDocument({
        statements: [
          new PolicyStatement({ sid: 'Bucket', actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], resources: [names.bucketArn] }),
          new PolicyStatement({ sid: 'Objects', actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], resources: [objects] }),
          new PolicyStatement({ sid: 'Encrypts', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }),
          new PolicyStatement({ sid: 'Says', actions: ['logs:PutLogEvents'], resources: [arn('logs', `log-group:${names.logGroup}:log-stream:${logStreamName}`)] }),
          ...more,
        ],
      }),
    },
  });
  Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${objects}]`, reason: 'Firehose names objects by the time of delivery; the bucket is the stream’s own.' });
  role.node.addDependency(bucket, logStream);
  return { role: role.withoutPolicyUpdates(), logging: { enabled: true, logGroupName: names.logGroup, logStreamName } };
}
