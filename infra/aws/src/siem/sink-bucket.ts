import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allowService, onlyRoles } from '../access/statements.ts';
import type { SinkNames } from './sink-names.ts';

const closed = { blockPublicAccess: BlockPublicAccess.BLOCK_ALL, enforceSSL: true, minimumTLSVersion: 1.2, objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED, removalPolicy: RemovalPolicy.RETAIN } as const;

/** How long it is written down who read what is delivered. */
const accessLogDays = 400;

/** A bucket for what is delivered, and one for who read it. Both stay when the stack goes. `readers` read, also from other accounts. */
export function makeSinkBucket(scope: Construct, names: SinkNames, account: string, key: IKey, keptDays: number, readers: readonly string[]): Bucket {
  const accessLogs = new Bucket(scope, 'access-logs', {
    ...closed,
    bucketName: names.accessLogBucket,
    // S3 writes access logs into no bucket with a key of ours: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ id: 'kept', expiration: Duration.days(accessLogDays) }],
  });
  Validations.of(accessLogs).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'This bucket holds access logs; logs of who reads logs would have no end.' });
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
  accessLogs.addToResourcePolicy(allowService('AccessLogs', 'logging.s3.amazonaws.com', ['s3:PutObject'], [accessLogs.arnForObjects('*')], { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': names.bucketArn } }));
  const bucket = new Bucket(scope, 'bucket', {
    ...closed,
    bucketName: names.bucket,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    versioned: true,
    lifecycleRules: [{ id: 'kept', expiration: Duration.days(keptDays), noncurrentVersionExpiration: Duration.days(keptDays), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
  });
  const { defaultChild } = bucket.node;
  if (!(defaultChild instanceof CfnBucket)) throw new TypeError('a bucket of the CDK is no CfnBucket any more');
  defaultChild.loggingConfiguration = { destinationBucketName: names.accessLogBucket, logFilePrefix: 'access/' };
  defaultChild.node.addDependency(accessLogs);
  const accounts = [...new Set(readers.map((role) => role.split(':')[4] ?? ''))];
  accounts.forEach((reader, i) => {
    const to = (sid: string, actions: string[], resources: string[]): PolicyStatement =>
      new PolicyStatement({ sid: `${sid}${i}`, principals: [new ArnPrincipal(`arn:aws:iam::${reader}:root`)], actions, resources, conditions: onlyRoles(readers) });
    bucket.addToResourcePolicy(to('Lists', ['s3:ListBucket'], [bucket.bucketArn]));
    bucket.addToResourcePolicy(to('Reads', ['s3:GetObject'], [bucket.arnForObjects('*')]));
  });
  return bucket;
}
