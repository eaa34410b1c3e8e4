import { affordableAt, refilled, spent } from '../domain/dispatcher/budget.ts';
import type { Budget } from '../domain/dispatcher/state.ts';
import type { Answer, AssignmentDirectory, Clock, DirectoryFor } from './ports.ts';

/** Calls to Identity Center that somebody is about to make. */
export interface PaidCalls {
  readonly directory: AssignmentDirectory;
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
  left(): Budget;
}

export function passCalls(directoryFor: DirectoryFor, given: Budget, perSecond: number, clock: Clock): PassCalls {
  let budget = given;
  const sessions = new Map<string, Promise<Answer<number>>>();
  const spend = (calls: number): void => {
    budget = spent(refilled(budget, perSecond, clock()), calls);
  };

  /** A session's length is asked for once in a pass, which is over in less than half a minute: removals come by the hundred. */
  const oncePerPass = ({ sessionMinutes }: AssignmentDirectory): AssignmentDirectory['sessionMinutes'] => async (permissionSetArn) => {
    const asked = sessions.get(permissionSetArn) ?? sessionMinutes(permissionSetArn);
    sessions.set(permissionSetArn, asked);
    const answer = await asked;
    if (!answer.answered) sessions.delete(permissionSetArn);
    return answer;
  };

  return {
    canPay(calls) {
      budget = refilled(budget, perSecond, clock());
      return budget.tokens >= Math.min(calls, perSecond);
    },
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
        directory: { ...directory, sessionMinutes: oncePerPass(directory) },
        made: () => made,
        close() {
          spend(-paid);
          paid = 0;
        },
      };
    },
    left: () => budget,
  };
}
