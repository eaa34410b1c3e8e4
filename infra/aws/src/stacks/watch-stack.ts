import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, PeriodOverride, TextWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { accessOverdueV1, accessRemovalDelayedV1, assignmentDriftDetectedV1, lifecycleStalledV1, type EventContract } from '@team/contracts';
import { resourceNames } from '@team/runtime';
import { alarmKeyPolicy } from '../access/key-policy.ts';
import { allowService } from '../access/statements.ts';
import { metric, raiseAlarms, type Watch } from '../parts/alarms.ts';
import { makeLastQueue } from '../parts/queues.ts';
import type { BusStack } from './bus-stack.ts';
import type { ServiceStack } from './service-stack.ts';
import type { StackSetting } from './setting.ts';

export interface WatchStackSetting extends StackSetting {
  readonly bus: BusStack;
  readonly services: readonly ServiceStack[];
}

/** Events that somebody is told of as they come, and what each means. */
const told: readonly { readonly contract: EventContract; readonly means: string }[] = [
  { contract: accessOverdueV1, means: 'Access did not end in time. See the dispatcher’s log and docs/operations.md' },
  { contract: accessRemovalDelayedV1, means: 'Identity Center could not remove an assignment yet; it is tried again' },
  { contract: assignmentDriftDetectedV1, means: 'Identity Center holds something else than TEAM wants: somebody changed it by hand' },
  { contract: lifecycleStalledV1, means: 'A request stopped half-way' },
];

/** Who watches: alarms to one topic, and one dashboard. */
export class WatchStack extends Stack {
  constructor(parent: Construct, { environment, names, stackProps, bus, services }: WatchStackSetting) {
    super(parent, names.stack('watch'), { ...stackProps, description: `TEAM ${environment.name}: alarms and dashboard` });
    const key = new Key(this, 'key', { alias: `alias/${names.prefix}-alarms`, description: 'Alarms of TEAM', enableKeyRotation: true, policy: alarmKeyPolicy(environment) });
    const topic = new Topic(this, 'alarms', { topicName: `${names.prefix}-alarms`, masterKey: key, enforceSSL: true });
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': environment.accounts.team } };
    topic.addToResourcePolicy(allowService('Alarms', 'cloudwatch.amazonaws.com', ['sns:Publish'], [names.alarmTopicArn], ofThisAccount));
    topic.addToResourcePolicy(
      allowService('Events', 'events.amazonaws.com', ['sns:Publish'], [names.alarmTopicArn], { ArnLike: { 'aws:SourceArn': names.ruleArn(`${names.prefix}-tell-*`) } }),
    );
    for (const email of environment.alarms.emails) topic.addSubscription(new EmailSubscription(email));

    const tellRules = names.ruleArn(`${names.prefix}-tell-*`);
    const untold = makeLastQueue(this, 'untold', `${names.prefix}-watch-dlq`, names, key, environment.roles.operators, tellRules);
    const rules = told.map(({ contract, means }) => {
      const ruleName = `${names.prefix}-tell-${contract.detailType.replace(/\W/g, '-')}`;
      new CfnRule(this, `tell-${contract.detailType}`, {
        name: ruleName,
        eventBusName: names.busName,
        eventPattern: { source: [contract.source], 'detail-type': [contract.detailType], 'replay-name': [{ exists: false }] },
        targets: [
          {
            id: 'alarms',
            arn: topic.topicArn,
            deadLetterConfig: { arn: untold.queueArn },
            inputTransformer: { inputPathsMap: { request: '$.detail.metadata.requestId', event: '$.detail.metadata.eventId' }, inputTemplate: `"${means}. ${contract.detailType}, request <request>, event <event>"` },
          },
        ],
      });
      return { ruleName, contract, means };
    });

    const watches: Watch[] = [
      ...rules.map(({ ruleName, contract, means }) => ({
        name: `said-${contract.detailType.replace(/\W/g, '-')}`,
        means,
        metric: metric('AWS/Events', 'MatchedEvents', { EventBusName: names.busName, RuleName: ruleName }, 'Sum'),
        threshold: 0,
        minutes: 1,
      })),
      ...[bus.deadLetters, untold, ...services.flatMap(({ queues, cronDeadLetters }) => [...[...queues.values()].map(({ deadLetters }) => deadLetters), cronDeadLetters])].map((queue) => ({
        name: `laid-down-${queue.node.path.replace(/\W/g, '-').replace(`${names.prefix}-`, '')}`,
        means: 'Messages were laid down. See what and why with "npx team redrive", and put them back when the cause is mended',
        metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(1) }),
        threshold: 0,
        minutes: 1,
      })),
      ...services.flatMap((service) => watchesOf(service, names.prefix)),
    ];
    raiseAlarms(this, names.prefix, topic, watches);
    this.#makeDashboard(names.prefix, names.busName, services, watches);
  }

  #makeDashboard(prefix: string, busName: string, services: readonly ServiceStack[], watches: readonly Watch[]): void {
    const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 12, height: 6 });
    const of = (begins: string): IMetric[] => watches.flatMap(({ name, metric: one }) => (name.startsWith(begins) ? [one] : []));
    const queues = services.flatMap((service) => [...service.queues.values()].map(({ queue }) => queue));
    const functions = services.flatMap((service) => [...service.functions.values()]);
    new Dashboard(this, 'dashboard', {
      dashboardName: prefix,
      periodOverride: PeriodOverride.AUTO,
      widgets: [
        [new TextWidget({ markdown: `# TEAM ${prefix}\nWhat each alarm means stands in its description; what to do in docs/operations.md.`, width: 24, height: 2 })],
        [graph('Said: overdue, delayed, drift, stalled', of('said-')), graph('Laid down', of('laid-down-'))],
        [graph('Events on the bus', [metric('AWS/Events', 'PutEventsEntriesCount', { EventBusName: busName }, 'Sum')]), graph('Age of the oldest message (s)', queues.map((queue) => queue.metricApproximateAgeOfOldestMessage()))],
        [graph('Invocations', functions.map((one) => one.metricInvocations())), graph('Errors and throttles', functions.flatMap((one) => [one.metricErrors(), one.metricThrottles()]))],
        [graph('Duration (p99)', functions.map((one) => one.metricDuration({ statistic: 'p99' }))), graph('Tables: throttled requests', of('table-'))],
      ],
    });
  }
}

/** What is watched of one service. */
function watchesOf({ manifest, queues, functions, ruleNames }: ServiceStack, prefix: string): Watch[] {
  const minute = { period: Duration.minutes(1) };
  return [
    ...[...queues].map(([name, { queue }]) => ({
      name: `late-${manifest.name}-${name}`,
      means: `Messages wait for ${manifest.name} for more than five minutes: it fails, is throttled, or AWS is down`,
      metric: queue.metricApproximateAgeOfOldestMessage({ ...minute, statistic: 'Maximum' }),
      threshold: 300,
      minutes: 3,
    })),
    ...[...functions].flatMap(([name, one]) => [
      { name: `failing-${manifest.name}-${name}`, means: `${manifest.name} ${name} fails. Its messages are tried again, then laid down`, metric: one.metricErrors({ ...minute, statistic: 'Sum' }), threshold: 0, minutes: 3 },
      { name: `throttled-${manifest.name}-${name}`, means: `Lambda does not run ${manifest.name} ${name}: the account's concurrency is used up`, metric: one.metricThrottles({ ...minute, statistic: 'Sum' }), threshold: 0, minutes: 3 },
    ]),
    ...Object.keys(manifest.tables).flatMap((table) => {
      const TableName = resourceNames.table(prefix, manifest.name, table);
      // An index that is used too much throttles its table, too.
      return (['ReadThrottleEvents', 'WriteThrottleEvents'] as const).map((what) => ({
        name: `table-${manifest.name}-${table}-${what}`,
        means: `DynamoDB throttles ${TableName}: one item or index is used too much at once`,
        metric: metric('AWS/DynamoDB', what, { TableName }, 'Sum'),
        threshold: 0,
        minutes: 3,
      }));
    }),
    ...ruleNames.map((rule) => ({
      name: `undelivered-${rule.replace(`${prefix}-`, '')}`,
      means: `EventBridge cannot deliver to ${manifest.name}, and cannot lay down either`,
      metric: metric('AWS/Events', 'InvocationsFailedToBeSentToDlq', { EventBusName: prefix, RuleName: rule }, 'Sum'),
      threshold: 0,
      minutes: 1,
    })),
  ];
}
