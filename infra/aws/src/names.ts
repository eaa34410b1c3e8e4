import { resourceNames, type ServiceManifest } from '@team/runtime';
import type { Environment } from './environment/schema.ts';
import { manifestsOf } from './manifests.ts';

/** Physical names and ARNs of one deployment. All are known before anything is deployed, so that policies name resources of other stacks. */
export interface Names {
  /** Every service that is deployed, in the order in which it is. */
  readonly manifests: readonly ServiceManifest[];
  readonly prefix: string;
  readonly region: string;
  readonly busName: string;
  readonly busArn: string;
  readonly alarmTopicArn: string;
  /** Of the portal's domain, where there is a portal: made by hand before the deployment. */
  readonly certificateArn?: string;
  stack(name: string): string;
  /** ARN of a resource in TEAM's own account and Region. */
  arn(service: string, resource: string): string;
  tableArn(service: string, table: string): string;
  queueName(manifest: ServiceManifest, queue: string): string;
  deadLetterQueueName(manifest: ServiceManifest, queue: string): string;
  queueArn(name: string): string;
  queueUrl(name: string): string;
  /** Name of a service's bucket. */
  bucketName(service: string, bucket: string): string;
  bucketArn(service: string, bucket: string): string;
  ruleArn(rule: string): string;
  functionName(service: string, name: string): string;
  /** Role of a function, named like it. */
  roleArn(service: string, name: string): string;
  /** Roles of all functions of a service. */
  roleArns(manifest: ServiceManifest): string[];
}

export function namesOf(environment: Environment): Names {
  const { name, region, accounts, portal } = environment;
  const prefix = `team-${name}`;
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${accounts.team}:${resource}`;
  const role = (roleName: string): string => `arn:aws:iam::${accounts.team}:role/${roleName}`;
  const bucketName = (service: string, bucket: string): string => resourceNames.bucket(prefix, service, bucket, accounts.team);
  const functionName = (service: string, one: string): string => `${prefix}-${service}-${one}`;
  const isFifo = (manifest: ServiceManifest, queue: string): boolean => manifest.queues[queue]?.fifo ?? false;
  return {
    manifests: manifestsOf(environment),
    prefix,
    region,
    busName: prefix,
    busArn: arn('events', `event-bus/${prefix}`),
    alarmTopicArn: arn('sns', `${prefix}-alarms`),
    ...(portal === undefined ? {} : { certificateArn: portal.certificateArn }),
    stack: (stack) => `${prefix}-${stack}`,
    arn,
    tableArn: (service, table) => arn('dynamodb', `table/${resourceNames.table(prefix, service, table)}`),
    queueName: (manifest, queue) => resourceNames.queue(prefix, manifest.name, queue, isFifo(manifest, queue)),
    deadLetterQueueName: (manifest, queue) => resourceNames.deadLetterQueue(prefix, manifest.name, queue, isFifo(manifest, queue)),
    queueArn: (queue) => arn('sqs', queue),
    queueUrl: (queue) => `https://sqs.${region}.amazonaws.com/${accounts.team}/${queue}`,
    bucketName,
    bucketArn: (service, bucket) => `arn:aws:s3:::${bucketName(service, bucket)}`,
    ruleArn: (rule) => arn('events', `rule/${prefix}/${rule}`),
    functionName,
    roleArn: (service, one) => role(functionName(service, one)),
    roleArns: (manifest) => Object.keys(manifest.functions).map((one) => role(functionName(manifest.name, one))),
  };
}
