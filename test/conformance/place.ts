import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Sandbox } from './sandbox.ts';

/** The local cloud, a real account, or somebody else's imitation of AWS. */
export type PlaceKind = 'local' | 'aws' | 'emulator';

/** Clients of one caller, who may do everything that beliefs do. */
export interface Clients {
  readonly dynamo: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly eventBridge: EventBridgeClient;
  readonly kms: KMSClient;
  readonly ssoAdmin: SSOAdminClient;
  readonly identityStore: IdentitystoreClient;
  readonly organizations: OrganizationsClient;
  readonly cloudTrail: CloudTrailClient;
}

/** Whom, where and with what beliefs about IAM Identity Center are tried. Nothing is assigned anywhere else. */
export interface IdentityCenter {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly userId: string;
}

/** What beliefs need beside the AWS APIs. Each throws `Untried` where this place does not have it. */
export interface Surroundings {
  identityCenter(): Promise<IdentityCenter>;
  /** A new user of the identity store, removed at the end. Gives the id. */
  newUser(userName: string): Promise<string>;
  removeUser(userId: string): Promise<void>;
  /** A new group, removed at the end. Gives the id. */
  newGroup(displayName: string): Promise<string>;
  addMember(groupId: string, userId: string): Promise<void>;
  /** An asymmetric P-256 key for signing, by an alias: `alias/…`. */
  signingKeyAlias(): Promise<string>;
  suspendedAccountId(): Promise<string>;
  /** Organizations as a caller in an account that administers nothing. */
  organizationsAsMember(): Promise<OrganizationsClient>;
  /** Allows EventBridge to send what this rule matches to this queue. */
  letBusDeliver(queueUrl: string, queueArn: string, ruleArn: string): Promise<void>;
}

/** Something that speaks the AWS APIs, with a sandbox in it. */
export interface Place extends Surroundings {
  readonly kind: PlaceKind;
  readonly clients: Clients;
  readonly sandbox: Sandbox;
  /** Lets so many seconds pass: of the place's own time, which passes at once in the local cloud. */
  pass(seconds: number): Promise<void>;
}
