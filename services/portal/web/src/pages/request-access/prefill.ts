import { useQueries } from '@tanstack/react-query';
import { askableQuery, useRequest } from '../../api/queries.ts';
import { useBundles } from './bundles.ts';
import { bundlesIn, prefilledFrom } from './prefilled.ts';
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
  const bundles = useBundles(data !== undefined && bundlesIn(data.row).length > 0);
  return {
    prefilled: data && prefilledFrom(data, found, bundles.data?.items),
    error: found.find((query) => query.error)?.error ?? (data && bundlesIn(data.row).length > 0 ? bundles.error : undefined) ?? error,
    retry: () => {
      if (error) void refetch();
      if (bundles.error) void bundles.refetch();
      for (const query of found) if (query.error) void query.refetch();
    },
  };
}
