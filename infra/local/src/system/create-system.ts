import { seedPolicies as seedApproverPolicies } from '@team/approval/compose';
import { manifest as approvalManifest } from '@team/approval/manifest';
import { manifest as auditManifest } from '@team/audit/manifest';
import { manifest as expiryManifest } from '@team/expiry/manifest';
import { manifest as provisioningManifest } from '@team/provisioning/manifest';
import { seedPolicies as seedRequestPolicies } from '@team/request/compose';
import { manifest as requestManifest } from '@team/request/manifest';
import type { Doors } from '@team/portal/compose';
import { manifest as portalManifest } from '@team/portal/manifest';
import type { ServiceManifest } from '@team/runtime';
import { authorizeBy } from '../authorization/index.ts';
import type { Caller } from '../cloud/stand-in.ts';
import { createRouter, type Authorize } from '../cloud/wire/router.ts';
import type { LoadedPolicies } from '../policies/index.ts';
import { clientsOf, ssoAdminOnce, type CallerClients } from './clients.ts';
import { serviceNames, usualComposers, type ServiceName } from './compose-services.ts';
import { fromOutside } from './from-outside.ts';
import type { Handlers } from './handlers.ts';
import type { SystemOptions } from './options.ts';
import { placeOf, type Calling, type Place } from './place.ts';
import { provision } from './provision.ts';
import { byRights, rightsOf } from './rights.ts';
import { runFunctions } from './run-functions.ts';
import { createStandIns, type StandIns } from './stand-ins.ts';
import { bucketName, functionCaller, insideCallers, localChannel, outsideCallers, portalCaller, portalEmitters, serviceCaller } from './who.ts';

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
  /** Of everything that runs here. */
  readonly manifests: readonly ServiceManifest[];
  /** Where people come in, if there is a portal. */
  readonly portal?: Doors;
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
  const { organization, policies, store, random, iam } = options;
  const ownAccount = organization.DelegatedAdministratorAccountId;
  const region = organization.Region;
  // Loaded where there is one: it brings as much code as everything else.
  const portal = options.portal === undefined ? undefined : { ...(await import('./portal.ts')), signIn: options.portal };
  const present: readonly ServiceManifest[] = portal === undefined ? manifests : [...manifests, portalManifest];
  const emitters = [...policies.emitters, localChannel(ownAccount), ...(portal === undefined ? [] : portalEmitters(portalManifest, ownAccount, policies.portal))];
  const rights = rightsOf(present, emitters);
  const standIns = createStandIns(options, Object.keys(rights.sign), manifests.flatMap(({ name, buckets = [] }) => buckets.map((bucket) => bucketName(name, bucket, organization))));
  const ground = { organization, keyNamed: standIns.kms.keyNamed, queried: (id: string) => standIns.athena.workgroupOf(id) ?? standIns.trail.storeOf(id) };
  const outsiders = outsideCallers(emitters, ownAccount);
  // The portal's doors are emitters that only its own functions speak as.
  const strangers = outsideCallers([...policies.emitters, localChannel(ownAccount)], ownAccount);
  const insiders = insideCallers(present, ownAccount, iam?.roleOf);
  const routing = { standIns: standIns.all, store, random, ...(options.intercept === undefined ? {} : { intercept: options.intercept }) };
  const ownRights = byRights(rights, ground);
  const inside = createRouter({
    ...routing,
    callers: (name) => insiders.get(name) ?? outsiders.get(name),
    authorize: iam === undefined ? ownRights : sparingHands(authorizeBy(iam.allows, ground)),
  });
  const coarse = fromOutside(emitters);
  const outside = createRouter({
    ...routing,
    callers: (name) => strangers.get(name),
    authorize(call) {
      coarse(call);
      ownRights(call);
    },
  });
  const clients = (caller: string): CallerClients => clientsOf(inside, caller, region, options.maxAttempts);
  await provision(present, clients('deployment'), ownAccount, region);

  const calling = remembered((caller: string): Calling => ({ clients: clients(caller), ssoAdmin: ssoAdminOnce(inside, caller, region) }));
  const place = (name: ServiceName, caller: string): Place => placeOf(manifestOf[name], calling(caller), emitters, options);
  const seed = async (given: LoadedPolicies, { unlessAsBefore = false } = {}): Promise<void> => {
    await seedRequestPolicies(place('request', 'deployment').platform, given, { unlessAsBefore });
    await seedApproverPolicies(place('approval', 'deployment').platform, given, { unlessAsBefore });
  };
  await seed(policies, { unlessAsBefore: true });

  const composers = { ...usualComposers, ...options.composers };
  const deploy = (name: ServiceName): Handlers => {
    if (iam === undefined) return composers[name](place(name, serviceCaller(name)));
    const functions = Object.keys(manifestOf[name].functions);
    return Object.fromEntries(functions.flatMap((one) => Object.entries(composers[name](place(name, functionCaller(name, one)))).filter(([key]) => key === one)));
  };
  const deployed = perService(deploy);
  const placeOfCaller = remembered((caller: string): Place => placeOf(portalManifest, calling(caller), emitters, options));
  const portalPlace = (name: PortalFunction): Place => placeOfCaller(iam === undefined ? portalCaller(portalManifest, name) : functionCaller('portal', name));
  const doors = portal?.portalHandlers(portalPlace) ?? {};
  const running = runFunctions(present, (service) => new Map<string, Handlers>([...Object.entries(deployed), ['portal', doors]]).get(service), standIns, options);
  const askedBy = (by: PortalFunction, FunctionName: string, event: unknown): Promise<unknown> => {
    const caller = insiders.get(functionCaller('portal', by));
    if (iam !== undefined && caller !== undefined) authorizeBy(iam.allows, ground)({ target: 'AWSLambda', action: 'Invoke', input: { FunctionName }, caller });
    return running.invokeDirectly(FunctionName, event);
  };
  await portal?.surveyAtOnce(portalPlace);
  return {
    ...standIns,
    options,
    redeploy: (service) => void (deployed[service] = deploy(service)),
    seed,
    clients,
    outside,
    callers: (name) => strangers.get(name),
    manifests: present,
    ...(portal === undefined ? {} : { portal: portal.openPortal({ place: portalPlace, signIn: { ...portal.signIn, machines: policies.portal?.machineClients }, organization, invoke: askedBy }) }),
    invoke: (name, event) => running.invokeDirectly(name, event),
    stop: () => running.stop(),
    drained: () => running.drained(),
  };
}

type PortalFunction = keyof typeof portalManifest.functions;

/** Judges nobody who makes resources or looks on: neither is part of the product. */
const sparingHands = (judge: Authorize): Authorize => (call) => {
  if (call.caller.name !== 'deployment' && call.caller.name !== 'operator') judge(call);
};

const perService = <T>(make: (name: ServiceName) => T): Record<ServiceName, T> => ({
  request: make('request'),
  approval: make('approval'),
  expiry: make('expiry'),
  provisioning: make('provisioning'),
  audit: make('audit'),
});

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
