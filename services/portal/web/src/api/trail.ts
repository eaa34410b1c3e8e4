import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult, UseMutationResult } from '@tanstack/react-query';
import type { RequestActivity, Verification } from '../../../api/src/contract/index.ts';
import { call, question } from './call.ts';

const of = (requestId: string): string => `/v1/requests/${encodeURIComponent(requestId)}`;

/** What was done under a request, page by page, once somebody wants to see it. */
export function useActivity(requestId: string): UseInfiniteQueryResult<InfiniteData<RequestActivity>> {
  return useInfiniteQuery({
    queryKey: ['activity', requestId],
    queryFn: ({ pageParam, signal }) => call<RequestActivity>('GET', `${of(requestId)}/activity${question({ after: pageParam })}`, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: RequestActivity) => page.next,
  });
}

/** Recomputes the trail of a request. */
export function useVerify(requestId: string): UseMutationResult<Verification, Error, void> {
  return useMutation({ mutationFn: () => call<Verification>('POST', `${of(requestId)}/verify`, { body: {} }) });
}
