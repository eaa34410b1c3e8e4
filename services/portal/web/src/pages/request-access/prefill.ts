import { useQueries } from '@tanstack/react-query';
import { askableQuery, useRequest } from '../../api/queries.ts';
import { prefilledFrom } from './prefilled.ts';
import type { Prefilled } from './prefilled.ts';

interface Looked {
  /** Undefined until everything is known. */
  readonly prefilled: Prefilled | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The draft that asks for the same as an earlier request. What it had is looked up among what may be asked for now. */
export function usePrefilled(requestId: string | undefined): Looked {
  const { data, error, refetch } = useRequest(requestId ?? '', false, requestId !== undefined);
  const accounts = [...new Set(data?.row.targets.flatMap(({ accountId }) => accountId ?? []))];
  const found = useQueries({ queries: accounts.map(askableQuery) });
  return {
    prefilled: data && prefilledFrom(data, found),
    error: found.find((query) => query.error)?.error ?? error,
    retry: () => {
      if (error) void refetch();
      for (const query of found) if (query.error) void query.refetch();
    },
  };
}
