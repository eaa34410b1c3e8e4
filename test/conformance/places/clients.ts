import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clients } from '../place.ts';

/** What every client has in common, whatever it is a client of. */
export type ClientSettings = Pick<EventBridgeClientConfig, 'region' | 'endpoint' | 'credentials' | 'requestHandler' | 'signer' | 'maxAttempts' | 'retryMode'>;

/**
 * Bounds on every call over a network: time to connect and time for an answer (ms), tries.
 * Without `throwOnRequestTimeout` the SDK's handler only warns of a call that takes too long (@smithy/node-http-handler 4).
 */
export const networkBounds = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
} as const;

/** A client of every service, all with these settings. */
export function clientsWith(settings: ClientSettings): Clients {
  const dynamo = new DynamoDBClient(settings);
  return {
    dynamo,
    documents: DynamoDBDocumentClient.from(dynamo),
    sqs: new SQSClient(settings),
    eventBridge: new EventBridgeClient(settings),
    kms: new KMSClient(settings),
    ssoAdmin: new SSOAdminClient(settings),
    identityStore: new IdentitystoreClient(settings),
    organizations: new OrganizationsClient(settings),
    cloudTrail: new CloudTrailClient(settings),
  };
}
