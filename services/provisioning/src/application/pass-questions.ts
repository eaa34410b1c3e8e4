import type { Operation } from '../domain/assignment.ts';
import { learned, pollAfter, retryAfterFaultMs, roundAfter, unseenUsual, type Usual } from '../domain/dispatcher/pace.ts';
import type { DispatcherState } from '../domain/dispatcher/state.ts';
import type { Driven } from './drive.ts';
import type { Clock } from './ports.ts';

type Kind = Operation['kind'];

/** When AWS is asked what became of what is outstanding, and how. */
export interface PassQuestions {
  /** Asks about those of the slots' assignments whose time has come; does not wait for the answers. */
  ask(keys: readonly string[], pollAt: (key: string) => number): void;
  /** A step was taken: what it left is what is asked about next. */
  stepped(key: string, driven: Driven | undefined): void;
  /** When to ask about an assignment (ms), where this pass knows better than its slot. */
  askAt(key: string): number | undefined;
  /** When the next question is due (ms). */
  nextAt(keys: readonly string[], pollAt: (key: string) => number): number;
  /** Questions that wait for AWS's answer. */
  underWay(): Promise<void>[];
  usual(): NonNullable<DispatcherState['usual']>;
}

interface Surroundings {
  readonly clock: Clock;
  readonly callsPerSecond: number;
  readonly usual: NonNullable<DispatcherState['usual']>;
  /** Whether AWS may be asked, and there is a call left. */
  canAsk(): boolean;
  /** Asks about one, and stores what AWS says. */
  step(key: string): void;
  /** Ids of what AWS has under way; nothing where AWS does not answer. */
  listed(kind: Kind): Promise<ReadonlySet<string> | undefined>;
}

interface Asked {
  readonly at: number;
  readonly op?: Operation;
}

/** One question that lists what is under way tells of all that have ended; below this number asking each is no dearer. */
const worthListing = 3;
const kinds: readonly Kind[] = ['delete', 'create'];

/**
 * AWS tells nobody when an operation ends, and each question is a call. So what is asked follows how long operations took of late, and
 * many are asked about at once: AWS lists what is under way, and only those that are not in the list any more are asked about one by one.
 * The list decides nothing: what became of an operation is said by the answer about it.
 */
export function passQuestions({ clock, callsPerSecond, canAsk, step, listed, ...given }: Surroundings): PassQuestions {
  let usual = given.usual;
  const asked = new Map<string, Asked>();
  const lists = new Map<Kind, Promise<void>>();

  const usualOf = (kind: Kind): Usual => usual[kind] ?? unseenUsual;
  const ofKind = (kind: Kind): string[] => [...asked].flatMap(([key, { op }]) => (op?.kind === kind && op.awsRequestId !== undefined ? [key] : []));
  const roundMs = (): number => {
    const questions = kinds.map((kind) => ofKind(kind).length).map((count) => (count < worthListing ? count : 1));
    return roundAfter(questions.reduce((sum, count) => sum + count, 0), callsPerSecond);
  };
  const later = (op: Operation): Asked => {
    const at = op.awsRequestId === undefined ? op.until : clock() + pollAfter(clock() - op.startedAt, usualOf(op.kind), roundMs());
    return { op, at };
  };

  const list = async (kind: Kind, keys: readonly string[]): Promise<void> => {
    const underWay = await listed(kind);
    for (const key of keys) {
      const op = asked.get(key)?.op;
      if (op === undefined) continue;
      const ended = underWay !== undefined && !underWay.has(op.awsRequestId ?? '');
      if (ended && canAsk()) step(key);
      else asked.set(key, ended ? { at: clock() } : later(op));
    }
  };

  return {
    ask(keys, pollAt) {
      const now = clock();
      const idle = new Set(keys);
      const due = new Set(keys.filter((key) => pollAt(key) <= now).sort((a, b) => pollAt(a) - pollAt(b) || (a < b ? -1 : 1)));
      for (const kind of kinds) {
        const all = ofKind(kind).filter((key) => idle.has(key));
        if (lists.has(kind)) for (const key of all) due.delete(key);
        if (all.length < worthListing || !all.some((key) => due.has(key)) || !canAsk()) continue;
        const soon = all.filter((key) => pollAt(key) <= now + roundMs());
        for (const key of soon) due.delete(key);
        lists.set(kind, list(kind, soon).finally(() => lists.delete(kind)));
      }
      for (const key of due) if (canAsk()) step(key);
    },
    stepped(key, driven) {
      const before = asked.get(key)?.op;
      if (driven === undefined) return void asked.set(key, { at: clock() + retryAfterFaultMs });
      const { outstanding } = driven;
      if (outstanding !== undefined) return void asked.set(key, later(outstanding));
      asked.delete(key);
      if (before?.awsRequestId !== undefined) usual = { ...usual, [before.kind]: learned(usualOf(before.kind), clock() - before.startedAt) };
    },
    askAt: (key) => asked.get(key)?.at,
    nextAt(keys, pollAt) {
      const listing = new Set([...lists.keys()].flatMap(ofKind));
      return Math.min(Infinity, ...keys.filter((key) => !listing.has(key)).map(pollAt));
    },
    underWay: () => [...lists.values()],
    usual: () => usual,
  };
}
