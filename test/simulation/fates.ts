import { AwsError } from '../../infra/local/src/cloud/aws-error.ts';
import type { DeliveryFaults } from '../../infra/local/src/cloud/eventbridge/delivery.ts';
import { chance } from './chance.ts';
import type { ServiceCall, Invocation } from './invocation.ts';
import { messagesOf, sendsTimers } from './lost-messages.ts';
import type { Faults } from './plan.ts';

/** What becomes of one AWS call of a service. */
export type Fate =
  | { readonly kind: 'pass' }
  /** Nothing was done, and AWS says so. */
  | { readonly kind: 'refused'; readonly error: AwsError }
  /** It was done, and the caller sees an error. */
  | { readonly kind: 'answer-lost'; readonly error: AwsError }
  /** It is done this much later (ms). */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The process dies before the call is made, or before its answer is read. */
  | { readonly kind: 'kill-before' | 'kill-after' }
  /** The queue takes these messages (by their place in the call) and loses them. */
  | { readonly kind: 'message-lost'; readonly lost: readonly boolean[] }
  /** Of the entries, these (by index) are refused inside a 200. */
  | { readonly kind: 'partly'; readonly refused: readonly number[] };

export interface Fates {
  ofCall(call: ServiceCall, invocation: Invocation): Fate;
  /** Whether this minute of a schedule is left out. */
  skipsMinute(service: string, name: string): boolean;
  readonly deliveries: Required<DeliveryFaults>;
  /** From now on nothing goes wrong. */
  stop(): void;
}

/** How likely a fault of each level is, per call or delivery. */
const likelihood = [0, 0.002, 0.01, 0.03] as const;
/** How likely an event is late, or comes twice, on its way to one of those who hear of it. */
const likelihoodOnTheWay = [0, 0.01, 0.04, 0.12] as const;
const pass: Fate = { kind: 'pass' };

/** Fates drawn from a plan's faults. The same call of the same function about the same thing meets the same fate, whatever else happens. */
export function drawnFates(faults: Faults): Fates {
  const met = new Map<string, number>();
  const happens = (level: number, ...names: (string | number)[]): boolean => chance(faults.seed, ...names) < (likelihood[level] ?? 0);
  const happensOnTheWay = (level: number, ...names: (string | number)[]): boolean => chance(faults.seed, ...names) < (likelihoodOnTheWay[level] ?? 0);
  const nth = (name: string): number => {
    const count = (met.get(name) ?? 0) + 1;
    met.set(name, count);
    return count;
  };
  let active = true;

  return {
    ofCall(call, { service, name }) {
      if (!active) return pass;
      const { action, target } = call;
      const who = `${service}.${name}|${action}|${aboutWhat(call)}`;
      const n = nth(who);
      const drawn = (kind: string): number => chance(faults.seed, kind, who, n);
      if (happens(faults.kill, 'kill', who, n)) return { kind: drawn('kill-when') < 0.5 ? 'kill-before' : 'kill-after' };
      if (happens(faults.refuse, 'refuse', who, n)) return { kind: 'refused', error: refusal(target, action, drawn('refusal')) };
      if (happens(faults.loseAnswer, 'lose', who, n)) return { kind: 'answer-lost', error: new AwsError('InternalServerError', 'We are sorry.', 500) };
      if (happens(faults.slow, 'slow', who, n)) return { kind: 'slow', ms: Math.round(50 + 45_000 * drawn('how-slow') ** 3) };
      if (sendsTimers(call) && happens(Math.min(3, faults.loseTimers * 2), 'timer', who, n)) return { kind: 'message-lost', lost: messagesOf(call).map(() => true) };
      if (action === 'PutEvents' && happens(faults.partly, 'partly', who, n)) {
        const entries = Array.isArray(call.input['Entries']) ? call.input['Entries'].length : 0;
        const refused = Array.from({ length: entries }, (_, i) => i).filter((i) => chance(faults.seed, 'entry', who, n, i) < 0.5);
        if (refused.length > 0) return { kind: 'partly', refused };
      }
      return pass;
    },
    skipsMinute: (service, name) => active && chance(faults.seed, 'minute', service, name, nth(`minute|${service}.${name}`)) < faults.skipMinutes / 4,
    deliveries: {
      copies(event, targetArn) {
        if (!active) return [0];
        const id = `${event['detail-type']}|${JSON.stringify(event.detail)}|${targetArn}`;
        const n = nth(id);
        const late = (which: string): number => (happensOnTheWay(faults.late, 'late', id, n, which) ? Math.round(1_000 + 10_800_000 * chance(faults.seed, 'how-late', id, n, which) ** 4) : 0);
        const twice = happensOnTheWay(faults.twice, 'twice', id, n);
        return twice ? [late('first'), late('second') + Math.round(30_000 * chance(faults.seed, 'apart', id, n))] : [late('first')];
      },
      attempt(event, targetArn, attempt) {
        const failing = active && attempt <= 6 && happens(faults.late, 'attempt', `${event.id}|${targetArn}`, attempt);
        return failing ? new AwsError('InternalFailure', 'The queue cannot be reached.', 500) : undefined;
      },
    },
    stop() {
      active = false;
    },
  };
}

/** The thing that a call is about, as far as its input names one. */
function aboutWhat({ input }: ServiceCall): string {
  const named = [input['Key'], input['TableName'], input['QueueUrl'], input['TargetId'], input['PrincipalId'], input['UserId'], input['AccountId']];
  return named.filter((part) => part !== undefined).map((part) => JSON.stringify(part)).join('|');
}

function refusal(target: string, action: string, draw: number): AwsError {
  if (action === 'CreateAccountAssignment' || action === 'DeleteAccountAssignment') {
    if (draw < 0.4) return new AwsError('ConflictException', 'There is a conflicting operation in process.');
  }
  if (draw < 0.7) return new AwsError(target.startsWith('DynamoDB') ? 'ProvisionedThroughputExceededException' : 'ThrottlingException', 'Rate exceeded');
  return new AwsError('InternalServerError', 'We are sorry.', 500);
}
