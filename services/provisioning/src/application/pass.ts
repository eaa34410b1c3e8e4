import { affordableAt, refilled, spent } from '../domain/dispatcher/budget.ts';
import { chooseNext } from '../domain/dispatcher/choose.ts';
import type { DispatcherCommand, Plan } from '../domain/dispatcher/decide.ts';
import { pauseAfter, pollAfter, retryAfterFaultMs } from '../domain/dispatcher/pace.ts';
import { dispatcherKey, type Budget, type DispatcherState } from '../domain/dispatcher/state.ts';
import { workClasses } from '../domain/next-step.ts';
import { drive, type Driven, type DrivePorts } from './drive.ts';
import type { DirectoryFor, Dispatcher, Work } from './ports.ts';

/** How much of Identity Center the dispatcher takes for itself. */
export interface Limits {
  /** Operations under way at once, creations and deletions together. */
  readonly outstanding: number;
  readonly callsPerSecond: number;
}

export interface PassPorts extends Omit<DrivePorts, 'directory'> {
  readonly directoryFor: DirectoryFor;
  readonly dispatcher: Dispatcher;
  readonly work: Work;
  readonly limits: Limits;
}

/** One pass, while it holds the lease. What it knows is copied from the dispatcher's item, and goes back there when it ends. */
export interface Pass {
  /** Asks about every outstanding operation whose time to be asked about has come. */
  askAboutOutstanding(): Promise<void>;
  /** Starts what waits: removals, then break glass, then grants, as far as slots and budget allow. */
  startWaiting(): Promise<void>;
  /** When something becomes possible again (ms); nothing while nothing is outstanding and nothing waits. */
  nextAt(): number | undefined;
  /** Whether there is time for more. */
  goesOn(): boolean;
  /** True where the pass is over; false where work was announced meanwhile and there is time for it. */
  release(): Promise<boolean>;
}

/** A pass starts nothing new so long before its lease is over (ms). */
const windDownMs = 10_000;
/** Calls that one step makes: find, read back, and the session's length. A long list takes more, for which later steps wait. */
const callsPerStep = 3;
/** Among so many of the longest waiting, those come first whose people have the least under way. */
const considered = 100;

export function createPass(ports: PassPorts, owner: string, until: number, taken: DispatcherState): Pass {
  const { dispatcher, clock, limits, work, log } = ports;
  const { callsPerSecond } = limits;
  const tokensPerStep = Math.min(callsPerStep, callsPerSecond);
  let budget: Budget = taken.budget;
  let { pause, slots } = taken;
  let mine = true;
  let workWaits = false;
  const pollAt = new Map<string, number>();

  const directory = ports.directoryFor(() => {
    budget = spent(refilled(budget, callsPerSecond, clock()));
  });
  const goesOn = (): boolean => mine && clock() < until - windDownMs;
  const mayCall = (): boolean => {
    budget = refilled(budget, callsPerSecond, clock());
    return goesOn() && budget.tokens >= tokensPerStep && (pause?.until ?? 0) <= clock();
  };
  const tell = async (command: DispatcherCommand): Promise<void> => {
    const { state } = await dispatcher.execute(dispatcherKey, command);
    slots = state?.slots ?? {};
    mine = state?.lease?.owner === owner;
  };
  const askAt = (key: string): number => pollAt.get(key) ?? slots[key]?.pollAt ?? 0;

  const pace = (down: boolean): void => {
    const attempts = (pause?.attempts ?? 0) + 1;
    pause = down ? { attempts, until: clock() + pauseAfter(attempts) } : undefined;
  };
  /** One step of one assignment; trouble that belongs to it alone keeps its slot, and nobody else. */
  const attempt = async (key: string): Promise<Driven | undefined> => {
    try {
      return await drive({ ...ports, directory }, key, { until });
    } catch (error) {
      log.error('assignment could not be driven; tried again', { key, error });
      return undefined;
    }
  };
  const step = async (key: string): Promise<void> => {
    const driven = await attempt(key);
    if (driven === undefined) return void pollAt.set(key, clock() + retryAfterFaultMs);
    pace(driven.down);
    const op = driven.outstanding;
    if (op !== undefined) return void pollAt.set(key, op.awsRequestId === undefined ? op.until : clock() + pollAfter(clock() - op.startedAt));
    pollAt.delete(key);
    await tell({ type: 'free', owner, key });
  };

  /** The next to work on, with its slot reserved. Looked up anew each time: a removal that arrives meanwhile comes next. */
  const reserveNext = async (tried: ReadonlySet<string>): Promise<string | undefined> => {
    if (Object.keys(slots).length >= limits.outstanding) return undefined;
    for (const workClass of workClasses) {
      const key = chooseNext(await work.find(workClass, clock(), considered), Object.keys(slots), tried);
      if (key === undefined) continue;
      await tell({ type: 'reserve', owner, key, most: limits.outstanding });
      return mine && slots[key] !== undefined ? key : undefined;
    }
    return undefined;
  };

  const nextAt = (): number | undefined => {
    const moments = [...Object.keys(slots).map(askAt), ...(workWaits ? [clock()] : [])];
    if (moments.length === 0) return undefined;
    return Math.max(Math.min(...moments), affordableAt(budget, callsPerSecond, tokensPerStep), pause?.until ?? 0, clock());
  };
  const plan = (): Plan => {
    const next = nextAt();
    const optional = { ...(pause === undefined ? {} : { pause }), ...(next === undefined ? {} : { nextAt: next }) };
    return { pollAt: Object.fromEntries(pollAt), budget, ...optional };
  };

  return {
    goesOn,
    nextAt,
    async askAboutOutstanding() {
      const due = Object.keys(slots).filter((key) => askAt(key) <= clock());
      for (const key of due.sort((a, b) => askAt(a) - askAt(b) || (a < b ? -1 : 1))) {
        if (mayCall()) await step(key);
      }
    },
    async startWaiting() {
      const tried = new Set<string>();
      while (mayCall()) {
        const key = await reserveNext(tried);
        workWaits = false;
        if (key === undefined) return;
        tried.add(key);
        await step(key);
      }
      workWaits = true;
    },
    async release() {
      await tell({ type: 'release', owner, must: !goesOn(), ...plan() });
      return !mine;
    },
  };
}
