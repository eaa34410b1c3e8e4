import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { FunctionManifest, ServiceManifest } from '@team/runtime';
import { allowService, denyOthers } from '../access/statements.ts';
import type { Environment } from '../environment/schema.ts';
import type { Names } from '../names.ts';

/** Nobody's: objects stay as they were laid down, and nothing hides them. Object Lock alone would let a delete marker be put over one. */
const never = ['s3:BypassGovernanceRetention', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectLegalHold', 's3:PutObjectRetention', 's3:ReplicateDelete'];

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;

/**
 * Buckets of a service, whose objects are locked in compliance mode: for as long as the environment says nobody removes or replaces one, the
 * root user of the account included (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html). Who calls them is logged in a
 * bucket beside.
 */
export function makeBuckets(scope: Construct, manifest: ServiceManifest, environment: Environment, names: Names, key: IKey): void {
  const { buckets = [], name: service } = manifest;
  if (buckets.length === 0) return;
  const logName = names.bucketName(service, 'access-log');
  const log = new Bucket(scope, 'access-log-bucket', {
    bucketName: logName,
    ...closed,
    // Who delivers access logs has no right to keys of others: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    encryption: BucketEncryption.S3_MANAGED,
    versioned: true,
    lifecycleRules: [{ expiration: Duration.days(environment.retention.logsDays), noncurrentVersionExpiration: Duration.days(1) }],
  });
  Validations.of(log).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'This bucket is where accesses to the others are logged; its own would be logged in it.' });
  const sources = buckets.map((bucket) => names.bucketArn(service, bucket));
  const delivered = { ArnLike: { 'aws:SourceArn': sources }, StringEquals: { 'aws:SourceAccount': environment.accounts.team } };
  log.addToResourcePolicy(allowService('AccessLogs', 'logging.s3.amazonaws.com', ['s3:PutObject'], [`${names.bucketArn(service, 'access-log')}/*`], delivered));

  for (const bucket of buckets) {
    const objects = [`${names.bucketArn(service, bucket)}/*`];
    const made = new Bucket(scope, `${bucket}-bucket`, {
      bucketName: names.bucketName(service, bucket),
      ...closed,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(environment.retention.archiveDays)),
    });
    // Said here and not by `serverAccessLogsBucket`, which would open the other bucket by an ACL, and it takes none.
    if (made.node.defaultChild instanceof CfnBucket) made.node.defaultChild.loggingConfiguration = { destinationBucketName: logName, logFilePrefix: `${bucket}/` };
    made.node.addDependency(log);
    made.addToResourcePolicy(new PolicyStatement({ sid: 'NobodyRemoves', effect: Effect.DENY, principals: [new AnyPrincipal()], actions: never, resources: objects }));
    made.addToResourcePolicy(denyOthers('NobodyElseWrites', ['s3:PutObject'], rolesWith('s3:PutObject', manifest, names), objects));
    made.addToResourcePolicy(denyOthers('NobodyElseReads', ['s3:GetObject', 's3:GetObjectVersion'], [...rolesWith('s3:GetObject', manifest, names), ...environment.roles.operators], objects));
  }
}

const rolesWith = (action: string, { name, functions }: ServiceManifest, names: Names): string[] =>
  Object.entries<FunctionManifest>(functions).flatMap(([one, { actions }]) => (actions.includes(action) ? [names.roleArn(name, one)] : []));
