import { Duration, Stack } from 'aws-cdk-lib';
import { CfnRule, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Alias, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, type Function } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { resourceNames, rulePattern, type ServiceManifest, type SigningKey } from '@team/runtime';
import { dataKeyPolicy, signingKeyPolicy } from '../access/key-policy.ts';
import type { Scope } from '../access/resources.ts';
import { makeBuckets } from '../parts/buckets.ts';
import { makeFunction } from '../parts/functions.ts';
import { lambdaConfigOf } from '../parts/lambda-config.ts';
import { makeLastQueue, makeQueue, type QueuePair } from '../parts/queues.ts';
import { makeSignIn } from '../parts/sign-in.ts';
import { makeTable } from '../parts/tables.ts';
import type { StackSetting } from './setting.ts';

export interface ServiceStackSetting extends StackSetting {
  readonly manifest: ServiceManifest;
  /** ARNs of the signing keys of services that were deployed before. */
  readonly signingKeyArns: readonly string[];
  /** Folder of a function's bundle. */
  readonly bundleOf: (service: string, name: string) => string;
}

/** One service: everything that its manifest asks for, closed to everybody else. */
export class ServiceStack extends Stack {
  readonly signingKeyArn: string | undefined;
  readonly manifest: ServiceManifest;

  constructor(parent: Construct, { manifest, environment, names, stackProps, signingKeyArns, bundleOf }: ServiceStackSetting) {
    super(parent, names.stack(manifest.name), { ...stackProps, description: `TEAM ${environment.name}: ${manifest.name}` });
    this.manifest = manifest;
    const roleArns = names.roleArns(manifest);
    const touching = [...roleArns, ...environment.roles.operators];

    const key = new Key(this, 'data-key', {
      alias: `alias/${names.prefix}-${manifest.name}-data`,
      description: `Data of TEAM's ${manifest.name} service`,
      enableKeyRotation: true,
      policy: dataKeyPolicy(environment, names, manifest.name, roleArns),
    });
    this.signingKeyArn = manifest.signingKey === undefined ? undefined : this.#makeSigningKey(manifest.signingKey, { environment, names, manifest });
    const channelKeys = environment.emitters.flatMap(({ mayDecide }) => (mayDecide === undefined ? [] : [mayDecide.keyId]));
    const scope: Scope = {
      environment,
      names,
      manifest,
      signingKeyArn: this.signingKeyArn,
      evidenceKeyArns: [...signingKeyArns, ...(this.signingKeyArn === undefined ? [] : [this.signingKeyArn]), ...channelKeys],
    };

    for (const [name, table] of Object.entries(manifest.tables)) makeTable(this, manifest, name, table, names, key, touching);
    makeBuckets(this, manifest, environment, names, key);
    const queues = new Map<string, QueuePair>();
    for (const [name, { consumes }] of Object.entries(manifest.queues)) {
      const ruleName = resourceNames.rule(names.prefix, manifest.name, name);
      const pair = makeQueue(this, manifest, name, names, key, touching, consumes === undefined ? undefined : names.ruleArn(ruleName));
      queues.set(name, pair);
      if (consumes === undefined) continue;
      new CfnRule(this, `${name}-rule`, {
        name: ruleName,
        eventBusName: names.busName,
        eventPattern: rulePattern(consumes),
        targets: [{ id: name, arn: pair.queue.queueArn, deadLetterConfig: { arn: pair.deadLetters.queueArn } }],
      }).node.addDependency(pair.queue, pair.deadLetters);
    }

    const cronQueue = `${names.prefix}-${manifest.name}-cron-dlq`;
    const cronDeadLetters = makeLastQueue(this, 'cron-dlq', cronQueue, names, key, touching, names.arn('events', `rule/${names.prefix}-${manifest.name}-*`));

    const config = { ...lambdaConfigOf(manifest, environment, names), ...(hasDoors(manifest) ? { portal: makeSignIn(this, environment, names) } : {}) };
    for (const [name, definition] of Object.entries(manifest.functions)) {
      const made = makeFunction(this, name, definition, { scope, key, config, bundle: bundleOf(manifest.name, name) });
      const { trigger } = definition;
      if ('queue' in trigger) this.#readQueue(name, made, queues.get(trigger.queue), trigger.batchSize);
      else if ('everyMinute' in trigger) this.#runEveryMinute(name, made, names.functionName(manifest.name, name), cronDeadLetters);
    }
  }

  #makeSigningKey(name: SigningKey, { environment, names, manifest }: Pick<Scope, 'environment' | 'names' | 'manifest'>): string {
    const rolesWith = (one: ServiceManifest, action: string): string[] =>
      Object.entries<{ actions: readonly string[] }>(one.functions).flatMap(([functionName, { actions }]) => (actions.includes(action) ? [names.roleArn(one.name, functionName)] : []));
    // Checkpoints are verified by their own service; evidence, by the others.
    const verifiers = name === 'checkpoint' ? [manifest] : names.manifests.filter(({ signingKey }) => signingKey !== 'checkpoint');
    const key = new Key(this, `${name}-key`, {
      description: `TEAM's ${manifest.name} service signs with it, and nobody else does`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      policy: signingKeyPolicy(environment, rolesWith(manifest, 'kms:Sign'), verifiers.flatMap((one) => rolesWith(one, 'kms:GetPublicKey'))),
    });
    new Alias(this, `${name}-key-alias`, { aliasName: resourceNames.signingKeyAlias(names.prefix, name), targetKey: key });
    return key.keyArn;
  }

  #readQueue(name: string, target: Function, pair: QueuePair | undefined, batchSize: number): void {
    if (pair === undefined) throw new RangeError(`${this.manifest.name}.${name} reads a queue that its manifest does not have`);
    // The role's own policy has what reading takes; `addEventSource` would add it again.
    new EventSourceMapping(this, `${name}-trigger`, { target, eventSourceArn: pair.queue.queueArn, batchSize, reportBatchItemFailures: true });
  }

  /** A minute that fails is not tried again: the next one comes. */
  #runEveryMinute(name: string, target: Function, ruleName: string, deadLetterQueue: Queue): void {
    target.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    const rule = new Rule(this, `${name}-every-minute`, { ruleName, schedule: Schedule.rate(Duration.minutes(1)) });
    rule.addTarget(new LambdaFunction(target, { event: RuleTargetInput.fromObject({}), deadLetterQueue, retryAttempts: 0, maxEventAge: Duration.minutes(1) }));
  }
}

/** Whether people come in there, who sign in. */
const hasDoors = ({ functions }: ServiceManifest): boolean => Object.values(functions).some(({ trigger }) => 'http' in trigger);
