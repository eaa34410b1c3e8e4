import { createAggregate, createLogger, unpublished, uuidv7Source, type OutgoingEvent, type Publisher } from '@team/runtime';
import type { AssignmentId, AssignmentState } from '../src/domain/assignment.ts';
import { assignmentKey } from '../src/domain/assignment.ts';
import type { AssignmentCommand } from '../src/domain/commands.ts';
import { decide } from '../src/domain/decide.ts';
import { decideDispatcher, evolveDispatcher } from '../src/domain/dispatcher/decide.ts';
import { dispatcherDueAt, dispatcherKey, type DispatcherState } from '../src/domain/dispatcher/state.ts';
import { evolve } from '../src/domain/evolve.ts';
import { dueAt, forgetAt, nextStep, workClasses, workOf } from '../src/domain/next-step.ts';
import { createDispatch } from '../src/application/dispatch.ts';
import type { Limits } from '../src/application/pass.ts';
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
      return async (...given: unknown[]): Promise<unknown> => {
        if (life.dead && death?.when !== 'sleeps') return never;
        life.calls += 1;
        const dies = life.calls === death?.call;
        if (dies) life.dead = true;
        if (dies && death.when === 'before') return never;
        if (dies && death.when === 'sleeps' && !neverLate.has(name)) await new Promise<void>((resolve) => (life.resume = resolve));
        const result: unknown = await (Reflect.apply(member, target, given) as Promise<unknown>);
        return dies && death.when === 'after' ? never : result;
      };
    },
  });
}

/** The service around an Identity Center, in one process that may die and be started again, on one clock. */
export function createWorld(options: { readonly limits?: Partial<Limits>; readonly latencyMs?: number } = {}) {
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
    const assignments = createAggregate({ decide, evolve, dueAt, forgetAt, index: (state: AssignmentState) => ({ ...workOf(state) }) }, context);
    const dispatcher = createAggregate({ decide: decideDispatcher, evolve: evolveDispatcher, dueAt: dispatcherDueAt }, context);
    const dispatch = createDispatch({
      assignments,
      dispatcher,
      directoryFor: (onCall) => metered(mortal(identityCenter, life, death), onCall),
      work: workIndex(context.store),
      nextStep,
      recreateMissing: false,
      clock,
      log: { info: () => undefined, warn: () => undefined, error: (message, facts) => { throw new Error(message, { cause: facts['error'] }); } },
      limits: { outstanding: 10, callsPerSecond: 12, ...options.limits },
    });
    return { assignments, dispatch, life };
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
    async pass(): Promise<void> {
      owner += 1;
      await settled(running.dispatch(`pass-${owner}`), running.life);
    },
    /** One second: due aggregates are told, and the dispatcher is woken where its timer or the minute's sweep would wake it. */
    async tick(): Promise<void> {
      now += 1_000;
      for (const key of store.due(now)) if (key !== dispatcherKey) await process().assignments.execute(key, { type: 'due' });
      const wanted = (await world.dispatcher()) ?? undefined;
      const due = wanted === undefined ? undefined : dispatcherDueAt(wanted);
      const found = await Promise.all(workClasses.map((workClass) => workIndex(store).find(workClass, now, 1)));
      const idle = wanted?.lease === undefined && found.some(({ length }) => length > 0) && now % 5_000 === 0;
      if ((due !== undefined && due <= now) || idle) await world.pass();
      if (running.life.dead) world.restart();
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
