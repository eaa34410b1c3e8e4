import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { bounds } from '../cloud/bounds.ts';
import type { Calls } from './calls.ts';

/** Everything that the doctor asks, as one caller. */
export interface DoctorClients {
  readonly dynamo: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  readonly eventBridge: EventBridgeClient;
  readonly identityStore: IdentitystoreClient;
  readonly kms: KMSClient;
  readonly lambda: LambdaClient;
  readonly organizations: OrganizationsClient;
  readonly sqs: SQSClient;
  readonly ssoAdmin: SSOAdminClient;
  readonly sts: STSClient;
}

export type ClientSettings = Pick<EventBridgeClientConfig, 'region' | 'endpoint' | 'credentials' | 'requestHandler' | 'maxAttempts'>;

/** Clients whose calls are bounded and watched; those to IAM Identity Center wait for their pace. */
export function doctorClients(settings: ClientSettings, calls: Calls, identityCenterPace: () => Promise<void>): DoctorClients {
  const config = { ...bounds, ...settings };
  const dynamo = calls.watch(new DynamoDBClient(config));
  return {
    dynamo,
    documents: DynamoDBDocumentClient.from(dynamo),
    eventBridge: calls.watch(new EventBridgeClient(config)),
    identityStore: calls.watch(new IdentitystoreClient(config)),
    kms: calls.watch(new KMSClient(config)),
    lambda: calls.watch(new LambdaClient(config)),
    organizations: calls.watch(new OrganizationsClient(config)),
    sqs: calls.watch(new SQSClient({ ...config, useQueueUrlAsEndpoint: false })),
    ssoAdmin: calls.watch(new SSOAdminClient(config), identityCenterPace),
    sts: calls.watch(new STSClient(config)),
  };
}
