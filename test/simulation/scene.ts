import type { AccessRequestedV1 } from '@team/contracts';
import type { AccountAssignment } from '../../infra/local/src/identity/organization.ts';
import type { LoadedPolicies } from '../../infra/local/src/policies/index.ts';
import { openOrganization, type OrganizationState } from '../../infra/local/src/identity/organization-state.ts';
import { memoryStore } from '../../infra/local/src/cloud/index.ts';
import { createWorld, type SeenEvent, type World } from '../../infra/local/src/play/world.ts';
import type { Composers } from '../../infra/local/src/system/compose-services.ts';
import type { IamOptions } from '../../infra/local/src/system/options.ts';
import type { BusEvent } from '../../infra/local/src/cloud/eventbridge/event.ts';
import { createDriver, type Driver } from './driver.ts';
import type { ServiceCall } from './invocation.ts';
import { drawnFates, type Fates } from './fates.ts';
import { createLog, type Log } from './log.ts';
import type { Off } from './off.ts';
import { isCalm, type Plan } from './plan.ts';
import { standAt } from './process-clock.ts';
import { drawOrganization, drawPolicies, startAt } from './setting.ts';
import { seededRandom, virtualTimeline } from '../../infra/local/src/cloud/index.ts';
import { sweepFindsNothing } from './idle.ts';
import { whatMoves } from './moving.ts';
import { tablesIn, type Tables } from './tables.ts';

/** A request that somebody of the run asked for. */
export interface Asked {
  readonly requestId: string;
  readonly emitter: string;
  readonly requesterId: string;
  readonly userName: string;
  readonly data: AccessRequestedV1;
}

/** What somebody did in the console of Identity Center, past the product. */
export interface ByHand {
  readonly at: number;
  readonly what: 'assign' | 'remove';
  readonly assignment: AccountAssignment;
}

/** Policies that hold from a moment (ms) on. */
export interface PoliciesSince {
  readonly since: number;
  readonly policies: LoadedPolicies;
}

/** One run under way: the product, what surrounds it, and what is known of it. */
export interface Scene {
  readonly world: World;
  readonly driver: Driver;
  readonly fates: Fates;
  readonly log: Log;
  readonly plan: Plan;
  readonly tables: Tables;
  /** The directory and Identity Center as they are now. */
  readonly directory: OrganizationState;
  readonly asked: Asked[];
  /** Events of the bus so far, in its order. */
  readonly events: readonly SeenEvent[];
  /** Events that came since this was called last; they are in `events` from then on. */
  takeNewEvents(): readonly SeenEvent[];
  /** Ids of events that the run itself put past the bus policy. */
  readonly forged: Set<string>;
  readonly byHand: ByHand[];
  /** Ids of those who have had more than one name. */
  readonly renamed: Set<string>;
  /** All that held so far, the present ones last. */
  readonly policies: PoliciesSince[];
  readonly trouble: Trouble;
  /** What is held back, by detail-type. */
  readonly heldBack: Map<string, HeldBack>;
  /** How often what went wrong, by its kind. */
  readonly faults: Map<string, number>;
  /** The most of what rules measured, by what it is. */
  readonly measures: Map<string, number>;
  /** What still moves, in words; nothing, where all is at rest. */
  moving(): Iterable<string>;
  /** Tells `listener` of each call when a service makes it, which is up to a minute before a slow one takes effect. */
  onMade(listener: (call: ServiceCall) => void): void;
}

/** The next event of a kind is to be on its way so long (ms), to each of those who hear of it. */
export interface HeldBack {
  readonly ms: number;
  /** Which event that is, once it came. */
  busId?: string;
}

/** What goes wrong, and when it stops (ms). */
export interface Trouble {
  /** From here on no faults are drawn, which is the start where the plan has none; undefined while they are. */
  faultsUntil?: number;
  /** When Identity Center is back from its last outage. */
  outageUntil: number;
  /** How often a process died that ran this function, by `service.name`. */
  readonly deaths: Map<string, number>;
}

export interface SceneOptions {
  readonly plan: Plan;
  readonly composers: Partial<Composers>;
  readonly off: Off;
  readonly onCall: (call: ServiceCall) => void;
  /** Judges every call, function by function, where it is given. */
  readonly iam?: IamOptions | undefined;
}

/** Sets up a run: nothing has happened in it yet. */
export async function setScene({ plan, composers, off, onCall, iam }: SceneOptions): Promise<Scene> {
  const startMs = Date.parse(startAt);
  standAt(startMs);
  const organization = drawOrganization(plan.world);
  const timeline = virtualTimeline(startMs);
  const log = createLog(startMs, () => timeline.now());
  const drawn = drawnFates(plan.faults);
  const trouble: Trouble = { outageUntil: startMs, deaths: new Map(), ...(isCalm(plan.faults) ? { faultsUntil: startMs } : {}) };
  const heldBack = new Map<string, HeldBack>();
  const faults = new Map<string, number>();
  const count = (kind: string): void => void faults.set(kind, (faults.get(kind) ?? 0) + 1);
  const fault = (kind: string, what: string): void => {
    count(kind);
    log.say(`  fault: ${kind} ${what}`);
  };
  const fates: Fates = {
    ...drawn,
    skipsMinute(service, name) {
      const skips = drawn.skipsMinute(service, name);
      if (skips) count('minute-left-out');
      return skips;
    },
    stop() {
      heldBack.clear();
      trouble.faultsUntil ??= timeline.now();
      drawn.stop();
    },
  };
  const madeListeners: ((call: ServiceCall) => void)[] = [];
  const store = memoryStore();
  const order = seededRandom(plan.order);
  const late: { world?: World } = {};
  const driver = createDriver({
    timeline,
    fates,
    off,
    next: () => order.next(),
    onMade: (call) => madeListeners.forEach((listener) => listener(call)),
    onCall,
    onFault: fault,
    onKill({ service, name }) {
      const who = `${service}.${name}`;
      trouble.deaths.set(who, (trouble.deaths.get(who) ?? 0) + 1);
      late.world?.system.redeploy(service as keyof Composers);
    },
    idle: (service, name) => sweepFindsNothing(store, timeline.now(), service, name),
  });
  const heldBackBy = (event: BusEvent): number => {
    const held = heldBack.get(event['detail-type']);
    if (held === undefined) return 0;
    held.busId ??= event.id;
    return held.busId === event.id ? held.ms : 0;
  };
  const copies: Fates['deliveries']['copies'] = (event, targetArn) => {
    if (off.deliveries?.(event, targetArn) === true) return [];
    const delays = fates.deliveries.copies(event, targetArn).map((ms) => ms + heldBackBy(event));
    const what = `${event['detail-type']} to ${targetArn.slice(targetArn.lastIndexOf(':') + 1)}`;
    if (delays.length > 1) fault('doubled', what);
    if (delays.some((ms) => ms >= 1_000)) fault('late', `${what}: ${delays.map((ms) => `${Math.round(ms / 1_000)} s`).join(' and ')}`);
    return delays;
  };
  const more = { store, composers, deliveryFaults: { ...fates.deliveries, copies }, intercept: driver.intercept, around: driver.around, ...(iam === undefined ? {} : { iam }) };
  const policies = drawPolicies(organization, plan.policies);
  const world = await createWorld({ organization, policies, startAt, seed: plan.world, timeline, more });
  late.world = world;

  const events: SeenEvent[] = [];
  const tables = tablesIn((name) => store.map(`dynamodb/items/${name}`));
  return {
    world,
    driver,
    fates,
    log,
    plan,
    tables,
    directory: openOrganization(store, organization),
    asked: [],
    events,
    takeNewEvents() {
      const fresh = world.eventsFrom(events.length + 1);
      events.push(...fresh);
      return fresh;
    },
    forged: new Set(),
    byHand: [],
    renamed: new Set(),
    policies: [{ since: startMs, policies }],
    trouble,
    heldBack,
    faults,
    measures: new Map(),
    moving: () => whatMoves(world, tables),
    onMade: (listener) => void madeListeners.push(listener),
  };
}
