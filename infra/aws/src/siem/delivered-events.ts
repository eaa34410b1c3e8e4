import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { auditRecordedV1 } from '@team/contracts';
import type { StackSetting } from '../stacks/setting.ts';
import { makeLastQueue } from '../parts/queues.ts';
import type { SinkNames } from './sink-names.ts';

/** Where a rule brings events: what it calls there, and how long it goes on trying (seconds). */
export interface RuleTarget {
  readonly arn: string;
  readonly actions: readonly string[];
  readonly patienceSeconds: number;
}

/**
 * The rule that brings each `AuditRecorded` of the audit service to a place, as the OCSF object in it. What cannot be brought is laid down. Events
 * that an archive replays match too: that is how a gap is filled.
 */
export function deliverRecorded(scope: Construct, { environment, names }: StackSetting, sink: SinkNames, key: IKey, { arn, actions, patienceSeconds }: RuleTarget): void {
  const { accounts, roles } = environment;
  const deadLetters = makeLastQueue(scope, 'dlq', sink.deadLetters, names, key, roles.operators, sink.ruleArn);
  const role = new Role(scope, 'events-role', {
    roleName: sink.rulesRole,
    assumedBy: new ServicePrincipal('events.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': accounts.team }, ArnEquals: { 'aws:SourceArn': sink.ruleArn } } }),
    inlinePolicies: { own: new PolicyDocument({ statements: [new PolicyStatement({ sid: 'Delivers', actions: [...actions], resources: [arn] })] }) },
  });
  const rule = new CfnRule(scope, 'rule', {
    name: sink.rule,
    description: 'What is recorded, to a SIEM',
    eventBusName: names.busName,
    eventPattern: { account: [accounts.team], source: [auditRecordedV1.source], 'detail-type': [auditRecordedV1.detailType] },
    targets: [
      {
        id: 'siem',
        arn,
        roleArn: role.roleArn,
        inputPath: '$.detail.data.ocsf',
        deadLetterConfig: { arn: deadLetters.queueArn },
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
        retryPolicy: { maximumEventAgeInSeconds: patienceSeconds, maximumRetryAttempts: 185 },
      },
    ],
  });
  rule.node.addDependency(deadLetters);
}
