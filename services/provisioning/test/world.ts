import { createAggregate, createLogger, unpublished, uuidv7Source, type OutgoingEvent, type Publisher } from '@team/runtime';
import type { AssignmentId, AssignmentState } from '../src/domain/assignment.ts';
import { assignmentKey } from '../src/domain/assignment.ts';
import type { AssignmentCommand } from '../src/domain/commands.ts';
import { decide } from '../src/domain/decide.ts';
import { decideDispatcher, evolveDispatcher } from '../src/domain/dispatcher/decide.ts';
import { dispatcherDueAt, dispatcherKey, type DispatcherState } from '../src/domain/dispatcher/state.ts';
import { evolve } from '../src/domain/evolve.ts';
import { dueAt, forgetAt, nextStep, workClasses, workOf } from '../src/domain/next-step.ts';
import { checkAt } from '../src/domain/watch.ts';
import { createDispatch, leaseMs } from '../src/application/dispatch.ts';
import { wakeForWork } from '../src/application/on-dispatcher-due.ts';
import type { Limits } from '../src/application/pass.ts';
import { createReconcile } from '../src/application/reconcile.ts';
import { checkAttributes, checksIndex } from '../src/adapters/checks-index.ts';
import { workIndex } from '../src/adapters/work-index.ts';
import { manifest } from '../src/manifest.ts';
import { startMs } from './examples.ts';
import { memoryStore } from './memory-store.ts';
import { metered } from './metered.ts';
import { scriptedIdentityCenter } from './scripted-identity-center.ts';

export const minute = 60_000;

/**
 * Stops a process at its k-th call. `before` and `after` that call was made: nothing that it called ever returns. `sleeps`: it hangs
 * there until `resume`, long after others have taken over, and then goes on as if nothing had been.
 */
export interface Death {
  readonly call: number;
  readonly when: 'before' | 'after' | 'sleeps';
}

interface Life {
  calls: number;
  /** Nobody waits for it any more. */
  dead: boolean;
  resume(): void;
}

const never = new Promise<never>(() => undefined);
/** The platform ends a function that outlives its time-out, so a call that changes something is never made so late. */
const neverLate = new Set<string | symbol>(['create', 'remove']);

/** The same port, in a process that dies. */
function mortal<Port extends object>(port: Port, life: Life, death: Death | undefined): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      const call = async <Result>(made: () => Promise<Result>): Promise<Result> => {
        if (life.dead && death?.when !== 'sleeps') return never;
        life.calls += 1;
        const dies = life.calls === death?.call;
        if (dies) life.dead = true;
        if (dies && death.when === 'before') return never;
        if (dies && death.when === 'sleeps' && !neverLate.has(name)) await new Promise<void>((resolve) => (life.resume = resolve));
        const result = await made();
        return dies && death.when === 'after' ? never : result;
      };
      if (name !== 'pages') return (...given: unknown[]) => call(() => Reflect.apply(member, target, given) as Promise<unknown>);
      // Each page is a call of its own.
      return async function* (...given: unknown[]): AsyncGenerator {
        const pages = (Reflect.apply(member, target, given) as AsyncIterable<unknown>)[Symbol.asyncIterator]();
        for (let next = await call(() => pages.next()); next.done !== true; next = await call(() => pages.next())) yield next.value;
      };
    },
  });
}

export interface WorldOptions {
  readonly limits?: Partial<Limits>;
  readonly latencyMs?: number;
  readonly recreateMissing?: boolean;
  readonly checkEveryMinutes?: number;
  /** Whether a pass waits for what is due soon; time then goes on within it. */
  readonly waits?: boolean;
  /** What brings anything about beside events: timers with the sweep (the usual), the reconciler alone, or both. */
  readonly driven?: 'by-timers' | 'by-reconciler' | 'by-both';
}

/** The service around an Identity Center, in one process that may die and be started again, on one clock. */
export function createWorld(options: WorldOptions = {}) {
  const { driven = 'by-timers', recreateMissing = false, checkEveryMinutes = 15 } = options;
  let now = startMs;
  const clock = (): number => now;
  const newId = uuidv7Source(clock);
  const store = memoryStore(clock);
  const identityCenter = scriptedIdentityCenter(clock, options.latencyMs);
  const published: { type: string; data: Record<string, unknown> }[] = [];
  const seen = new Set<string>();
  const publisher: Publisher = {
    publish: async (events: readonly OutgoingEvent[]) => {
      for (const { eventId, detailType, detail } of events) {
        // What a death left between publishing and noting it is published again, as the same event.
        if (seen.has(eventId)) continue;
        seen.add(eventId);
        published.push({ type: detailType, data: (JSON.parse(detail) as { data: Record<string, unknown> }).data });
      }
      return { published: events.map(({ eventId }) => eventId), refused: [] };
    },
  };
  let owner = 0;
  let woken = false;

  const process = (death?: Death) => {
    const life: Life = { calls: 0, dead: false, resume: () => undefined };
    const context = {
      store: mortal(store, life, death),
      publisher: mortal(publisher, life, death),
      timers: { schedule: async () => undefined, sweep: async () => 0 },
      publishes: manifest.publishes,
      clock,
      newId,
      logger: createLogger('provisioning', 'SILENT'),
    };
    const index = (state: AssignmentState) => ({ ...workOf(state), ...checkAttributes(state.assignment, checkAt(state, checkEveryMinutes * minute)) });
    const assignments = createAggregate({ decide, evolve, dueAt, forgetAt, index }, context);
    const dispatcher = createAggregate({ decide: decideDispatcher, evolve: evolveDispatcher, dueAt: dispatcherDueAt }, context);
    const work = workIndex(context.store);
    const log = {
      info: () => undefined,
      warn: () => undefined,
      error: (message: string, facts: Record<string, unknown>) => { throw new Error(message, { cause: facts['error'] }); },
    };
    const dispatch = createDispatch({
      assignments,
      dispatcher,
      directoryFor: (onCall) => metered(mortal(identityCenter, life, death), onCall),
      work,
      nextStep,
      recreateMissing,
      clock,
      log,
      limits: { outstanding: 10, callsPerSecond: 12, ...options.limits },
      ...(options.waits === true ? { wait: async (ms: number) => void (now += ms) } : {}),
    });
    const wake = wakeForWork(dispatcher, work, async () => void (woken = true), clock);
    const reconcile = createReconcile(assignments, checksIndex(context.store), wake, clock, log);
    return { assignments, dispatch, reconcile, life };
  };
  let running = process();

  const world = {
    identityCenter,
    published,
    store,
    now: clock,
    at: (ms: number): void => void (now = ms),
    /** A process that dies at the given call of its own takes over from the one before. */
    restart(death?: Death): Life {
      running = process(death);
      return running.life;
    },
    state: async (assignment: AssignmentId) => (await store.load<AssignmentState>(assignmentKey(assignment)))?.state,
    dispatcher: async () => (await store.load<DispatcherState>(dispatcherKey))?.state,
    /** What events bring: done by another function, which lives. */
    tell: (assignment: AssignmentId, command: AssignmentCommand) => process().assignments.execute(assignmentKey(assignment), command),
    /** Publishes what a death left in the outboxes. */
    async relay(): Promise<void> {
      for (const key of store.keys()) {
        const left = unpublished((await store.load(key))?.outbox ?? {});
        await store.acknowledge(key, (await publisher.publish(left)).published);
      }
    },
    async pass(leftMs: () => number = () => leaseMs): Promise<void> {
      owner += 1;
      woken = false;
      await settled(running.dispatch({ id: `pass-${owner}`, leftMs }), running.life);
    },
    /** Another wake of the same invocation as the pass before. */
    async sameInvocation(leftMs: () => number): Promise<void> {
      await settled(running.dispatch({ id: `pass-${owner}`, leftMs }), running.life);
    },
    /** One second, or the rest of a minute in which nothing can come by the clock; and what comes then. */
    async tick(): Promise<void> {
      now += driven === 'by-reconciler' ? minute - (now % minute) : 1_000;
      if (driven !== 'by-reconciler') await world.timers();
      if (running.life.dead) world.restart();
      if (driven !== 'by-timers' && now % minute === 0) await world.reconcile();
      if (running.life.dead) world.restart();
    },
    async reconcile(): Promise<void> {
      await settled(running.reconcile(), running.life);
      if (woken) await world.pass();
    },
    /** Due aggregates are told, and the dispatcher is woken where its timer or the minute's sweep would wake it. */
    async timers(): Promise<void> {
      for (const key of store.due(now)) if (key !== dispatcherKey) await process().assignments.execute(key, { type: 'due' });
      const wanted = (await world.dispatcher()) ?? undefined;
      const due = wanted === undefined ? undefined : dispatcherDueAt(wanted);
      const found = await Promise.all(workClasses.map((workClass) => workIndex(store).find(workClass, now, 1)));
      const idle = wanted?.lease === undefined && found.some(({ length }) => length > 0) && now % 5_000 === 0;
      if ((due !== undefined && due <= now) || idle) await world.pass();
    },
    async run(ms: number): Promise<void> {
      for (const until = now + ms; now < until; ) await world.tick();
    },
  };
  return world;
}

/** Until the work is done, or its process has died. */
async function settled(work: Promise<void>, life: Life): Promise<void> {
  let done = false;
  const watched = work.finally(() => void (done = true));
  while (!done && !life.dead) await new Promise((resolve) => setImmediate(resolve));
  if (!life.dead) await watched;
}
