import { seedPolicies as seedApproverPolicies } from '@team/approval/compose';
import { manifest as approvalManifest } from '@team/approval/manifest';
import { manifest as auditManifest } from '@team/audit/manifest';
import { manifest as expiryManifest } from '@team/expiry/manifest';
import { manifest as provisioningManifest } from '@team/provisioning/manifest';
import { seedPolicies as seedRequestPolicies } from '@team/request/compose';
import { manifest as requestManifest } from '@team/request/manifest';
import type { ServiceManifest } from '@team/runtime';
import type { Caller } from '../cloud/stand-in.ts';
import { createRouter } from '../cloud/wire/router.ts';
import type { LoadedPolicies } from '../policies/index.ts';
import { authorizer } from './authorize.ts';
import { clientsOf, type CallerClients } from './clients.ts';
import { serviceNames, usualComposers, type ServiceName } from './compose-services.ts';
import type { SystemOptions } from './options.ts';
import { placeOf, type Place } from './place.ts';
import { provision } from './provision.ts';
import { runFunctions } from './run-functions.ts';
import { createStandIns, type StandIns } from './stand-ins.ts';
import { busPolicy, createCallers, localChannel, serviceCaller, signingKeys } from './who.ts';

const manifestOf: Readonly<Record<ServiceName, ServiceManifest>> = {
  request: requestManifest,
  approval: approvalManifest,
  expiry: expiryManifest,
  provisioning: provisioningManifest,
  audit: auditManifest,
};

/** Every service, in the order in which a request meets them. */
export const manifests: readonly ServiceManifest[] = serviceNames.map((name) => manifestOf[name]);

/** The whole product running on the local cloud. */
export interface System extends StandIns {
  readonly options: SystemOptions;
  /** Composes a service anew, as a deployment does: what its functions remembered between invocations is gone. */
  redeploy(service: ServiceName): void;
  /** Puts these policies and limits in the place of those that stand. Emitters are configuration and stay. */
  seed(policies: LoadedPolicies): Promise<void>;
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
  const { organization, policies, store, random } = options;
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

  const clientsByService = perService((name) => clients(serviceCaller(name)));
  const ssoAdmin = clientsOf(inside, serviceCaller('provisioning'), region, 1).ssoAdmin;
  const place = (name: ServiceName): Place => placeOf(manifestOf[name], clientsByService[name], ssoAdmin, emitters, options);
  const seed = async (given: LoadedPolicies): Promise<void> => {
    await seedRequestPolicies(place('request').platform, given);
    await seedApproverPolicies(place('approval').platform, given.approvers);
  };
  await seed(policies);

  const composers = { ...usualComposers, ...options.composers };
  const deployed = perService((name) => composers[name](place(name)));
  const running = runFunctions(manifests, (service) => new Map(Object.entries(deployed)).get(service), standIns, options);
  return {
    ...standIns,
    options,
    redeploy: (service) => void (deployed[service] = composers[service](place(service))),
    seed,
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

const perService = <T>(make: (name: ServiceName) => T): Record<ServiceName, T> => ({
  request: make('request'),
  approval: make('approval'),
  expiry: make('expiry'),
  provisioning: make('provisioning'),
  audit: make('audit'),
});
