import type { EmitterRegistration } from '@team/contracts';
import { createRouter, memoryStore, serveHttp, systemRandom, systemTimeline, type Origin, type SystemTimeline } from '../../infra/local/src/cloud/index.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import type { LoadedPolicies } from '../../infra/local/src/policies/index.ts';
import { authorizer } from '../../infra/local/src/system/authorize.ts';
import { clientsOf, type CallerClients } from '../../infra/local/src/system/clients.ts';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { createStandIns, type StandIns } from '../../infra/local/src/system/stand-ins.ts';
import { busPolicy, createCallers, signingKeys } from '../../infra/local/src/system/who.ts';

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
  readonly policies: LoadedPolicies;
  readonly emitters: readonly EmitterRegistration[];
  /** What names begin with in the deployment: its signing keys are `alias/<prefix>-acceptance` and `alias/<prefix>-proof`. */
  readonly prefix: string;
  /** How many times as fast as here time passes. */
  readonly scale: number;
}

export async function startLocalCloud({ organization, policies, emitters, prefix, scale }: Setting): Promise<LocalCloud> {
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
  const options = { organization, policies, store, timeline, random, logLevel: 'ERROR', executionClock: timeline, endpoint: server.endpoint, maxAttempts: 3 } as const;
  const keys = signingKeys(manifests, emitters).map(({ alias, signers }) => ({ alias: alias.replace('alias/team-', `alias/${prefix}-`), signers }));
  const standIns = createStandIns(options, busPolicy(manifests, emitters), keys);
  const callers = createCallers(manifests, emitters, ownAccount);
  ready.respond = createRouter({ standIns: standIns.all, store, random, callers, authorize: authorizer(manifests, emitters) }).respond;
  const deployer = { name: 'deployment', roleArn: `arn:aws:iam::${ownAccount}:role/team-deploy`, accountId: ownAccount };
  const inside = createRouter({ standIns: standIns.all, store, random, callers: (name) => (name === 'deployment' ? deployer : undefined) });
  return {
    endpoint: server.endpoint,
    standIns,
    timeline,
    origin,
    deployment: clientsOf(inside, 'deployment', organization.Region, 3),
    async close() {
      await server.close();
      timeline.close();
    },
  };
}
