import type { Operation } from '../domain/assignment.ts';
import { earliestAge, learned, pollAfter, retryAfterFaultMs, roundAfter, unseenUsual, type Usual } from '../domain/dispatcher/pace.ts';
import type { DispatcherState, Slot } from '../domain/dispatcher/state.ts';
import type { Driven } from './drive.ts';
import type { Clock } from './ports.ts';

type Kind = Operation['kind'];

/** When AWS is asked what became of what is outstanding, and how. */
export interface PassQuestions {
  /** Asks about those of the slots' assignments whose time has come; does not wait for the answers. */
  ask(keys: readonly string[]): void;
  /** A step was taken: what it left is what is asked about next. */
  stepped(key: string, driven: Driven | undefined): void;
  /** When the next question about one of these is due (ms). */
  nextAt(keys: readonly string[]): number;
  /** What is known of these, for whoever asks next. */
  polls(keys: readonly string[]): Record<string, Pick<Slot, 'pollAt' | 'op'>>;
  /** Questions that wait for AWS's answer. */
  underWay(): Promise<void>[];
  usual(): NonNullable<DispatcherState['usual']>;
}

interface Surroundings {
  readonly clock: Clock;
  readonly callsPerSecond: number;
  readonly given: Pick<DispatcherState, 'slots' | 'usual'>;
  /** Whether AWS may be asked, and there is a call left. */
  canAsk(): boolean;
  /** Whether others wait for a slot. */
  othersWait(): boolean;
  /** Asks about one, and stores what AWS says. */
  step(key: string): void;
  /** AWS listed its operation and does not any more. */
  ended(key: string): void;
  /** Ids of what AWS has under way; nothing where AWS does not answer. */
  listed(kind: Kind): Promise<ReadonlySet<string> | undefined>;
}

/** What is known of a slot that waits for AWS, and when to ask. */
interface Asked extends Pick<Slot, 'pollAt' | 'op'> {
  /** AWS showed it in its list: should it not be there any more, it has ended. */
  readonly listed?: true;
  /** It was missing in the list, and there was no call left to ask what became of it: asked by itself, and not listed again meanwhile. */
  readonly gone?: true;
}

/** One question that lists what is under way tells of all that have ended; below this number asking each is no dearer. */
const worthListing = 3;
const kinds: readonly Kind[] = ['delete', 'create'];

/**
 * AWS tells nobody when an operation ends, and each question is a call. So what is asked follows how long operations took of late, and
 * many are asked about at once: AWS lists what is under way, and only those that are not in the list any more are asked about one by one.
 * The list decides nothing: what became of an operation is said by the answer about it.
 */
export function passQuestions({ clock, callsPerSecond, canAsk, othersWait, step, ended, listed, given }: Surroundings): PassQuestions {
  let usual = given.usual ?? {};
  const asked = new Map<string, Asked>(Object.entries(given.slots).map(([key, { pollAt, op }]) => [key, { pollAt, ...(op === undefined ? {} : { op }) }]));
  const pollAt = (key: string): number => asked.get(key)?.pollAt ?? 0;
  const isGone = (key: string): boolean => asked.get(key)?.gone === true;
  const lists = new Map<Kind, Promise<void>>();

  const usualOf = (kind: Kind): Usual => usual[kind] ?? unseenUsual;
  const ofKind = (kind: Kind): string[] => [...asked].flatMap(([key, { op }]) => (op?.kind === kind && op.awsRequestId !== undefined ? [key] : []));
  const roundMs = (): number => {
    const questions = kinds.map((kind) => ofKind(kind).length).map((count) => (count < worthListing ? count : 1));
    return roundAfter(questions.reduce((sum, count) => sum + count, 0), callsPerSecond);
  };
  /** When to ask next, counted from when it was asked last. */
  const later = (op: Operation, from: number): Asked => {
    const at = op.awsRequestId === undefined ? op.until : from + pollAfter(from - op.startedAt, usualOf(op.kind), roundMs(), othersWait());
    return { op, pollAt: at };
  };

  const list = async (kind: Kind, keys: readonly string[]): Promise<void> => {
    const from = clock();
    const underWay = await listed(kind);
    for (const key of keys) {
      const { op, listed: shown } = asked.get(key) ?? {};
      if (op === undefined) continue;
      const isThere = underWay?.has(op.awsRequestId ?? '') ?? false;
      if (underWay === undefined || isThere) {
        asked.set(key, { ...later(op, from), ...(isThere ? { listed: true } : {}) });
        continue;
      }
      if (shown === true) ended(key);
      if (canAsk()) step(key);
      // Another list would take the call that this question waits for.
      else asked.set(key, { ...asked.get(key), op, pollAt: clock(), gone: true });
    }
  };

  return {
    ask(keys) {
      const now = clock();
      const idle = new Set(keys);
      const due = new Set(keys.filter((key) => pollAt(key) <= now).sort((a, b) => pollAt(a) - pollAt(b) || (a < b ? -1 : 1)));
      for (const key of [...due].filter(isGone)) {
        due.delete(key);
        if (canAsk()) step(key);
      }
      for (const kind of kinds) {
        const all = ofKind(kind).filter((key) => idle.has(key) && !isGone(key));
        if (lists.has(kind)) for (const key of all) due.delete(key);
        if (all.length < worthListing || !all.some((key) => due.has(key)) || !canAsk()) continue;
        // One that AWS has just taken may not be in its list yet.
        const old = all.filter((key) => due.has(key) || now - (asked.get(key)?.op?.startedAt ?? now) >= earliestAge(usualOf(kind)));
        for (const key of old) due.delete(key);
        lists.set(kind, list(kind, old).finally(() => lists.delete(kind)));
      }
      for (const key of due) if (canAsk()) step(key);
    },
    stepped(key, driven) {
      const before = asked.get(key)?.op;
      if (driven === undefined) return void asked.set(key, { pollAt: clock() + retryAfterFaultMs });
      const { outstanding } = driven;
      if (outstanding !== undefined) return void asked.set(key, later(outstanding, clock()));
      asked.delete(key);
      if (before?.awsRequestId !== undefined) usual = { ...usual, [before.kind]: learned(usualOf(before.kind), clock() - before.startedAt) };
    },
    polls: (keys) =>
      Object.fromEntries(
        keys.map((key) => {
          const { pollAt: at = 0, op } = asked.get(key) ?? {};
          return [key, { pollAt: at, ...(op === undefined ? {} : { op }) }];
        }),
      ),
    nextAt(keys) {
      const listing = new Set([...lists.keys()].flatMap(ofKind));
      return Math.min(Infinity, ...keys.filter((key) => isGone(key) || !listing.has(key)).map(pollAt));
    },
    underWay: () => [...lists.values()],
    usual: () => usual,
  };
}
