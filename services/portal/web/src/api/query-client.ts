import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { passing, pauseBefore } from './call.ts';
import { ProblemError } from './problem-error.ts';

/** Who is signed in is asked again whenever any answer says that nobody is: the shell shows that page alone. */
function signedOut(error: Error): void {
  if (error instanceof ProblemError && error.status === 401) void queryClient.invalidateQueries({ queryKey: ['me'] });
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, { queryKey }) => (queryKey[0] === 'me' ? undefined : signedOut(error)) }),
  mutationCache: new MutationCache({ onError: signedOut }),
  defaultOptions: {
    queries: { staleTime: 1_000, retry: (count, error) => passing(error) && count < 2, retryDelay: pauseBefore, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
