import { accessApprovedV1, accessOverdueV1, accessRemovalDelayedV1, accessReviewOverdueV1, assignmentDriftDetectedV1, lifecycleStalledV1, type EventContract } from '@team/contracts';
import { resourceNames, type FunctionManifest, type ServiceManifest } from '@team/runtime';
import { watchesOfDoor } from '../door/door-watches.ts';
import type { Names } from '../names.ts';
import { metric, type Watch } from '../parts/alarms.ts';
import { saidMetric } from '../parts/must-say.ts';
import { outageMetric } from '../parts/outages.ts';
import { queueNamesOf } from '../queue-names.ts';

/** An event that somebody is told of as it comes, by which rule, and what it means. */
export interface Told {
  readonly contract: EventContract;
  readonly ruleName: string;
  readonly means: string;
  /** Pattern of the data, where not all of these events are told. */
  readonly only?: Readonly<Record<string, readonly boolean[]>>;
}

export function toldOf({ prefix }: Names): Told[] {
  const told: readonly Omit<Told, 'ruleName'>[] = [
    { contract: accessApprovedV1, only: { breakGlass: [true] }, means: 'BREAK GLASS: somebody was granted access without approval. See who, where and why: npx team show REQUEST. End it if it is not them' },
    { contract: accessReviewOverdueV1, means: 'BREAK GLASS that nobody has reviewed in time; it is said each day until somebody does. See docs/operations.md' },
    { contract: accessOverdueV1, means: 'Access did not end in time. See the dispatcher’s log and docs/operations.md' },
    { contract: accessRemovalDelayedV1, means: 'Identity Center could not remove an assignment yet; it is tried again' },
    { contract: assignmentDriftDetectedV1, means: 'Identity Center holds something else than TEAM wants: somebody changed it by hand' },
    { contract: lifecycleStalledV1, means: 'A request stopped half-way' },
  ];
  return told.map(({ contract, ...rest }) => ({ contract, ...rest, ruleName: `${prefix}-tell-${contract.detailType.replace(/\W/g, '-')}` }));
}

/** Metrics of what has a name here; none of them refers to another stack, so that what a release drops is not held by its alarms. */
export const metricOf = {
  queue: (QueueName: string, what: 'ApproximateAgeOfOldestMessage' | 'ApproximateNumberOfMessagesVisible') => metric('AWS/SQS', what, { QueueName }, 'Maximum'),
  function: (FunctionName: string, what: 'Errors' | 'Invocations' | 'Throttles') => metric('AWS/Lambda', what, { FunctionName }, 'Sum'),
  outage: (names: Names, service: string) => {
    const { namespace, metricName } = outageMetric(names, service);
    return metric(namespace, metricName, {}, 'Sum', 3);
  },
  rule: (names: Names, RuleName: string, what: 'InvocationsFailedToBeSentToDlq' | 'MatchedEvents') => metric('AWS/Events', what, { EventBusName: names.busName, RuleName }, 'Sum'),
};

/** Names of all functions of a deployment. */
export const functionNamesOf = (names: Names): string[] => names.manifests.flatMap(({ name, functions }) => Object.keys(functions).map((one) => names.functionName(name, one)));

/** Everything that is watched of a deployment. */
export function watchesOf(names: Names): Watch[] {
  const told = toldOf(names);
  return [
    ...told.map(({ contract, ruleName, means }) => ({ name: `said-${contract.detailType.replace(/\W/g, '-')}`, means, metric: metricOf.rule(names, ruleName, 'MatchedEvents'), threshold: 0, minutes: 1 })),
    ...queueNamesOf(names).deadLetters.map((queue) => ({
      name: `laid-down-${queue.replace(`${names.prefix}-`, '').replace(/\.fifo$/, '')}`,
      means: 'Messages were laid down. What to do with them stands in docs/operations.md',
      metric: metricOf.queue(queue, 'ApproximateNumberOfMessagesVisible'),
      threshold: 0,
      minutes: 1,
    })),
    ...told.map(({ ruleName }) => undelivered(names, ruleName, 'to the alarm topic')),
    ...names.manifests.flatMap((manifest) => watchesOfService(manifest, names)),
    ...watchesOfDoor(names),
  ];
}

const undelivered = (names: Names, rule: string, where: string): Watch => ({
  name: `undelivered-${rule.replace(`${names.prefix}-`, '')}`,
  means: `EventBridge cannot deliver ${where}, and cannot lay down either`,
  metric: metricOf.rule(names, rule, 'InvocationsFailedToBeSentToDlq'),
  threshold: 0,
  minutes: 1,
});

function watchesOfService(manifest: ServiceManifest, names: Names): Watch[] {
  return [
    {
      name: `outage-${manifest.name}`,
      means: `For ten minutes now ${manifest.name} puts work off, or cannot publish: something of AWS that it needs is down. See its logs and docs/operations.md`,
      metric: metricOf.outage(names, manifest.name),
      threshold: 0,
      // What is put off comes again within 144 seconds, so that no period of three minutes is without it.
      minutes: 12,
    },
    ...Object.entries(manifest.queues).flatMap(([name, { consumes }]) => [
      {
        name: `late-${manifest.name}-${name}`,
        means: `Messages wait for ${manifest.name} for more than five minutes: it fails or is throttled`,
        metric: metricOf.queue(names.queueName(manifest, name), 'ApproximateAgeOfOldestMessage'),
        threshold: 300,
        minutes: 3,
      },
      ...(consumes === undefined ? [] : [undelivered(names, resourceNames.rule(names.prefix, manifest.name, name), `to ${manifest.name}`)]),
    ]),
    ...Object.entries<FunctionManifest>(manifest.functions).flatMap(([name, definition]) => watchesOfFunction(manifest.name, name, names, definition)),
    ...Object.keys(manifest.tables).flatMap((table) => {
      const TableName = resourceNames.table(names.prefix, manifest.name, table);
      // An index that is used too much throttles its table, too.
      return (['ReadThrottleEvents', 'WriteThrottleEvents'] as const).map((what) => ({
        name: `table-${manifest.name}-${table}-${what}`,
        means: `DynamoDB throttles ${TableName}: one item or index is used too much at once`,
        metric: metric('AWS/DynamoDB', what, { TableName }, 'Sum'),
        threshold: 0,
        minutes: 3,
      }));
    }),
  ];
}

function unsaid(service: string, name: string, names: Names, { words, withinHours }: NonNullable<FunctionManifest['mustSay']>): Watch {
  const { namespace, metricName } = saidMetric(names, service, name);
  return {
    name: `unsaid-${service}-${name}`,
    means: `For ${withinHours} hours ${service} ${name} has not said "${words}", and it is to, each hour. See its log and docs/operations.md`,
    metric: metric(namespace, metricName, {}, 'Sum', 60),
    threshold: 1,
    minutes: withinHours * 60,
    mustGoOn: true,
  };
}

function watchesOfFunction(service: string, name: string, names: Names, { trigger, mustSay }: FunctionManifest): Watch[] {
  const functionName = names.functionName(service, name);
  const silent: Watch = {
    name: `silent-${service}-${name}`,
    means: `${service} ${name} was not run for five minutes, and it is to run every minute: its rule is off, or EventBridge may not invoke it. ${name === 'survey' ? 'Meanwhile people choose from an old list' : 'While a sweep is silent, nobody says what is overdue'}`,
    metric: metricOf.function(functionName, 'Invocations'),
    threshold: 1,
    minutes: 5,
    mustGoOn: true,
  };
  return [
    { name: `failing-${service}-${name}`, means: `${service} ${name} fails. ${'http' in trigger ? 'Whoever called was told that something went wrong' : 'Its messages are tried again, then laid down'}`, metric: metricOf.function(functionName, 'Errors'), threshold: 0, minutes: 3 },
    { name: `throttled-${service}-${name}`, means: `Lambda does not run ${service} ${name}: the account's concurrency is used up`, metric: metricOf.function(functionName, 'Throttles'), threshold: 0, minutes: 3 },
    ...('everyMinute' in trigger ? [silent] : []),
    ...(mustSay === undefined ? [] : [unsaid(service, name, names, mustSay)]),
  ];
}
