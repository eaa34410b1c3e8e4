import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Directory } from '@team/directory';
import type { Calls } from '../doctor/calls.ts';
import type { DoctorClients } from '../doctor/clients.ts';
import { bounds } from './bounds.ts';
import { refused } from '../failure.ts';
import { deployment, localTarget, type Target } from './deployment.ts';
import type { Place } from './place.ts';

type RequestHandler = NonNullable<EventBridgeClientConfig['requestHandler']>;

interface ClientConfig extends Omit<Place, 'endpoint'> {
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler?: RequestHandler;
}

/** AWS SDK clients that call as whom they are asked for. */
export interface Connection {
  readonly target: Target;
  eventBridge(caller: string): EventBridgeClient;
  lambda(caller: string): LambdaClient;
  sqs(caller: string): SQSClient;
  kms(caller: string): KMSClient;
  directory(caller: string): Promise<Directory>;
  /**
   * Everything that the doctor asks: as the operator of the local run, or, with `aws`, as whom the AWS configuration of this machine
   * says, at AWS itself. Waits with `pause` (ms) where IAM Identity Center would be called faster than is wanted.
   */
  doctor(wanted: { readonly aws?: true; readonly callsPerSecond: number }, pause: (ms: number) => Promise<void>): Promise<DoctorConnection>;
}

/** How the doctor reaches what it looks at, and where that is, in words. */
export interface DoctorConnection {
  readonly clients: DoctorClients;
  readonly calls: Calls;
  readonly where: string;
}

/**
 * Connects as callers whom the local run knows by their access key id alone; to AWS as whom the AWS configuration of this machine says,
 * whoever is to call. With a `requestHandler`, calls go there and not out.
 */
export function connect(place: Place, target: Target = localTarget, requestHandler?: RequestHandler): Connection {
  const configOf = (caller: string): ClientConfig => ({
    ...(target.aws === true ? { region: place.region, ...bounds } : { ...place, credentials: { accessKeyId: caller, secretAccessKey: 'not-checked' } }),
    ...(requestHandler === undefined ? {} : { requestHandler }),
  });
  return {
    target,
    eventBridge: (caller) => new EventBridgeClient(configOf(caller)),
    lambda: (caller) => new LambdaClient(configOf(caller)),
    sqs: (caller) => new SQSClient(configOf(caller)),
    kms: (caller) => new KMSClient(configOf(caller)),
    directory: async (caller) => openDirectory(configOf(caller)),
    async doctor({ aws, callsPerSecond }, pause) {
      const [{ doctorClients }, { evenPace, watchCalls }] = await Promise.all([import('../doctor/clients.ts'), import('../doctor/calls.ts')]);
      const calls = watchCalls(Date.now);
      const handler = requestHandler === undefined ? {} : { requestHandler };
      const settings = aws === true ? { region: place.region, ...handler } : configOf(deployment.operator);
      const where = aws === true ? `AWS in ${place.region}` : place.endpoint;
      return { clients: doctorClients(settings, calls, evenPace(callsPerSecond, Date.now, pause)), calls, where };
    },
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
