import * as approval from '@team/approval/compose';
import { manifest as approvalManifest } from '@team/approval/manifest';
import * as audit from '@team/audit/compose';
import { manifest as auditManifest } from '@team/audit/manifest';
import { createDirectory, type Directory } from '@team/directory';
import * as expiry from '@team/expiry/compose';
import { manifest as expiryManifest } from '@team/expiry/manifest';
import * as provisioning from '@team/provisioning/compose';
import { manifest as provisioningManifest } from '@team/provisioning/manifest';
import * as request from '@team/request/compose';
import { manifest as requestManifest } from '@team/request/manifest';
import { createLogger, resourceNames, uuidv7Source, type Platform, type ServiceManifest } from '@team/runtime';
import { createRouter } from '../cloud/wire/router.ts';
import type { Caller } from '../cloud/stand-in.ts';
import { authorizer } from './authorize.ts';
import { clientsOf, type CallerClients } from './clients.ts';
import type { SystemOptions } from './options.ts';
import { createStandIns, type StandIns } from './stand-ins.ts';
import { consumedQueues, provision } from './provision.ts';
import { runFunctions, type Handlers } from './run-functions.ts';
import { busName, busPolicy, createCallers, localChannel, prefix, serviceCaller, signingKeys } from './who.ts';

/** Every service, in the order in which a request meets them. */
export const manifests: readonly ServiceManifest[] = [requestManifest, approvalManifest, expiryManifest, provisioningManifest, auditManifest];

/** The whole product running on the local cloud. */
export interface System extends StandIns {
  readonly options: SystemOptions;
  readonly handlers: Readonly<Record<string, Handlers>>;
  /** In-process clients calling as anybody. */
  clients(caller: string): CallerClients;
  /** Router for callers from outside: emitters and the operator, never a service. */
  readonly outside: ReturnType<typeof createRouter>;
  /** `lambda:Invoke` for functions that are made to be asked. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Who is behind an access key id, for callers from outside. */
  callers(accessKeyId: string): Caller | undefined;
  /** No function is invoked any more; `drained` resolves when none runs. */
  stop(): void;
  drained(): Promise<void>;
}

/** Builds the local cloud, makes the resources that the manifests ask for, and sets the five services to work on them. */
export async function createSystem(options: SystemOptions): Promise<System> {
  const { organization, policies, store, timeline, random } = options;
  const ownAccount = organization.DelegatedAdministratorAccountId;
  const region = organization.Region;
  const emitters = [...policies.emitters, localChannel(ownAccount)];
  const callers = createCallers(manifests, emitters, ownAccount);
  const standIns = createStandIns(options, busPolicy(manifests, emitters), signingKeys(manifests, emitters));
  const routing = { standIns: standIns.all, store, random, ...(options.intercept === undefined ? {} : { intercept: options.intercept }) };
  const inside = createRouter({ ...routing, callers: (name) => callers(name) ?? (name === 'deployment' ? deployment(ownAccount) : undefined) });
  const fromOutside = (name: string): Caller | undefined => (manifests.some((manifest) => serviceCaller(manifest.name) === name) ? undefined : callers(name));
  const outside = createRouter({
    ...routing,
    callers: fromOutside,
    authorize: authorizer(manifests, emitters),
  });
  const clients = (caller: string): CallerClients => clientsOf(inside, caller, region, options.maxAttempts);
  await provision(manifests, clients('deployment'), ownAccount, region);

  const platformOf = (manifest: ServiceManifest): { readonly platform: Platform; readonly directory: Directory; readonly clients: CallerClients } => {
    const own = clients(serviceCaller(manifest.name));
    const clock = (): number => timeline.now();
    const platform: Platform = {
      clients: own,
      clock,
      newId: uuidv7Source(clock, () => Uint8Array.from({ length: 16 }, () => Math.floor(random.next() * 256))),
      logger: createLogger(manifest.name, options.logLevel),
      config: {
        busName,
        ownAccount,
        tables: Object.fromEntries(Object.keys(manifest.tables).map((table) => [table, resourceNames.table(prefix, manifest.name, table)])),
        queues: consumedQueues(manifest, (name) => `${options.endpoint}/${ownAccount}/${name}`),
        keys: { acceptance: resourceNames.signingKeyAlias(prefix, 'acceptance'), proof: resourceNames.signingKeyAlias(prefix, 'proof') },
        emitters,
      },
    };
    const directory = createDirectory({
      identityStore: own.identityStore,
      organizations: own.organizations,
      ssoAdmin: own.ssoAdmin,
      identityStoreId: organization.IdentityStoreId,
      instanceArn: organization.InstanceArn,
      now: clock,
    });
    return { platform, directory, clients: own };
  };

  const forRequest = platformOf(requestManifest);
  const forApproval = platformOf(approvalManifest);
  const forExpiry = platformOf(expiryManifest);
  const forProvisioning = platformOf(provisioningManifest);
  const forAudit = platformOf(auditManifest);
  await request.seedPolicies(forRequest.platform, policies);
  await approval.seedPolicies(forApproval.platform, policies.approvers);

  const handlers: Record<string, Handlers> = {
    request: { ...request.compose({ ...forRequest.platform, directory: forRequest.directory }) },
    approval: { ...approval.compose({ ...forApproval.platform, directory: forApproval.directory }) },
    expiry: { ...expiry.compose({ ...forExpiry.platform, directory: forExpiry.directory }) },
    provisioning: {
      ...provisioning.compose({
        ...forProvisioning.platform,
        // One try per call: whether a call that failed did something is for the service to find out.
        ssoAdmin: clientsOf(inside, serviceCaller('provisioning'), region, 1).ssoAdmin,
        instanceArn: organization.InstanceArn,
        wait: (ms) => new Promise((resolve) => timeline.at(timeline.now() + ms, resolve)),
      }),
    },
    audit: { ...audit.compose(forAudit.platform) },
  };
  const running = runFunctions(manifests, handlers, standIns, options);
  return {
    ...standIns,
    options,
    handlers,
    clients,
    outside,
    callers: fromOutside,
    invoke: (name, event) => running.invokeDirectly(name, event),
    stop: () => running.stop(),
    drained: () => running.drained(),
  };
}

/** Who makes tables, queues and rules; in AWS the deployment's role. */
const deployment = (ownAccount: string) => ({ name: 'deployment', roleArn: `arn:aws:iam::${ownAccount}:role/team-deployment`, accountId: ownAccount });
