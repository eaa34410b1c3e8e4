import { accessRequestedV1, accessRevocationRequestedV1 } from '@team/contracts';
import { seededRandom, type Timeline } from '../../infra/local/src/cloud/index.ts';
import type { Operation } from '../../infra/local/src/identity/assignment-operations.ts';
import { createWorld, type World } from '../../infra/local/src/play/world.ts';
import type { Composers } from '../../infra/local/src/system/compose-services.ts';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { serviceCaller } from '../../infra/local/src/system/who.ts';
import { withLatency } from './aws-latencies.ts';
import { desk, largeOrganization, type LargeOrganization } from './large-organization.ts';

/** An event as the bus took it, at `at` (ms since the epoch). */
export interface Taken {
  readonly at: number;
  readonly detailType: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A call that changes or reads Identity Center, by its service `caller`. */
export interface CenterCall {
  readonly at: number;
  readonly action: string;
  readonly caller: string;
  readonly refused: boolean;
}

export interface BenchWorld extends LargeOrganization {
  readonly world: World;
  readonly events: readonly Taken[];
  readonly centerCalls: readonly CenterCall[];
  /** When provisioning woke its dispatcher because there is work (ms): by then it stands in the work index. */
  readonly workArrivals: readonly number[];
  /** How many events of a type the bus took. */
  count(detailType: string): number;
  /** Every assignment operation so far, as Identity Center knows it. */
  operations(): Operation[];
  /** One request for these targets; gives its id. */
  ask(person: number, targets: LargeOrganization['roles'], durationMinutes: number): Promise<string>;
  takeBack(requestId: string): Promise<void>;
  /** Lets time pass until the condition holds; fails `withinMinutes` later. */
  until(what: string, condition: () => boolean, withinMinutes: number): Promise<void>;
}

const minuteMs = 60_000;
const services = new Set(manifests.map(({ name }) => serviceCaller(name)));

/** Reads its queue and keeps nothing: the audit trail changes nothing about provisioning, and is a third of the work of a long run. */
const deafAudit: Partial<Composers> = {
  audit: () => ({ ...Object.fromEntries(['inbox', 'follow', 'timers'].map((queue) => [queue, async () => ({ batchItemFailures: [] })])), query: async () => ({}), rebuild: async () => ({}), sweep: async () => undefined }),
};

/** The whole product on a large organization, in which every call of a service to AWS takes its time. */
export async function benchWorld(seed: number, { withAudit }: { readonly withAudit: boolean }): Promise<BenchWorld> {
  const large = largeOrganization(seed);
  const events: Taken[] = [];
  const centerCalls: CenterCall[] = [];
  const workArrivals: number[] = [];
  const counts = new Map<string, number>();
  const begun: { timeline?: Timeline } = {};
  const now = (): number => begun.timeline?.now() ?? 0;

  const latent = withLatency(() => begun.timeline, seededRandom(seed + 1), (call, { output, error }) => {
    if (call.target === 'SWBExternalService') {
      centerCalls.push({ at: now(), action: call.action, caller: call.caller.name, refused: error !== undefined });
    }
    if (call.action === 'SendMessage' && call.caller.name === serviceCaller('provisioning')) workArrivals.push(now());
    if (call.target !== 'AWSEvents' || call.action !== 'PutEvents' || output === undefined) return;
    const entries = call.input['Entries'] as { readonly DetailType: string; readonly Detail: string }[];
    const answers = output['Entries'] as { readonly EventId?: string }[];
    entries.forEach((entry, i) => {
      if (answers[i]?.EventId === undefined) return;
      const { data } = JSON.parse(entry.Detail) as { data: Taken['data'] };
      events.push({ at: now(), detailType: entry.DetailType, data });
      counts.set(entry.DetailType, (counts.get(entry.DetailType) ?? 0) + 1);
    });
  });
  const world = await createWorld({
    organization: large.organization,
    policies: large.policies,
    startAt: '2026-03-02T09:00:00.000Z',
    seed,
    more: {
      intercept: (call, next) => (services.has(call.caller.name) ? latent(call, next) : next()),
      ...(withAudit ? {} : { composers: deafAudit }),
    },
  });
  const { timeline, store } = world.system.options;
  begun.timeline = timeline;
  const operations = store.map<Operation>('sso-admin.operations');

  return {
    ...large,
    world,
    events,
    centerCalls,
    workArrivals,
    count: (detailType) => counts.get(detailType) ?? 0,
    operations: () => [...operations.values()],
    async ask(person, targets, durationMinutes) {
      const requestId = world.newId();
      const requester = large.people[person % large.people.length] ?? '';
      await world.emit(desk, accessRequestedV1, { requestId, requester, targets: [...targets], durationMinutes, justification: 'bench' });
      return requestId;
    },
    async takeBack(requestId) {
      await world.emit(desk, accessRevocationRequestedV1, { requestId });
    },
    async until(what, condition, withinMinutes) {
      const limit = world.now() + withinMinutes * minuteMs;
      while (!condition()) {
        if (world.now() > limit) throw new Error(`${what}: not within ${withinMinutes} minutes`);
        await world.pass(1 / 60);
      }
    },
  };
}
