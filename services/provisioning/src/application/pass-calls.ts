import { affordableAt, refilled, spent } from '../domain/dispatcher/budget.ts';
import type { Budget } from '../domain/dispatcher/state.ts';
import { minuteMs } from '../domain/time.ts';
import type { Answer, AssignmentDirectory, Clock, DirectoryFor } from './ports.ts';

/** Calls to Identity Center that somebody is about to make. */
export interface PaidCalls {
  readonly directory: ReturnType<DirectoryFor>;
  /** How many were made. */
  made(): number;
  /** No more will be made: what was paid for and is left comes back. */
  close(): void;
}

/** The calls of one pass: each is paid for before it is made, those that are expected together, so that steps at once do not spend the same. */
export interface PassCalls {
  canPay(calls: number): boolean;
  /** When so many can be paid for (ms). */
  payableAt(calls: number): number;
  pay(calls: number): PaidCalls;
  /** A removal is under way: what its end must say of the permission set is asked meanwhile. */
  expectEnd(permissionSetArn: string): void;
  /** Calls that nobody waits for yet. */
  underWay(): Promise<unknown>[];
  left(): Budget;
}

/** What was answered of permission sets' sessions, by ARN, and when it was asked (ms). Outlives a pass. */
export type Sessions = Map<string, { readonly askedAt: number; readonly minutes: number }>;

/** An answer is good for so long (ms): removals come by the hundred, and a call is spent on each question. */
const goodForMs = minuteMs;

export function passCalls(directoryFor: DirectoryFor, given: Budget, perSecond: number, sessions: Sessions, clock: Clock): PassCalls {
  let budget = given;
  /** Questions about sessions that wait for AWS's answer. */
  const asked = new Map<string, Promise<Answer<number>>>();
  const spend = (calls: number): void => {
    budget = spent(refilled(budget, perSecond, clock()), calls);
  };

  const knownOf = (permissionSetArn: string): number | undefined => {
    const known = sessions.get(permissionSetArn);
    return known !== undefined && clock() < known.askedAt + goodForMs ? known.minutes : undefined;
  };
  const remembering = ({ sessionMinutes }: AssignmentDirectory): AssignmentDirectory['sessionMinutes'] => {
    const ask = async (permissionSetArn: string): Promise<Answer<number>> => {
      const askedAt = clock();
      const answer = await sessionMinutes(permissionSetArn);
      if (answer.answered) sessions.set(permissionSetArn, { askedAt, minutes: answer.value });
      return answer;
    };
    return async (permissionSetArn) => {
      const minutes = knownOf(permissionSetArn);
      if (minutes !== undefined) return { answered: true, value: minutes };
      const asking = asked.get(permissionSetArn) ?? ask(permissionSetArn).finally(() => asked.delete(permissionSetArn));
      asked.set(permissionSetArn, asking);
      return asking;
    };
  };

  const canPay = (calls: number): boolean => {
    budget = refilled(budget, perSecond, clock());
    return budget.tokens >= Math.min(calls, perSecond);
  };

  return {
    canPay,
    payableAt: (calls) => affordableAt(budget, perSecond, Math.min(calls, perSecond)),
    pay(calls) {
      let paid = calls;
      let made = 0;
      spend(calls);
      const directory = directoryFor(() => {
        made += 1;
        if (paid > 0) paid -= 1;
        else spend(1);
      });
      return {
        directory: { ...directory, sessionMinutes: remembering(directory) },
        made: () => made,
        close() {
          spend(-paid);
          paid = 0;
        },
      };
    },
    expectEnd(permissionSetArn) {
      if (knownOf(permissionSetArn) === undefined && canPay(1)) void remembering(directoryFor(() => spend(1)))(permissionSetArn);
    },
    underWay: () => [...asked.values()],
    left: () => budget,
  };
}
