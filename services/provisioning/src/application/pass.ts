import { partsOfKey } from '../domain/assignment.ts';
import type { Candidate } from '../domain/dispatcher/choose.ts';
import type { DispatcherCommand, Plan } from '../domain/dispatcher/decide.ts';
import { passOverMs, pauseAfter } from '../domain/dispatcher/pace.ts';
import { dispatcherKey, drives, type DispatcherState } from '../domain/dispatcher/state.ts';
import { workClasses, type WorkClass } from '../domain/next-step.ts';
import { drive, type Driven, type DrivePorts } from './drive.ts';
import { chooseFrom, restAfter, type ClassChoice } from './pass-choice.ts';
import { passCalls, type PaidCalls, type Sessions } from './pass-calls.ts';
import { passQuestions } from './pass-questions.ts';
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
  /** Waits within a pass (ms). Absent: a pass ends where it would wait, and a timer wakes the next. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
}

/** One pass, while it holds the lease. What it knows is copied from the dispatcher's item, and goes back there when it ends. */
export interface Pass {
  /** Asks about what is outstanding and starts what waits, several at once, until nothing is possible now or time is up. */
  run(): Promise<void>;
  /** True where the pass is over; false where work was announced meanwhile and there is time for it. */
  release(): Promise<boolean>;
}

/** Whom a turn gives slots: so many removals, then others. */
interface Choices {
  readonly chosen: readonly Candidate[];
  readonly removals: number;
}
const nobody: Choices = { chosen: [], removals: 0 };

/** A pass starts nothing new so long before its lease is over (ms). */
const windDownMs = 6_000;
/** What is due within this time is waited for; for anything later the pass ends (ms). */
const patienceMs = 2_000;
/** A pass looks for new work so often while slots are free (ms), and lets so much time pass before it does anything again (ms). */
const lookEveryMs = 500;
const breathMs = 10;
/** Calls with which something begins: a look, and the change. */
const callsToBegin = 2;

export function createPass(ports: PassPorts, sessions: Sessions, owner: string, until: number, taken: DispatcherState): Pass {
  const { dispatcher, clock, limits, work, log, wait } = ports;
  const calls = passCalls(ports.directoryFor, taken.budget, limits.callsPerSecond, sessions, clock);
  let { pause, slots, begun = {} } = taken;
  let mine = true;
  /** More may wait than was begun, for lack of slots, calls or time. */
  let more = true;
  let lookAt = 0;
  /** Nobody is chosen before: the last choice had to read far. */
  let chooseAt = 0;
  /** Others wait for the slots that are taken. */
  let crowded = Object.keys(slots).length >= limits.outstanding;
  const steps = new Map<string, Promise<void>>();
  const freed = new Set<string>();
  /** AWS is done with these, and what became of them is not stored yet. */
  const ended = new Set<string>();
  const passedOver = new Map<string, number>();

  const goesOn = (): boolean => mine && clock() < until - windDownMs;
  /** Whether AWS has recovered is found out by one call. */
  const probes = (): boolean => pause !== undefined && pause.until <= clock() && steps.size + questions.underWay().length === 0;
  const mayCall = (): boolean => goesOn() && (pause === undefined || probes());
  const tell = async (command: DispatcherCommand): Promise<void> => {
    const { state } = await dispatcher.execute(dispatcherKey, command);
    slots = state?.slots ?? {};
    begun = state?.begun ?? {};
    // A lease that ran out is nobody's, also while its item still names this pass.
    mine = state !== undefined && drives(state, owner, clock());
  };
  /** What AWS answered to a call that was made before somebody else heard that it is down says nothing new. */
  const pace = (down: boolean): void => {
    if (pause !== undefined && clock() < pause.until) return;
    const attempts = (pause?.attempts ?? 0) + 1;
    pause = down ? { attempts, until: clock() + pauseAfter(attempts) } : undefined;
  };

  const questions = passQuestions({
    clock,
    callsPerSecond: limits.callsPerSecond,
    given: taken,
    canAsk: () => mayCall() && calls.canPay(1),
    othersWait: () => crowded,
    step: (key) => begin(key, 1),
    ended: (key) => {
      ended.add(key);
      more = true;
    },
    async listed(kind) {
      const paid = calls.pay(1);
      const answer = await paid.directory.inProgress(kind);
      paid.close();
      if (!answer.answered) log.warn('Identity Center does not list what is under way', { kind, down: answer.down, ...answer.reason });
      pace(!answer.answered && answer.down);
      return answer.answered ? answer.value : undefined;
    },
  });
  const underWay = (): Promise<unknown>[] => [...steps.values(), ...questions.underWay(), ...calls.underWay()];
  const idle = (): string[] => Object.keys(slots).filter((key) => !steps.has(key) && !freed.has(key));

  /** One step of one assignment; trouble that belongs to it alone keeps its slot, and nobody else. */
  const attempt = async (key: string, { directory }: PaidCalls): Promise<Driven | undefined> => {
    try {
      return await drive({ ...ports, directory }, key, { until });
    } catch (error) {
      log.error('assignment could not be driven; tried again', { key, error });
      return undefined;
    }
  };
  const step = async (key: string, paid: PaidCalls): Promise<void> => {
    const driven = await attempt(key, paid);
    paid.close();
    if (paid.made() > 0) pace(driven?.down ?? false);
    questions.stepped(key, driven);
    if (driven === undefined) return;
    const op = driven.outstanding;
    if (op?.kind === 'delete' && !driven.down) calls.expectEnd(partsOfKey(key).permissionSetArn);
    if (op !== undefined) return;
    freed.add(key);
    if (paid.made() === 0) passedOver.set(key, clock() + passOverMs);
  };
  function begin(key: string, expected: number): void {
    steps.set(key, step(key, calls.pay(expected)).finally(() => steps.delete(key)));
  }

  const waitingOf = (workClass: WorkClass, underWay: readonly Candidate[], room: number): Promise<ClassChoice> =>
    chooseFrom(work.waiting(workClass, clock()), { underWay, begun }, room, (key) => (passedOver.get(key) ?? 0) > clock());
  const inSlots = (): Candidate[] => Object.entries(slots).flatMap(([key, { requestId }]) => (freed.has(key) ? [] : [{ key, requestId }]));

  /** Removals, then break glass, then grants, then checks. Looked up anew each time: a removal that arrives meanwhile comes next. */
  const choose = async (room: number): Promise<Choices> => {
    const underWay = inSlots();
    const chosen: Candidate[] = [];
    let removals = 0;
    for (const workClass of workClasses) {
      const choice = await waitingOf(workClass, [...underWay, ...chosen], room - chosen.length);
      chosen.push(...choice.chosen);
      if (workClass === 'removal') removals = choice.chosen.length;
      chooseAt = Math.max(chooseAt, clock() + restAfter(choice.read));
      if (chosen.length >= room) break;
    }
    return { chosen, removals };
  };
  /** Whether a removal came while others were chosen, which has no slot and could be begun in the place of one of these. */
  const removalCame = async (others: readonly Candidate[]): Promise<boolean> => {
    if (others.length === 0 || outstanding() < limits.outstanding) return false;
    const theirs = new Set(others.map(({ key }) => key));
    return (await waitingOf('removal', inSlots().filter(({ key }) => !theirs.has(key)), 1)).chosen.length > 0;
  };
  const outstanding = (): number => Object.entries(slots).filter(([key, slot]) => !freed.has(key) && slot.ended !== true && !ended.has(key)).length;
  const canBegin = (): boolean => mayCall() && calls.canPay(callsToBegin);
  const room = (): number => {
    const free = limits.outstanding - outstanding();
    return pause !== undefined ? Math.min(free, 1) : Math.min(free, Math.max(1, Math.floor(calls.left().tokens / callsToBegin)));
  };
  /** Frees what has ended and reserves what comes next, in one write; then begins it. */
  const turn = async (): Promise<void> => {
    if (freed.size > 0) more = true;
    const places = (more || lookAt <= clock()) && chooseAt <= clock() && canBegin() ? room() : 0;
    const freedBefore = freed.size;
    const { chosen: reserve, removals } = places > 0 ? await choose(places) : nobody;
    if (places > 0) {
      // What was freed meanwhile may be what somebody waits for who was not chosen.
      more = reserve.length === places || freed.size > freedBefore;
      crowded = reserve.length === places;
      lookAt = Math.max(clock() + lookEveryMs, chooseAt);
    }
    const free = [...freed];
    if (free.length === 0 && reserve.length === 0) return;
    const told = [...ended].filter((key) => !freed.has(key));
    const before = new Set(Object.keys(slots).filter((key) => !freed.has(key)));
    await tell({ type: 'turn', owner, free, ended: told, reserve, most: limits.outstanding });
    for (const key of free) freed.delete(key);
    for (const key of [...free, ...told]) ended.delete(key);
    const fresh = reserve.filter(({ key }) => mine && slots[key] !== undefined && !before.has(key));
    const others = new Set(reserve.slice(removals));
    // Nothing was called for these yet: they give their slots back, and the removal is the next to be chosen.
    const yields = await removalCame(fresh.filter((one) => others.has(one)));
    for (const one of fresh) {
      if (yields && others.has(one)) freed.add(one.key);
      else begin(one.key, callsToBegin);
    }
  };

  const nextAt = (staying: boolean): number => {
    const asks = questions.nextAt(idle());
    const free = outstanding() < limits.outstanding;
    const starts = more && free ? Math.max(calls.payableAt(callsToBegin), chooseAt) : staying && free && Object.keys(slots).length > 0 ? lookAt : Infinity;
    return Math.max(Math.min(Math.max(asks, calls.payableAt(1)), starts), pause?.until ?? 0, clock());
  };
  const plan = (): Plan => {
    const next = nextAt(false);
    // Time is up: who goes on waits for what is due soon, as this pass would have.
    const soon = !goesOn() && wait !== undefined && next - clock() <= patienceMs;
    const optional = { ...(pause === undefined ? {} : { pause }), ...(next === Infinity ? {} : { nextAt: soon ? clock() : next }) };
    return { polls: questions.polls(idle()), budget: calls.left(), usual: questions.usual(), ...optional };
  };

  return {
    async run() {
      more = true;
      try {
        for (;;) {
          questions.ask(idle());
          await turn();
          if (!goesOn()) return;
          const doing = [...steps.values(), ...questions.underWay()];
          const pauseMs = nextAt(true) - clock();
          if (freed.size > 0) continue;
          const stays = wait !== undefined && (doing.length > 0 || pauseMs <= patienceMs);
          if (stays) await Promise.race([...doing, wait(Math.max(breathMs, Math.min(pauseMs, patienceMs)))]);
          else if (doing.length > 0) await Promise.race(doing);
          else return;
        }
      } catch (error) {
        // Without the store nobody knows what is reserved: nothing new begins, and the lease runs out.
        mine = false;
        throw error;
      } finally {
        while (underWay().length > 0) await Promise.allSettled(underWay());
      }
    },
    async release() {
      if (freed.size > 0) await tell({ type: 'turn', owner, free: [...freed], ended: [], reserve: [], most: limits.outstanding });
      freed.clear();
      await tell({ type: 'release', owner, must: !goesOn(), ...plan() });
      return !mine;
    },
  };
}
