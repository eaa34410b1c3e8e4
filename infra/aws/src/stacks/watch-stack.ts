import { Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, PeriodOverride, TextWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { alarmKeyPolicy } from '../access/key-policy.ts';
import { allowService } from '../access/statements.ts';
import { doorMetrics } from '../door/door-watches.ts';
import type { Environment } from '../environment/schema.ts';
import type { Names } from '../names.ts';
import { metric, raiseAlarms, type Watch } from '../parts/alarms.ts';
import { makeLastQueue } from '../parts/queues.ts';
import { queueNamesOf } from '../queue-names.ts';
import type { StackSetting } from './setting.ts';
import { functionNamesOf, metricOf, toldOf, watchesOf } from './watches.ts';

/** Who watches: alarms to one topic, and one dashboard. */
export class WatchStack extends Stack {
  constructor(parent: Construct, { environment, names, stackProps }: StackSetting) {
    super(parent, names.stack('watch'), { ...stackProps, description: `TEAM ${environment.name}: alarms and dashboard` });
    const key = new Key(this, 'key', { alias: `alias/${names.prefix}-alarms`, description: 'Alarms of TEAM', enableKeyRotation: true, policy: alarmKeyPolicy(environment) });
    const topic = new Topic(this, 'alarms', { topicName: `${names.prefix}-alarms`, masterKey: key, enforceSSL: true });
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': environment.accounts.team } };
    const tellRules = names.ruleArn(`${names.prefix}-tell-*`);
    topic.addToResourcePolicy(allowService('Alarms', 'cloudwatch.amazonaws.com', ['sns:Publish'], [names.alarmTopicArn], ofThisAccount));
    topic.addToResourcePolicy(allowService('Events', 'events.amazonaws.com', ['sns:Publish'], [names.alarmTopicArn], { ArnLike: { 'aws:SourceArn': tellRules } }));
    for (const email of environment.alarms.emails) topic.addSubscription(new EmailSubscription(email));

    const untold = makeLastQueue(this, 'untold', `${names.prefix}-watch-dlq`, names, key, environment.roles.operators, tellRules);
    for (const { contract, ruleName, means, only } of toldOf(names)) {
      new CfnRule(this, `tell-${contract.detailType}`, {
        name: ruleName,
        eventBusName: names.busName,
        eventPattern: { source: [contract.source], 'detail-type': [contract.detailType], 'replay-name': [{ exists: false }], ...(only === undefined ? {} : { detail: { data: only } }) },
        targets: [
          {
            id: 'alarms',
            arn: topic.topicArn,
            deadLetterConfig: { arn: untold.queueArn },
            inputTransformer: { inputPathsMap: { request: '$.detail.metadata.requestId', event: '$.detail.metadata.eventId' }, inputTemplate: `"${means}. ${contract.detailType}, request <request>, event <event>"` },
          },
        ],
      });
    }
    const watches = watchesOf(names);
    raiseAlarms(this, names.prefix, topic, watches);
    this.#makeDashboard(environment, names, watches);
  }

  #makeDashboard(environment: Environment, names: Names, watches: readonly Watch[]): void {
    const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 12, height: 6 });
    const of = (begins: string): IMetric[] => watches.flatMap(({ name, metric: one }) => (name.startsWith(begins) ? [one] : []));
    const functions = functionNamesOf(names);
    const invocations = functions.map((one) => metricOf.function(one, 'Invocations'));
    const durations = functions.map((FunctionName) => metric('AWS/Lambda', 'Duration', { FunctionName }, 'p99'));
    const ages = queueNamesOf(names).read.map((queue) => metricOf.queue(queue, 'ApproximateAgeOfOldestMessage'));
    const { calls, failed, blocked, latency } = doorMetrics(names);
    const door = environment.portal === undefined ? [] : [[graph('Door: calls, errors, refused', [calls, failed, blocked]), graph('Door: time to answer (p99)', [latency])]];
    new Dashboard(this, 'dashboard', {
      dashboardName: names.prefix,
      periodOverride: PeriodOverride.AUTO,
      widgets: [
        [new TextWidget({ markdown: `# TEAM ${names.prefix}\nWhat each alarm means stands in its description; what to do in docs/operations.md.`, width: 24, height: 2 })],
        [graph('Said: overdue, delayed, drift, stalled', of('said-')), graph('Laid down', of('laid-down-'))],
        [graph('Events on the bus', [metric('AWS/Events', 'PutEventsEntriesCount', { EventBusName: names.busName }, 'Sum')]), graph('Age of the oldest message (s)', ages)],
        [graph('Invocations', invocations), graph('Errors, throttles and outages', [...of('failing-'), ...of('throttled-'), ...of('outage-')])],
        [graph('Duration (p99)', durations), graph('Tables: throttled requests', of('table-'))],
        ...door,
      ],
    });
  }
}
