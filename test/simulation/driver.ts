import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextImmediate } from 'node:timers/promises';
import type { JsonObject } from '../../infra/local/src/cloud/json.ts';
import type { VirtualTimeline } from '../../infra/local/src/cloud/index.ts';
import type { Around } from '../../infra/local/src/system/options.ts';
import type { Fate, Fates } from './fates.ts';
import { loseMessages, messagesOf } from './lost-messages.ts';
import type { Intercept, Invocation, ServiceCall } from './invocation.ts';
import type { Off } from './off.ts';
import { standAt } from './process-clock.ts';

/** A call that a service made and that nobody has answered. */
interface Pending {
  readonly call: ServiceCall;
  readonly invocation: Invocation;
  readonly perform: (input?: JsonObject) => Promise<JsonObject>;
  readonly answer: (outcome: Promise<JsonObject>) => void;
  /** It was drawn before, and goes through now. */
  readonly drawn: boolean;
}

export interface DriverOptions {
  readonly timeline: VirtualTimeline;
  readonly fates: Fates;
  readonly off: Off;
  /** Which of the calls that wait comes next: a draw in [0, 1). */
  readonly next: () => number;
  /** Told of each call when a service makes it: where it is slow, long before it takes effect. */
  readonly onMade: (call: ServiceCall) => void;
  /** Told of each call just before it takes effect. */
  readonly onCall: (call: ServiceCall) => void;
  /** Told of everything that went wrong with a call. */
  readonly onFault: (kind: string, what: string) => void;
  readonly onKill: (invocation: Invocation) => void;
  /** Whether a function that looks each minute would find nothing: then nothing is lost by not running it. */
  readonly idle: (service: string, name: string) => boolean;
}

export interface Driver {
  readonly intercept: Intercept;
  readonly around: Around;
  /** Lets one thing happen after the other, a waiting call or, where none waits, the next timer, until nothing happens before `ms`, or `enough`. */
  runTo(ms: number, enough: () => boolean): Promise<void>;
}

/** More calls than this between two timers are made by something that never ends. */
const mostCallsAtOnce = 5_000;

/**
 * Runs the system one call at a time. Every AWS call of every service waits until it is drawn, so that between any two calls of one
 * function anything else may happen; time passes only when no call waits. A process that dies makes no call any more.
 */
export function createDriver({ timeline, fates, off, next, onMade, onCall, onFault, onKill, idle }: DriverOptions): Driver {
  const waiting: Pending[] = [];
  const current = new AsyncLocalStorage<Invocation>();
  let invocations = 0;

  const intercept: Intercept = (call, next) => {
    const invocation = current.getStore();
    if (invocation === undefined) return next();
    if (!invocation.alive) return new Promise(() => undefined);
    onMade(call);
    return new Promise((resolve, reject) => {
      const answer = (outcome: Promise<JsonObject>): void => {
        outcome.then(
          (output) => invocation.alive && resolve(output),
          (error: unknown) => invocation.alive && reject(error instanceof Error ? error : new Error(String(error))),
        );
      };
      waiting.push({ call, invocation, perform: next, answer, drawn: false });
    });
  };

  const around: Around = (what, run) => {
    if (isMinutely(what.name) && fates.skipsMinute(what.service, what.name)) return Promise.resolve();
    if (off.functions?.(what.service, what.name) === true || idle(what.service, what.name)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const invocation: Invocation = {
        service: what.service,
        name: what.name,
        number: (invocations += 1),
        alive: true,
        die() {
          invocation.alive = false;
          deadline.cancel();
          reject(new Error('the process died'));
        },
      };
      // Lambda ends a process whose time is over; what it had sent may still take effect.
      const deadline = timeline.at(timeline.now() + what.context.getRemainingTimeInMillis(), () => {
        onFault('timed-out', `${what.service}.${what.name}`);
        invocation.die();
        onKill(invocation);
      });
      current
        .run(invocation, run)
        .then(resolve, reject)
        .finally(() => deadline.cancel());
    });
  };

  const fateOf = ({ drawn, call, invocation }: Pending): Fate => {
    const lost = off.messages === undefined ? [] : messagesOf(call).map((message) => off.messages?.(message, invocation) === true);
    if (lost.includes(true)) return { kind: 'message-lost', lost };
    return drawn || !invocation.alive ? { kind: 'pass' } : fates.ofCall(call, invocation);
  };

  function perform(pending: Pending, fate: Fate): void {
    const { call, invocation, answer } = pending;
    const effect = (input?: JsonObject): Promise<JsonObject> => {
      onCall(call);
      return pending.perform(input);
    };
    if (fate.kind !== 'pass') onFault(fate.kind, `${invocation.service}.${invocation.name} ${call.target}.${call.action}${detailOf(fate)}`);
    switch (fate.kind) {
      case 'pass':
        return answer(effect());
      case 'refused':
        return answer(Promise.reject(fate.error));
      case 'answer-lost':
        return answer(effect().then(() => Promise.reject(fate.error)));
      case 'slow':
        timeline.at(timeline.now() + fate.ms, () => void waiting.push({ ...pending, drawn: true }));
        return;
      case 'message-lost':
        return answer(loseMessages(call, fate.lost, effect));
      case 'partly':
        return answer(partly(call, fate.refused, effect));
      case 'kill-before':
      case 'kill-after':
        // Nobody is left who could hear what AWS answers.
        if (fate.kind === 'kill-after') void Promise.allSettled([effect()]);
        invocation.die();
        onKill(invocation);
    }
  }

  return {
    intercept,
    around,
    async runTo(ms, enough) {
      for (let calls = 0; ; ) {
        await nextImmediate();
        if (enough()) return;
        const [pending] = waiting.splice(Math.floor(next() * waiting.length), 1);
        if (pending !== undefined) {
          calls += 1;
          if (calls > mostCallsAtOnce) throw new Error(`${mostCallsAtOnce} calls without time passing, the last ${pending.call.action} of ${pending.invocation.service}.${pending.invocation.name}: something goes round`);
          perform(pending, fateOf(pending));
        } else if ((timeline.nextDue() ?? Infinity) <= ms) {
          calls = 0;
          timeline.fireNext();
          standAt(timeline.now());
        } else {
          timeline.advanceTo(ms);
          standAt(ms);
          return;
        }
      }
    },
  };
}

const isMinutely = (name: string): boolean => name === 'sweep' || name === 'reconcile';

const detailOf = (fate: Fate): string => ('error' in fate ? ` ${fate.error.code}` : 'ms' in fate ? ` ${fate.ms} ms` : '');

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: answers stand in the order of the entries. */
async function partly({ input }: ServiceCall, refused: readonly number[], effect: (input: JsonObject) => Promise<JsonObject>): Promise<JsonObject> {
  const entries = Array.isArray(input['Entries']) ? input['Entries'] : [];
  const kept = entries.filter((_, i) => !refused.includes(i));
  const answered = kept.length === 0 ? { Entries: [] } : await effect({ ...input, Entries: kept });
  const answers = Array.isArray(answered['Entries']) ? [...answered['Entries']] : [];
  const Entries = entries.map((_, i) => (refused.includes(i) ? { ErrorCode: 'InternalFailure', ErrorMessage: 'The entry was not taken.' } : (answers.shift() ?? {})));
  return { FailedEntryCount: refused.length, Entries };
}
