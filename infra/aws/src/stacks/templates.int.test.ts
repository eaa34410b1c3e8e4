import { readFileSync } from 'node:fs';
import path from 'node:path';
import { outageWords, type FunctionManifest } from '@team/runtime';
import { namesOf } from '../names.ts';
import { at, deployedOf, example, listOf, nameFields, ofType, physicalName, property, stacksOf, statementsOf, textsOf, type Resource } from '../../test/templates.ts';

const { manifests } = namesOf(example);
const patienceMs = 120_000;
let deployed: Resource[] = [];
beforeAll(() => {
  deployed = deployedOf(example);
}, patienceMs);

const named = (resources: readonly Resource[]): (string | undefined)[] => resources.map((one) => physicalName(one) ?? one.id);
const without = (type: string, holds: (one: Resource) => boolean): (string | undefined)[] => named(ofType(deployed, type).filter((one) => !holds(one)));

describe('what is deployed', () => {
  it('is every table, queue and function of the manifests', () => {
    const prefix = 'team-example';
    const tables = manifests.flatMap(({ name, tables: of }) => Object.keys(of).map((table) => `${prefix}-${name}-${table}`));
    expect(named(ofType(deployed, 'AWS::DynamoDB::Table')).toSorted()).toEqual(tables.toSorted());
    const functions = manifests.flatMap(({ name, functions: of }) => Object.keys(of).map((one) => `${prefix}-${name}-${one}`));
    expect(named(ofType(deployed, 'AWS::Lambda::Function')).toSorted()).toEqual(functions.toSorted());
    const queues = manifests.flatMap(({ name, queues: of }) => Object.entries<{ fifo?: boolean }>(of).map(([queue, { fifo }]) => `${prefix}-${name}-${queue}${fifo === true ? '.fifo' : ''}`));
    expect(named(ofType(deployed, 'AWS::SQS::Queue'))).toEqual(expect.arrayContaining(queues));
  });

  it('loses no message: every queue that is read and every rule has a dead-letter queue', () => {
    const isLast = (one: Resource): boolean => /-dlq(\.fifo)?$/.test(physicalName(one) ?? '');
    expect(without('AWS::SQS::Queue', (one) => isLast(one) || property(one, 'RedrivePolicy', 'deadLetterTargetArn') !== undefined)).toEqual([]);
    expect(without('AWS::SQS::Queue', (one) => property(one, 'MessageRetentionPeriod') === 1_209_600)).toEqual([]);
    expect(without('AWS::Events::Rule', (one) => listOf(property(one, 'Targets')).every((target) => at(target, 'DeadLetterConfig', 'Arn') !== undefined))).toEqual([]);
  });

  it('shows a message again only when six times the time-out of its reader are over', () => {
    for (const mapping of ofType(deployed, 'AWS::Lambda::EventSourceMapping')) {
      const find = (type: string, ref: unknown): Resource | undefined => ofType(deployed, type).find(({ stack, id }) => stack === mapping.stack && JSON.stringify(ref).includes(`"${id}"`));
      const queue = find('AWS::SQS::Queue', property(mapping, 'EventSourceArn'));
      const reader = find('AWS::Lambda::Function', property(mapping, 'FunctionName'));
      expect(Number(queue && property(queue, 'VisibilityTimeout'))).toBeGreaterThanOrEqual(6 * Number(reader && property(reader, 'Timeout')));
      expect(property(mapping, 'FunctionResponseTypes')).toEqual(['ReportBatchItemFailures']);
    }
    expect(ofType(deployed, 'AWS::Lambda::EventSourceMapping').length).toBe(manifests.flatMap(({ functions }) => Object.values<{ trigger: object }>(functions).filter(({ trigger }) => 'queue' in trigger)).length);
  });

  it('brings events to queues alone; functions are run by the minute', () => {
    const rules = ofType(deployed, 'AWS::Events::Rule').filter((one) => property(one, 'EventPattern') !== undefined);
    const targets = rules.flatMap((one) => listOf(property(one, 'Targets')).map((target) => JSON.stringify(at(target, 'Arn'))));
    expect(targets.filter((arn) => !/queue|alarms/i.test(arn))).toEqual([]);
    const minutes = ofType(deployed, 'AWS::Events::Rule').filter((one) => property(one, 'ScheduleExpression') === 'rate(1 minute)');
    expect(minutes.length).toBe(manifests.flatMap(({ functions }) => Object.values<{ trigger: object }>(functions).filter(({ trigger }) => 'everyMinute' in trigger)).length);
  });

  it('keeps its tables: recovery to any second, protected, left when the stack goes', () => {
    const kept = (one: Resource): boolean =>
      property(one, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true && property(one, 'DeletionProtectionEnabled') === true && one.DeletionPolicy === 'Retain';
    expect(without('AWS::DynamoDB::Table', kept)).toEqual([]);
    const forgets = ofType(deployed, 'AWS::DynamoDB::Table').filter((one) => property(one, 'TimeToLiveSpecification', 'Enabled') === true);
    expect(named(forgets).toSorted()).toEqual(['approval', 'expiry', 'provisioning', 'request'].map((one) => `team-example-${one}-aggregates`).concat('team-example-approval-policies', 'team-example-audit-activity', 'team-example-audit-lifecycles', 'team-example-portal-organization', 'team-example-portal-sessions', 'team-example-provisioning-once', 'team-example-request-policies').toSorted());
  });

  it('encrypts everything with keys of its own, which turn every year', () => {
    const own = (...steps: string[]) => (one: Resource): boolean => /"(Ref|Fn::GetAtt|Fn::ImportValue)"/.test(JSON.stringify(property(one, ...steps) ?? null));
    expect(without('AWS::DynamoDB::Table', own('SSESpecification', 'KMSMasterKeyId'))).toEqual([]);
    expect(without('AWS::SQS::Queue', own('KmsMasterKeyId'))).toEqual([]);
    expect(without('AWS::SNS::Topic', own('KmsMasterKeyId'))).toEqual([]);
    expect(without('AWS::Logs::LogGroup', own('KmsKeyId'))).toEqual([]);
    expect(without('AWS::Lambda::Function', own('KmsKeyArn'))).toEqual([]);
    expect(without('AWS::Events::EventBus', own('KmsKeyIdentifier'))).toEqual([]);
    expect(without('AWS::Events::Archive', own('KmsKeyIdentifier'))).toEqual([]);
    const data = ofType(deployed, 'AWS::KMS::Key').filter((one) => property(one, 'KeyUsage') !== 'SIGN_VERIFY');
    // Beside one for each service: that of the bus, of alarms, and of the log of the door.
    expect(data.length).toBe(manifests.length + 3);
    expect(named(data.filter((one) => property(one, 'EnableKeyRotation') !== true))).toEqual([]);
    expect(without('AWS::KMS::Key', ({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
  });

  it('runs on arm64 and Node.js 24, traced, with logs that are kept as long as was said', () => {
    const runs = (one: Resource): boolean =>
      property(one, 'Runtime') === 'nodejs24.x' && JSON.stringify(property(one, 'Architectures')) === '["arm64"]' && property(one, 'TracingConfig', 'Mode') === 'Active' && property(one, 'LoggingConfig', 'LogGroup') !== undefined;
    expect(without('AWS::Lambda::Function', runs)).toEqual([]);
    expect(without('AWS::Logs::LogGroup', (one) => property(one, 'RetentionInDays') === example.retention.logsDays)).toEqual([]);
    const dispatch = ofType(deployed, 'AWS::Lambda::Function').find((one) => physicalName(one) === 'team-example-provisioning-dispatch');
    expect(dispatch && property(dispatch, 'ReservedConcurrentExecutions')).toBe(1);
  });

  it('is traced by nobody where tracing is off', () => {
    const untraced = deployedOf({ ...example, tracing: false });
    expect(ofType(untraced, 'AWS::Lambda::Function').filter((one) => property(one, 'TracingConfig') !== undefined).map(physicalName)).toEqual([]);
    expect(JSON.stringify(untraced)).not.toContain('xray:');
  }, patienceMs);

  it('is tagged', () => {
    const tagged = (one: Resource): boolean => {
      const tags = property(one, 'Tags');
      const pairs = listOf(tags).map((tag) => [at(tag, 'Key'), at(tag, 'Value')].flatMap(textsOf).join('='));
      return pairs.includes('CostCenter=security') && pairs.includes('Environment=example');
    };
    for (const type of ['AWS::DynamoDB::Table', 'AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::KMS::Key', 'AWS::IAM::Role', 'AWS::SNS::Topic']) expect(without(type, tagged)).toEqual([]);
  });

  it('lets nobody in from outside but who is registered: no Allow without a condition for whom its principal leaves open', () => {
    const documents = [
      ...ofType(deployed, 'AWS::SQS::QueuePolicy').map((one) => ({ one, document: property(one, 'PolicyDocument') })),
      ...ofType(deployed, 'AWS::SNS::TopicPolicy').map((one) => ({ one, document: property(one, 'PolicyDocument') })),
      ...ofType(deployed, 'AWS::KMS::Key').map((one) => ({ one, document: property(one, 'KeyPolicy') })),
      ...ofType(deployed, 'AWS::DynamoDB::Table').map((one) => ({ one, document: property(one, 'ResourcePolicy', 'PolicyDocument') })),
      ...ofType(deployed, 'AWS::Events::EventBus').map((one) => ({ one, document: property(one, 'Policy') })),
    ];
    expect(documents.filter(({ document }) => statementsOf(document).length === 0).map(({ one }) => one.id)).toEqual([]);
    const open = documents.flatMap(({ one, document }) =>
      statementsOf(document).flatMap((statement) => {
        const anybody = at(statement, 'Effect') === 'Allow' && (at(statement, 'Principal') === '*' || at(statement, 'Principal', 'AWS') === '*');
        return anybody ? [`${one.stack} ${one.id} ${textsOf(at(statement, 'Sid')).join()}`] : [];
      }),
    );
    expect(open).toEqual([]);
    expect(ofType(deployed, 'AWS::SQS::QueuePolicy').length).toBe(ofType(deployed, 'AWS::SQS::Queue').length);
  });

  it('has alarms for every queue of dead letters, every function and what is said of overdue access', () => {
    const alarms = named(ofType(deployed, 'AWS::CloudWatch::Alarm'));
    const last = ofType(deployed, 'AWS::SQS::Queue').filter((one) => /-dlq(\.fifo)?$/.test(physicalName(one) ?? ''));
    expect(alarms.filter((name) => name?.startsWith('team-example-laid-down-')).length).toBe(last.length);
    expect(alarms).toEqual(expect.arrayContaining(['team-example-said-AccessOverdue-v1', 'team-example-said-LifecycleStalled-v1', 'team-example-failing-provisioning-dispatch', 'team-example-throttled-provisioning-dispatch', 'team-example-late-approval-inbox']));
    const rules = ofType(deployed, 'AWS::Events::Rule').filter((one) => property(one, 'EventPattern') !== undefined);
    expect(alarms.filter((name) => name?.startsWith('team-example-undelivered-')).length).toBe(rules.length);
    expect(without('AWS::CloudWatch::Alarm', (one) => listOf(property(one, 'AlarmActions')).length === 1 && textsOf(property(one, 'AlarmDescription')).join('') !== '')).toEqual([]);
  });

  it('tells the alarm topic of every break glass, loudly and of nothing else that is approved, and of each that nobody reviewed', () => {
    const rules = ofType(deployed, 'AWS::Events::Rule');
    const told = (type: string) => {
      const [rule] = rules.filter((one) => physicalName(one) === `team-example-tell-${type}-v1`);
      const [target] = listOf(rule && property(rule, 'Targets'));
      return { data: rule && property(rule, 'EventPattern', 'detail'), says: textsOf(at(target, 'InputTransformer', 'InputTemplate')).join(''), arn: JSON.stringify(at(target, 'Arn')) };
    };
    expect(told('AccessApproved')).toMatchObject({ data: { data: { breakGlass: [true] } }, says: expect.stringMatching(/^"BREAK GLASS: .*request <request>/), arn: expect.stringMatching(/alarms/) });
    expect(told('AccessReviewOverdue')).toMatchObject({ data: undefined, says: expect.stringMatching(/^"BREAK GLASS that nobody has reviewed/), arn: expect.stringMatching(/alarms/) });
  });

  it('says when an outage lasts, which no queue and no error tells: every function that works by itself counts what it puts off or cannot publish', () => {
    const filters = ofType(deployed, 'AWS::Logs::MetricFilter').filter((one) => physicalName(one)?.endsWith('-outages'));
    const byThemselves = manifests.flatMap(({ name, functions: of }) => Object.entries<FunctionManifest>(of).flatMap(([one, { trigger }]) => ('invoked' in trigger || 'http' in trigger ? [] : [`team-example-${name}-${one}`])));
    expect(named(filters).toSorted()).toEqual(byThemselves.map((name) => `${name}-outages`).toSorted());
    const said = Object.values(outageWords).map((words) => `($.message = "${words}")`).join(' || ');
    expect(new Set(filters.map((one) => property(one, 'FilterPattern')))).toEqual(new Set([`{ ${said} }`]));
    const counted = filters.map((one) => textsOf([at(property(one, 'MetricTransformations'), 0, 'MetricNamespace') ?? '', at(property(one, 'MetricTransformations'), 0, 'MetricName') ?? '']).join(' '));
    const alarms = ofType(deployed, 'AWS::CloudWatch::Alarm').filter((one) => physicalName(one)?.startsWith('team-example-outage-'));
    expect(alarms.map((one) => textsOf([property(one, 'Namespace') ?? '', property(one, 'MetricName') ?? '']).join(' ')).toSorted()).toEqual([...new Set(counted)].toSorted());
    expect(counted).toContain('team-example Outage-provisioning');
    // What is put off longest comes again after 144 seconds.
    const raised = (one: Resource) => [property(one, 'Statistic'), property(one, 'Period'), property(one, 'EvaluationPeriods'), property(one, 'Threshold'), property(one, 'TreatMissingData')];
    expect(alarms.map(raised)).toEqual(manifests.map(() => ['Sum', 180, 4, 0, 'notBreaching']));
  });

  it('says when no checkpoint was made for two hours', () => {
    const alarm = ofType(deployed, 'AWS::CloudWatch::Alarm').find((one) => physicalName(one) === 'team-example-unsaid-audit-checkpoint');
    const filter = ofType(deployed, 'AWS::Logs::MetricFilter').find((one) => physicalName(one) === 'team-example-audit-checkpoint-said');
    expect(filter && property(filter, 'FilterPattern')).toBe('{ $.message = "checkpoint made" }');
    expect(alarm && property(alarm, 'MetricName')).toEqual(filter && at(property(filter, 'MetricTransformations'), 0, 'MetricName'));
    const raised = ['Statistic', 'Period', 'EvaluationPeriods', 'Threshold', 'ComparisonOperator', 'TreatMissingData'].map((name) => alarm && property(alarm, name));
    expect(raised).toEqual(['Sum', 3600, 2, 1, 'LessThanThreshold', 'breaching']);
  });

  it('locks its archive in compliance mode, logs who calls it, and lets nobody write but who makes checkpoints', () => {
    const buckets = ofType(deployed, 'AWS::S3::Bucket');
    expect(named(buckets).toSorted()).toEqual(['team-example-audit-access-log-111122223333', 'team-example-audit-archive-111122223333']);
    const archive = buckets.find((one) => physicalName(one)?.includes('archive'));
    const is = (...steps: string[]) => archive && property(archive, ...steps);
    expect(is('ObjectLockConfiguration', 'Rule', 'DefaultRetention')).toEqual({ Mode: 'COMPLIANCE', Days: example.retention.archiveDays });
    expect(is('LoggingConfiguration', 'DestinationBucketName')).toBe('team-example-audit-access-log-111122223333');
    expect(JSON.stringify(is('BucketEncryption'))).toMatch(/"SSEAlgorithm":"aws:kms"/);
    expect(without('AWS::S3::Bucket', (one) => property(one, 'VersioningConfiguration', 'Status') === 'Enabled' && property(one, 'PublicAccessBlockConfiguration', 'BlockPublicPolicy') === true)).toEqual([]);
    const policy = ofType(deployed, 'AWS::S3::BucketPolicy').find((one) => JSON.stringify(property(one, 'Bucket')).includes('archive'));
    const denied = statementsOf(policy && property(policy, 'PolicyDocument')).filter((one) => at(one, 'Effect') === 'Deny');
    expect(denied.flatMap((one) => textsOf(at(one, 'Sid'))).toSorted()).toEqual(['NobodyElseReads', 'NobodyElseWrites', 'NobodyRemoves']);
    expect(textsOf(at(denied.find((one) => at(one, 'Sid') === 'NobodyElseWrites'), 'Condition', 'ArnNotEquals', 'aws:PrincipalArn'))).toEqual(['arn:aws:iam::111122223333:role/team-example-audit-checkpoint']);
    expect(JSON.stringify(denied)).toMatch(/"aws:SecureTransport":"false"/);
  });

  it('says when what is to run every minute does not run at all', () => {
    const minutes = ofType(deployed, 'AWS::Events::Rule').filter((one) => property(one, 'ScheduleExpression') === 'rate(1 minute)').map(physicalName);
    const silent = ofType(deployed, 'AWS::CloudWatch::Alarm').filter((one) => physicalName(one)?.startsWith('team-example-silent-'));
    expect(minutes.length).toBeGreaterThan(0);
    expect(silent.map((one) => at(property(one, 'Dimensions'), 0, 'Value')).toSorted()).toEqual(minutes.toSorted());
    const onNothing = (one: Resource) => [property(one, 'MetricName'), property(one, 'ComparisonOperator'), property(one, 'Threshold'), property(one, 'TreatMissingData')];
    expect(silent.map(onNothing)).toEqual(silent.map(() => ['Invocations', 'LessThanThreshold', 1, 'breaching']));
  });
});

describe('a stack', () => {
  it('takes nothing of another but keys that are signed with: a queue or a function that a release drops is held by nobody', () => {
    const references = deployed.flatMap(({ stack, Properties }) => [...JSON.stringify(Properties).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, from]) => `${stack} ${from ?? ''}`));
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((one) => !/:ExportsOutputFnGetAtt(acceptance|decision|proof)key\w+Arn\w+$/.test(one))).toEqual([]);
    expect(stacksOf(example).at(-1)?.stackName).toBe('team-example-watch');
  });
});

describe('the inventory', () => {
  it('is what was last agreed to: how many of what, and their names', () => {
    const stacks = Map.groupBy(deployed, ({ stack }) => stack);
    const inventory = [...stacks].flatMap(([stack, resources]) => [
      `${stack}: ${resources.length}`,
      ...[...Map.groupBy(resources, ({ Type }) => Type)].map(([type, of]) => `  ${of.length} ${type} ${of.flatMap((one) => physicalName(one) ?? []).toSorted().join(' ')}`.trimEnd()).toSorted(),
    ]);
    expect(inventory.join('\n')).toMatchSnapshot();
  });
});

describe('the documents', () => {
  const document = (name: string): string => readFileSync(path.resolve(import.meta.dirname, '../../../../docs', name), 'utf8');
  const count = (type: string): number => ofType(deployed, type).length;

  it('say how many of what there are, as docs/deploying.md has it beside AWS’s quotas', () => {
    const counts = ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::CloudWatch::Alarm'].map(count);
    expect(document('deploying.md')).toContain(`| tables, keys, roles, functions, queues, alarms | ${counts.join(', ')} |`);
    const onBus = ofType(deployed, 'AWS::Events::Rule').filter((one) => property(one, 'EventPattern') !== undefined);
    expect(document('deploying.md')).toContain(`| EventBridge: rules of the bus | ${onBus.length}, and`);
  });

  it('say what alarms cost', () => {
    const alarms = count('AWS::CloudWatch::Alarm');
    expect(document('cost.md')).toContain(`: ${alarms} alarms ${(alarms / 10).toFixed(2)},`);
  });
});

describe('two deployments in one account', () => {
  it('share no name', () => {
    const namesOf = (resources: readonly Resource[]): string[] => resources.flatMap((one) => (physicalName(one) === undefined ? [] : [`${one.Type} ${physicalName(one) ?? ''}`]));
    const others = deployedOf({ ...example, name: 'other' });
    const shared = new Set(namesOf(deployed));
    expect(namesOf(others).filter((name) => shared.has(name))).toEqual([]);
    expect(namesOf(others).length).toBe(namesOf(deployed).length);
    // What has a name of its own choice has one here; else CloudFormation's names would say nothing.
    expect(deployed.filter((one) => one.Type in nameFields && physicalName(one) === undefined).map(({ id }) => id)).toEqual([]);
  }, patienceMs);
});

describe('without a portal', () => {
  it('the five services are deployed as they were, and nothing lets anybody in from the internet', () => {
    const { portal: _portal, ...environment } = example;
    const without = deployedOf(environment);
    expect([...new Set(without.map(({ stack }) => stack))].toSorted()).toEqual(['approval', 'audit', 'bus', 'expiry', 'provisioning', 'request', 'watch'].map((one) => `team-example-${one}`));
    expect(JSON.stringify(without)).not.toMatch(/portal|apigateway|cognito|wafv2/i);
  }, patienceMs);
});
