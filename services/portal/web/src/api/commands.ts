import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import type { Ask, Decision, End, Review, Taken } from '../../../api/src/contract/index.ts';
import { call } from './call.ts';
import type { ProblemError } from './problem-error.ts';

interface About<Body> {
  readonly requestId: string;
  readonly body: Body;
}

/** Sends a request. Sent twice with one `requestId`, it is one request. */
export function useAsk(): UseMutationResult<Taken, Error, Ask> {
  return useCommand((ask) => call<Taken>('POST', '/v1/requests', { body: ask }));
}

/** Takes a request back, or ends its access. */
export function useEnd(): UseMutationResult<Taken, Error, About<End>> {
  return useCommand(({ requestId, body }) => call<Taken>('POST', `${of(requestId)}/end`, { body }));
}

export function useReview(): UseMutationResult<Taken, Error, About<Review>> {
  return useCommand(({ requestId, body }) => call<Taken>('POST', `${of(requestId)}/review`, { body }));
}

/** What became of each decision: `problem` where it was not taken. */
export type Decided = readonly { readonly requestId: string; readonly problem?: Error | ProblemError }[];

/** Decides several requests alike, one after the other. One that fails does not keep the others from being sent. */
export function useDecide(): UseMutationResult<Decided, Error, { requestIds: readonly string[]; body: Decision }> {
  return useCommand(async ({ requestIds, body }) => {
    const decided: { requestId: string; problem?: Error }[] = [];
    for (const requestId of requestIds) {
      try {
        await call<Taken>('POST', `${of(requestId)}/decisions`, { body });
        decided.push({ requestId });
      } catch (error) {
        decided.push({ requestId, problem: error instanceof Error ? error : new Error(String(error), { cause: error }) });
      }
    }
    return decided;
  });
}

function of(requestId: string): string {
  return `/v1/requests/${encodeURIComponent(requestId)}`;
}

/** What was taken shows in lists within a second: they are read again at once, and by their own clock after that. */
function useCommand<Given, Answer>(send: (given: Given) => Promise<Answer>): UseMutationResult<Answer, Error, Given> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      for (const key of ['requests', 'request']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
