import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { loopbackRedirectUris, machineClient } from '@team/contracts';
import * as z from 'zod';
import { activityConfig, collectAfterMinutes } from '../activity.ts';
import { TeamError } from '../errors.ts';
import { uuidv7Source } from '../ids.ts';
import { createLogger } from '../logger.ts';
import type { Clients, Platform } from '../service.ts';
import { packed, packedEmitters } from './packed.ts';

/** Value of the environment variable `TEAM_CONFIG`: JSON, written by the deployment. */
export const lambdaConfig = z.object({
  busName: z.string().min(1),
  ownAccount: z.string().regex(/^\d{12}$/),
  tables: z.record(z.string(), z.string().min(1)),
  queues: z.record(z.string(), z.object({ url: z.string().min(1), deadLetterUrl: z.string().min(1) })),
  keys: z.object({ acceptance: z.string().min(1), proof: z.string().min(1), checkpoint: z.string().min(1) }),
  buckets: z.record(z.string(), z.string().min(1)).optional(),
  emitters: packedEmitters,
  identityCenter: z.object({ instanceArn: z.string().min(1), identityStoreId: z.string().min(1) }),
  /** What provisioning takes of Identity Center's quotas; its own usual share where nothing is said. */
  quotas: z.object({ outstandingOperations: z.int().min(1), callsPerSecond: z.number().positive() }).optional(),
  /** How provisioning compares Identity Center with what is wanted; its own usual way where nothing is said. */
  reconciliation: z.object({ checkEveryMinutes: z.int().min(1), recreateMissing: z.boolean() }).optional(),
  /** Where audit reads what people did; it collects nothing where nothing is said. */
  activity: activityConfig.optional(),
  /** When it does, after the last credentials ended. */
  collectActivityAfterMinutes: collectAfterMinutes.optional(),
  /** Functions of other services that it asks, by the service. */
  asks: z.record(z.string(), z.string().min(1)).optional(),
  /** Where people come in, and sign in; for the portal alone. */
  portal: z
    .object({
      /** Its own, as browsers name it: `https://team.example`. */
      origin: z.string().min(1),
      managementAccount: z.string().regex(/^\d{12}$/),
      issuer: z.string().min(1),
      jwksUri: z.string().min(1).optional(),
      /** For whom bearer tokens must be, and in which claim they say so. */
      audience: z.string().min(1),
      audienceClaim: z.enum(['aud', 'client_id']).optional(),
      userNameClaims: z.array(z.string().min(1)).min(1).optional(),
      userNamePrefix: z.string().optional(),
      clientId: z.string().min(1),
      /** Secret of Secrets Manager that holds the client's. */
      clientSecretId: z.string().min(1),
      commandLineClientId: z.string().min(1).optional(),
      commandLineRedirectUris: loopbackRedirectUris.optional(),
      /** Programs that are let in on their own account. */
      machines: z.array(machineClient).optional(),
    })
    .optional(),
});
export type LambdaConfig = z.infer<typeof lambdaConfig>;

/** A configuration as `TEAM_CONFIG` has it. */
export const writtenConfig = (config: LambdaConfig): string => JSON.stringify({ ...config, emitters: packed(config.emitters) });

/** The configuration in `TEAM_CONFIG`, checked whole. Throws `ERR_CONFIG_INVALID` that names every wrong field. */
export function configFromEnvironment(environment: Readonly<Record<string, string | undefined>> = process.env): LambdaConfig {
  const text = environment['TEAM_CONFIG'];
  if (text === undefined) throw new TeamError('ERR_CONFIG_INVALID', 'the environment variable TEAM_CONFIG is not set');
  // Read once in the life of a process: a parser compiled for it would cost more than it saves.
  const result = lambdaConfig.safeParse(JSON.parse(text), { jitless: true });
  if (!result.success) {
    const fields = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new TeamError('ERR_CONFIG_INVALID', `TEAM_CONFIG is wrong: ${fields}`);
  }
  return result.data;
}

/** Bounds on every AWS call: how long to connect (ms), how long one try may take (ms), how many tries. */
export const clientDefaults = {
  maxAttempts: 3,
  // Without `throwOnRequestTimeout` the SDK's handler only warns of a call that takes too long, and waits on (@smithy/node-http-handler 4).
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;

/** SDK clients for who keeps things and sends messages, and neither publishes nor signs. */
export type StoringClients = Pick<Clients, 'dynamo' | 'documents' | 'sqs'>;

/** The client of tables in one Lambda environment. */
export function documentClient(dynamo = new DynamoDBClient(clientDefaults)): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
}

/** Those clients in one Lambda environment; made once, used by every invocation. */
export function storingClients(): StoringClients {
  const dynamo = new DynamoDBClient(clientDefaults);
  return { dynamo, documents: documentClient(dynamo), sqs: new SQSClient(clientDefaults) };
}

/** What a Lambda function runs on beside clients: configuration from the environment, the machine's clock. */
export function lambdaSurroundings(service: string, config: LambdaConfig = configFromEnvironment()): Omit<Platform, 'clients'> {
  return { config, clock: Date.now, newId: uuidv7Source(Date.now), logger: createLogger(service) };
}

/** Platform of a Lambda function: all clients, configuration from the environment, the machine's clock. */
export function lambdaPlatform(service: string, config: LambdaConfig = configFromEnvironment()): Platform {
  const clients = { ...storingClients(), eventBridge: new EventBridgeClient(clientDefaults), kms: new KMSClient(clientDefaults) };
  return { clients, ...lambdaSurroundings(service, config) };
}
