import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Directory } from '@team/directory';
import { refused } from '../failure.ts';

/** Where the AWS APIs are. */
export interface Place {
  readonly endpoint: string;
  readonly region: string;
}

/** Where `npm start` is, unless told otherwise. */
export const usualPlace: Place = { endpoint: 'http://127.0.0.1:8042', region: 'eu-central-1' };

type RequestHandler = NonNullable<EventBridgeClientConfig['requestHandler']>;

interface ClientConfig extends Place {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler?: RequestHandler;
}

/** AWS SDK clients that call as whom they are asked for. */
export interface Connection {
  eventBridge(caller: string): EventBridgeClient;
  lambda(caller: string): LambdaClient;
  sqs(caller: string): SQSClient;
  kms(caller: string): KMSClient;
  directory(caller: string): Promise<Directory>;
}

/** Connects as callers whom the local run knows by their access key id alone. With a `requestHandler`, calls go there and not out. */
export function connect(place: Place, requestHandler?: RequestHandler): Connection {
  const configOf = (caller: string): ClientConfig => ({
    ...place,
    credentials: { accessKeyId: caller, secretAccessKey: 'not-checked' },
    ...(requestHandler === undefined ? {} : { requestHandler }),
  });
  return {
    eventBridge: (caller) => new EventBridgeClient(configOf(caller)),
    lambda: (caller) => new LambdaClient(configOf(caller)),
    sqs: (caller) => new SQSClient(configOf(caller)),
    kms: (caller) => new KMSClient(configOf(caller)),
    directory: async (caller) => openDirectory(configOf(caller)),
  };
}

/** Loaded when it is asked for: it takes longer than most commands, which need no directory. */
async function openDirectory(config: ClientConfig): Promise<Directory> {
  const [{ createDirectory }, { IdentitystoreClient }, { OrganizationsClient }, { SSOAdminClient, ListInstancesCommand }] = await Promise.all([
    import('@team/directory'),
    import('@aws-sdk/client-identitystore'),
    import('@aws-sdk/client-organizations'),
    import('@aws-sdk/client-sso-admin'),
  ]);
  const ssoAdmin = new SSOAdminClient(config);
  const { Instances = [] } = await ssoAdmin.send(new ListInstancesCommand({}));
  const { InstanceArn: instanceArn, IdentityStoreId: identityStoreId } = Instances[0] ?? {};
  if (instanceArn === undefined || identityStoreId === undefined) throw refused('there is no IAM Identity Center instance here');
  return createDirectory({
    identityStore: new IdentitystoreClient(config),
    organizations: new OrganizationsClient(config),
    ssoAdmin,
    identityStoreId,
    instanceArn,
    now: Date.now,
  });
}
