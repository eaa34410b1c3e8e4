import { resourceNames, type EvidenceKey, type LambdaConfig, type ServiceManifest } from '@team/runtime';
import { emittersIn } from '../access/emitters.ts';
import type { Environment } from '../environment/schema.ts';
import type { Names } from '../names.ts';

/** What a deployment tells the functions of a service. */
export function lambdaConfigOf(manifest: ServiceManifest, environment: Environment, names: Names): LambdaConfig {
  const { name, tables, queues, buckets, asks } = manifest;
  const { accounts } = environment;
  const key = (one: EvidenceKey): string => resourceNames.signingKeyAlias(names.prefix, one);
  return {
    busName: names.busName,
    ownAccount: environment.accounts.team,
    tables: Object.fromEntries(Object.keys(tables).map((table) => [table, resourceNames.table(names.prefix, name, table)])),
    queues: Object.fromEntries(
      Object.keys(queues).map((queue) => [
        queue,
        { url: names.queueUrl(names.queueName(manifest, queue)), deadLetterUrl: names.queueUrl(names.deadLetterQueueName(manifest, queue)) },
      ]),
    ),
    keys: { acceptance: key('acceptance'), proof: key('proof'), checkpoint: key('checkpoint') },
    ...(buckets === undefined ? {} : { buckets: Object.fromEntries(buckets.map((bucket) => [bucket, resourceNames.bucket(names.prefix, name, bucket, accounts.team)])) }),
    ...(asks === undefined ? {} : { asks: Object.fromEntries(asks.map((service) => [service, names.functionName(service, 'query')])) }),
    emitters: [...emittersIn(environment, names)],
    identityCenter: environment.identityCenter,
    quotas: environment.quotas,
    reconciliation: environment.reconciliation,
    ...activityOf(environment),
  };
}

/** What the functions need to know of it: where Athena reads is for IAM alone. */
function activityOf({ activity }: Environment): Pick<LambdaConfig, 'activity' | 'collectActivityAfterMinutes'> {
  if (activity.source === 'none') return { activity };
  if (activity.source !== 'athena') {
    const { collectAfterMinutes, ...source } = activity;
    return { activity: source, collectActivityAfterMinutes: collectAfterMinutes };
  }
  const { collectAfterMinutes, trail: _trail, ...source } = activity;
  return { activity: source, collectActivityAfterMinutes: collectAfterMinutes };
}
