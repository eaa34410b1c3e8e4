import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Environment } from '../environment/schema.ts';
import { allow, type Conditions } from './statements.ts';

/** Only what Athena calls for the caller: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html */
const throughAthena: Conditions = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } };

/**
 * What Athena does as whoever begins a query: it looks the table up, reads the trail's files and writes the results. Nothing where no
 * query is begun. https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html, …/fine-grained-access-to-glue-resources.html
 */
export function athenaOnBehalf(actions: readonly string[], { activity, region, accounts: { team } }: Environment): PolicyStatement[] {
  if (activity.source !== 'athena' || !actions.includes('athena:StartQueryExecution')) return [];
  const { database, table, trail, outputLocation } = activity;
  const glue = (resource: string): string => `arn:aws:glue:${region}:${team}:${resource}`;
  const [, results = '', folder = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(outputLocation) ?? [];
  return [
    allow('DatabaseThroughAthena', ['glue:GetDatabase'], [glue('catalog'), glue(`database/${database}`)], throughAthena),
    allow('TableThroughAthena', ['glue:GetPartitions', 'glue:GetTable'], [glue('catalog'), glue(`database/${database}`), glue(`table/${database}/${table}`)], throughAthena),
    allow('TrailThroughAthena', ['s3:GetObject'], [`arn:aws:s3:::${trail.bucket}/${trail.prefix}*`], throughAthena),
    allow('TrailListedThroughAthena', ['s3:ListBucket'], [`arn:aws:s3:::${trail.bucket}`], { ...throughAthena, StringLike: { 's3:prefix': [`${trail.prefix}*`] } }),
    allow('ResultsOfAthena', ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], [`arn:aws:s3:::${results}/${folder}*`]),
    allow('ResultsBucketOfAthena', ['s3:GetBucketLocation', 's3:ListBucket'], [`arn:aws:s3:::${results}`]),
    ...(trail.keyArn === undefined ? [] : [allow('TrailKeyThroughAthena', ['kms:Decrypt'], [trail.keyArn], throughAthena)]),
  ];
}
