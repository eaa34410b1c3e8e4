import type { EmitterRegistration } from '@team/contracts';
import { manifest as portal } from '@team/portal/manifest';
import { resourceNames, type ServiceManifest } from '@team/runtime';
import { createRouter, memoryStore, serveHttp, systemRandom, systemTimeline, type Origin, type SystemTimeline } from '../../infra/local/src/cloud/index.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import { clientsOf, type CallerClients } from '../../infra/local/src/system/clients.ts';
import { manifests as services } from '../../infra/local/src/system/create-system.ts';
import { lambdaApi } from '../../infra/local/src/system/lambda-api.ts';
import { byRights, rightsOf } from '../../infra/local/src/system/rights.ts';
import { createStandIns, type StandIns } from '../../infra/local/src/system/stand-ins.ts';
import { insideCallers, outsideCallers, portalEmitters } from '../../infra/local/src/system/who.ts';

/** The local cloud over HTTP, in which nothing is deployed and nothing runs. */
export interface LocalCloud {
  readonly endpoint: string;
  readonly standIns: StandIns;
  readonly timeline: SystemTimeline;
  readonly origin: Origin;
  /** In-process clients of whoever deploys. */
  readonly deployment: CallerClients;
  /** From now on, functions are invoked by this. */
  invokeBy(invoke: (functionName: string, event: unknown) => Promise<unknown>): void;
  close(): Promise<void>;
}

interface Setting {
  readonly organization: Organization;
  readonly emitters: readonly EmitterRegistration[];
  /** What names begin with in the deployment: its signing keys are `alias/<prefix>-acceptance` and so on. */
  readonly prefix: string;
  /** How many times as fast as here time passes. */
  readonly scale: number;
}

const manifests: readonly ServiceManifest[] = [...services, portal];

export async function startLocalCloud({ organization, emitters: outsiders, prefix, scale }: Setting): Promise<LocalCloud> {
  const origin: Origin = { virtualMs: Date.now(), realMs: Date.now(), scale };
  const timeline = systemTimeline({ origin });
  const store = memoryStore();
  const random = systemRandom();
  const ownAccount = organization.DelegatedAdministratorAccountId;
  const emitters = [...outsiders, ...portalEmitters(portal, ownAccount)];
  const callers = new Map([...insideCallers(manifests, ownAccount), ...outsideCallers(emitters, ownAccount)]);
  const ready: { respond?: ReturnType<typeof createRouter>['respond']; invoke?: (functionName: string, event: unknown) => Promise<unknown> } = {};
  const invoke = (functionName: string, event: unknown): Promise<unknown> => ready.invoke?.(functionName, event) ?? Promise.reject(new Error('nothing is deployed yet'));
  const server = await serveHttp({
    port: 0,
    now: () => timeline.now(),
    also: lambdaApi(invoke, (name) => callers.get(name), new Map(), new Set(['portal', 'portal-decisions'])),
    router: { respond: (request) => ready.respond?.(request) ?? Promise.reject(new Error('not ready yet')) },
  });
  const rights = rightsOf(manifests, emitters);
  const sign = Object.fromEntries(Object.entries(rights.sign).map(([alias, signers]) => [alias.replace('alias/team-', `alias/${prefix}-`), signers]));
  const buckets = manifests.flatMap(({ name, buckets: of = [] }) => of.map((bucket) => resourceNames.bucket(prefix, name, bucket, ownAccount)));
  const standIns = createStandIns({ organization, store, timeline, random, endpoint: server.endpoint }, Object.keys(sign), buckets);
  const router = createRouter({
    standIns: standIns.all,
    store,
    random,
    callers: (name) => callers.get(name),
    authorize: byRights({ ...rights, sign }, { organization, keyNamed: standIns.kms.keyNamed }),
  });
  ready.respond = router.respond;
  return {
    endpoint: server.endpoint,
    standIns,
    timeline,
    origin,
    deployment: clientsOf(router, 'deployment', organization.Region, 3),
    invokeBy: (by) => void (ready.invoke = by),
    async close() {
      await server.close();
      timeline.close();
    },
  };
}
