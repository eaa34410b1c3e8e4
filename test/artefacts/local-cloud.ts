import type { EmitterRegistration } from '@team/contracts';
import { resourceNames } from '@team/runtime';
import { createRouter, memoryStore, serveHttp, systemRandom, systemTimeline, type Origin, type SystemTimeline } from '../../infra/local/src/cloud/index.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import { clientsOf, type CallerClients } from '../../infra/local/src/system/clients.ts';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { byRights, rightsOf } from '../../infra/local/src/system/rights.ts';
import { createStandIns, type StandIns } from '../../infra/local/src/system/stand-ins.ts';
import { insideCallers, outsideCallers } from '../../infra/local/src/system/who.ts';

/** The local cloud over HTTP, in which nothing is deployed and nothing runs. */
export interface LocalCloud {
  readonly endpoint: string;
  readonly standIns: StandIns;
  readonly timeline: SystemTimeline;
  readonly origin: Origin;
  /** In-process clients of whoever deploys. */
  readonly deployment: CallerClients;
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

export async function startLocalCloud({ organization, emitters, prefix, scale }: Setting): Promise<LocalCloud> {
  const origin: Origin = { virtualMs: Date.now(), realMs: Date.now(), scale };
  const timeline = systemTimeline({ origin });
  const store = memoryStore();
  const random = systemRandom();
  const ready: { respond?: ReturnType<typeof createRouter>['respond'] } = {};
  const server = await serveHttp({
    port: 0,
    now: () => timeline.now(),
    router: { respond: (request) => ready.respond?.(request) ?? Promise.reject(new Error('not ready yet')) },
  });
  const ownAccount = organization.DelegatedAdministratorAccountId;
  const rights = rightsOf(manifests, emitters);
  const sign = Object.fromEntries(Object.entries(rights.sign).map(([alias, signers]) => [alias.replace('alias/team-', `alias/${prefix}-`), signers]));
  const buckets = manifests.flatMap(({ name, buckets: of = [] }) => of.map((bucket) => resourceNames.bucket(prefix, name, bucket, ownAccount)));
  const standIns = createStandIns({ organization, store, timeline, random, endpoint: server.endpoint }, Object.keys(sign), buckets);
  const callers = new Map([...insideCallers(manifests, ownAccount), ...outsideCallers(emitters, ownAccount)]);
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
    async close() {
      await server.close();
      timeline.close();
    },
  };
}
