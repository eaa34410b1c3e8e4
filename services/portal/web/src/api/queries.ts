import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { Ask, Askables, ListName, Me, Overview, Preview, RequestDetail, RequestRow, RequestRows, Status } from '../../../api/src/contract/index.ts';
import { call, passing, pauseBefore, question } from './call.ts';
import { ProblemError } from './problem-error.ts';
import { serverNow } from './server-clock.ts';
import { nextLook, OPEN_MS, sparing, type Looked, type Seen } from './statuses.ts';

const ME_MS = 60_000;
/** Beyond so many pages the whole list is too much to read every second. */
const QUICK_PAGES = 3;
const SLOW_MS = 15_000;
/** How often to look for a request that was sent a moment ago and is not there yet. */
const ARRIVAL_MS = 400;

export function useMe(): UseQueryResult<Me> {
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => call<Me>('GET', '/v1/me', { signal }), refetchInterval: ME_MS });
}

/** So much is asked for at once that a person sees all of it, or types a letter more. */
const ASKABLE_LIMIT = 1_000;

/** What I may ask for, or `whose` may, by user name, that has these letters in it. */
export function askableQuery(search: string, whose = ''): { queryKey: readonly string[]; queryFn: (context: { signal: AbortSignal }) => Promise<Askables>; staleTime: number } {
  return {
    queryKey: ['askable', whose, search],
    queryFn: ({ signal }) => call<Askables>('GET', `/v1/askable${question({ for: whose, search, limit: ASKABLE_LIMIT })}`, { signal }),
    staleTime: ME_MS,
  };
}

/** While other letters are looked up, what was found before stays: of the same person alone. */
export function useAskable(search: string, whose = '', enabled = true): UseQueryResult<Askables> {
  return useQuery({ ...askableQuery(search, whose), enabled, placeholderData: (before, of) => (of?.queryKey[1] === whose ? before : undefined) });
}

export interface RequestsQuestion {
  readonly list: ListName;
  readonly status?: Status | undefined;
  readonly person?: string | undefined;
  readonly accountId?: string | undefined;
}

/** How long until the next look (ms) by what was seen, and whether the last look failed. `one`: it is looked at alone. */
export const lookAfter = (all: readonly Looked[], error: Error | null, one?: 'one'): number =>
  nextLook(all, { ...seen(error), one: one !== undefined, now: serverNow() });

/** How long until the next look (ms) where that is `usual`, and whether the last look failed. */
export const lookEvery = (usual: number, error: Error | null): number => sparing(usual, seen(error));

const seen = (error: Error | null): Seen => ({ failed: error !== null, hidden: document.visibilityState === 'hidden' });

export type RequestsQuery = UseInfiniteQueryResult<InfiniteData<RequestRows>>;

/** A list of requests, page by page, read again and again. */
export function useRequests(asked: RequestsQuestion): RequestsQuery {
  return useInfiniteQuery({
    queryKey: ['requests', asked],
    queryFn: ({ pageParam, signal }) => call<RequestRows>('GET', `/v1/requests${question({ ...asked, after: pageParam })}`, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: RequestRows) => page.next,
    refetchInterval: ({ state: { data, error } }) => {
      const pages = data?.pages ?? [];
      return pages.length > QUICK_PAGES ? SLOW_MS : lookAfter(rowsOf(data), error);
    },
    refetchIntervalInBackground: true,
  });
}

/** Every row that was loaded so far; one that moved to another page while it was read stands once. */
export function rowsOf(data: InfiniteData<RequestRows> | undefined): readonly RequestRow[] {
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  return [...new Map(rows.map((row) => [row.requestId, row])).values()];
}

/** Which of my requests stand, are on their way, or wait, as an extension does: one question for each status, since the list may be long. */
const standing = ['active', 'activating', 'ending', 'scheduled', 'pending'] as const satisfies readonly Status[];

export function useMyStanding(): readonly UseQueryResult<RequestRows>[] {
  return useQueries({
    queries: standing.map((status) => ({
      queryKey: ['requests', { list: 'mine', status }, 'standing'],
      queryFn: ({ signal }: { signal: AbortSignal }) => call<RequestRows>('GET', `/v1/requests${question({ list: 'mine', status, limit: 200 })}`, { signal }),
      refetchInterval: ({ state: { error } }: { state: { error: Error | null } }): number => lookEvery(OPEN_MS, error),
      refetchIntervalInBackground: true,
    })),
  });
}

/** One request. `arriving`: it was sent a moment ago, so that it is not there yet says nothing. */
export function useRequest(requestId: string, arriving = false, enabled = true): UseQueryResult<RequestDetail> {
  return useQuery({
    queryKey: ['request', requestId],
    enabled,
    queryFn: ({ signal }) => call<RequestDetail>('GET', `/v1/requests/${encodeURIComponent(requestId)}`, { signal }),
    refetchInterval: ({ state: { data, error } }) => (data ? lookAfter([data.row, ...data.grants.map(({ status }) => ({ ...data.row, status }))], error, 'one') : SLOW_MS),
    refetchIntervalInBackground: true,
    retry: (count, error) => (arriving && error instanceof ProblemError && error.status === 404 ? count < 40 : passing(error) && count < 2),
    retryDelay: arriving ? ARRIVAL_MS : pauseBefore,
  });
}

/** What would become of it. */
export function usePreview(ask: Ask | undefined): UseQueryResult<Preview> {
  return useQuery({
    queryKey: ['preview', ask],
    queryFn: ({ signal }) => call<Preview>('POST', '/v1/preview', { body: ask ?? {}, signal }),
    enabled: ask !== undefined,
    placeholderData: keepPreviousData,
  });
}

export function useOverview(): UseQueryResult<Overview> {
  return useQuery({ queryKey: ['overview'], queryFn: ({ signal }) => call<Overview>('GET', '/v1/overview', { signal }), refetchInterval: SLOW_MS });
}
