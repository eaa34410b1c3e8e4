import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clients } from '@team/runtime';
import { clientConfig } from '../cloud/wire/in-process.ts';
import type { Router } from '../cloud/wire/router.ts';

/** Every AWS SDK client that something in the local run uses, all calling as one caller. */
export interface CallerClients extends Clients {
  readonly identityStore: IdentitystoreClient;
  readonly organizations: OrganizationsClient;
  readonly s3: S3Client;
  readonly ssoAdmin: SSOAdminClient;
  readonly cloudTrail: CloudTrailClient;
  readonly athena: AthenaClient;
}

/** A client that tries each call once, whatever others do. */
export const ssoAdminOnce = (router: Router, caller: string, region: string): SSOAdminClient =>
  new SSOAdminClient(clientConfig(router, caller, { region, maxAttempts: 1 }));

/** In-process clients of one caller. `maxAttempts` above 1 waits real time between tries: not for virtual time. */
export function clientsOf(router: Router, caller: string, region: string, maxAttempts: number): CallerClients {
  const config = clientConfig(router, caller, { region, maxAttempts });
  const dynamo = new DynamoDBClient(config);
  return {
    dynamo,
    documents: DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } }),
    eventBridge: new EventBridgeClient(config),
    sqs: new SQSClient(config),
    kms: new KMSClient(config),
    identityStore: new IdentitystoreClient(config),
    organizations: new OrganizationsClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    ssoAdmin: new SSOAdminClient(config),
    cloudTrail: new CloudTrailClient(config),
    athena: new AthenaClient(config),
  };
}
