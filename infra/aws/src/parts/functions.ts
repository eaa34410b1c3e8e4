import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal, PolicyDocument, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionManifest, LambdaConfig } from '@team/runtime';
import { functionStatements } from '../access/function-role.ts';
import type { Scope } from '../access/resources.ts';

/** What a function is made of. */
export interface FunctionParts {
  readonly scope: Scope;
  readonly key: IKey;
  readonly config: LambdaConfig;
  /** Folder with `index.mjs`. */
  readonly bundle: string;
}

/** Memory of every function (MB). A CPU share comes with it: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
export const memoryMb = 512;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: most bytes of all environment variables of a function. */
const maximumEnvironmentBytes = 4_096;

/** A function with its own role and log group. */
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
  const statements = functionStatements(definition, scope, {
    dataKeyArn: key.keyArn,
    logGroupArn: names.arn('logs', `log-group:${logGroupName}`),
    triggerQueueArn: 'queue' in trigger ? names.queueArn(names.queueName(manifest, trigger.queue)) : undefined,
  });
  const role: IRole = new Role(parent, `${name}-role`, {
    roleName: functionName,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': environment.accounts.team } } }),
    inlinePolicies: { own: new PolicyDocument({ statements }) },
  }).withoutPolicyUpdates();
  const environmentVariables = { TEAM_CONFIG: JSON.stringify(config) };
  const bytes = Buffer.byteLength(JSON.stringify(environmentVariables));
  if (bytes > maximumEnvironmentBytes) {
    throw new RangeError(`the configuration of ${functionName} has ${bytes} bytes, and Lambda takes ${maximumEnvironmentBytes}: ${config.emitters.length} emitters are too many, or name too many people`);
  }
  return new Function(parent, `${name}-function`, {
    functionName,
    code: Code.fromAsset(bundle),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: memoryMb,
    timeout: Duration.seconds(definition.timeoutSeconds),
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
    environment: environmentVariables,
    environmentEncryption: key,
    ...(definition.concurrency === undefined ? {} : { reservedConcurrentExecutions: definition.concurrency }),
  });
}
