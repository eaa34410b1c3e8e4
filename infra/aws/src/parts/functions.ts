import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { memoryMbOf, writtenConfig, type FunctionManifest, type LambdaConfig } from '@team/runtime';
import { functionStatements } from '../access/function-role.ts';
import { reasonForWildcard, type Scope } from '../access/resources.ts';
import { LimitError } from '../limits.ts';
import { countWhatMustBeSaid } from './must-say.ts';
import { countOutages } from './outages.ts';

/** What a function is made of. */
export interface FunctionParts {
  readonly scope: Scope;
  readonly key: IKey;
  readonly config: LambdaConfig;
  /** Folder with `index.mjs`. */
  readonly bundle: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: most bytes of all environment variables of a function. */
const maximumEnvironmentBytes = 4_096;

/** A function with its own role and log group, of which outages are counted where it works by itself. */
export function makeFunction(parent: Construct, name: string, definition: FunctionManifest, { scope, key, config, bundle }: FunctionParts): Function {
  const { names, manifest, environment } = scope;
  const functionName = names.functionName(manifest.name, name);
  const logGroupName = `/aws/lambda/${functionName}`;
  const logGroup = new LogGroup(parent, `${name}-logs`, {
    logGroupName,
    retention: environment.retention.logsDays as RetentionDays,
    encryptionKey: key,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const { trigger } = definition;
  // Whoever invokes a function hears at once that it failed, and nothing waits.
  if (!('invoked' in trigger || 'http' in trigger)) countOutages(parent, name, logGroup, manifest.name, names);
  countWhatMustBeSaid(parent, name, definition, logGroup, manifest.name, names);
  const statements = functionStatements(definition, scope, {
    roleArn: names.roleArn(manifest.name, name),
    dataKeyArn: key.keyArn,
    logGroupArn: names.arn('logs', `log-group:${logGroupName}`),
    triggerQueueArn: 'queue' in trigger ? names.queueArn(names.queueName(manifest, trigger.queue)) : undefined,
  });
  const role = new Role(parent, `${name}-role`, {
    roleName: functionName,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': environment.accounts.team } } }),
    inlinePolicies: { own: new PolicyDocument({ statements }) },
  });
  explainWildcards(role, statements);
  const environmentVariables = { TEAM_CONFIG: writtenConfig(config) };
  const bytes = Buffer.byteLength(JSON.stringify(environmentVariables));
  if (bytes > maximumEnvironmentBytes) {
    throw new LimitError(`the configuration of ${functionName} has ${bytes} bytes, and Lambda takes ${maximumEnvironmentBytes}: ${config.emitters.length} emitters are too many, or name too many people`);
  }
  return new Function(parent, `${name}-function`, {
    functionName,
    code: Code.fromAsset(bundle),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: memoryMbOf(definition),
    timeout: Duration.seconds(definition.timeoutSeconds),
    // What it needs stands in its one policy: nothing is added behind it.
    role: role.withoutPolicyUpdates(),
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    tracing: environment.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    environment: environmentVariables,
    environmentEncryption: key,
    ...(definition.concurrency === undefined ? {} : { reservedConcurrentExecutions: definition.concurrency }),
  });
}

/** Says of each wildcard why it is there. Throws for one of which nobody has said so. */
export function explainWildcards(role: Role, statements: readonly PolicyStatement[]): void {
  const wild = new Set(statements.flatMap(({ resources }) => resources).filter((resource) => resource.includes('*')));
  for (const resource of wild) {
    const reason = reasonForWildcard(resource);
    if (reason === undefined) throw new RangeError(`nobody has said why ${resource} needs a wildcard; say it in access/resources.ts, or name the resource`);
    Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }
}
