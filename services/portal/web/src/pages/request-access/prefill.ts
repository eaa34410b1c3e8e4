import { useQueries } from '@tanstack/react-query';
import { askableQuery, useRequest } from '../../api/queries.ts';
import { useBundles } from './bundles.ts';
import { usePerson } from '../../shell/person.ts';
import { bundlesIn, goingOn, goingOnForAnother, prefilledFrom } from './prefilled.ts';
import type { Prefilled } from './prefilled.ts';

interface Looked {
  /** Undefined until everything is known. */
  readonly prefilled: Prefilled | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/**
 * The draft that asks for the same as an earlier request, or `extending` it has that go on. What it had is looked up among what may be asked for now,
 * unless it is somebody else's who has it.
 */
export function usePrefilled(requestId: string | undefined, extending: boolean): Looked {
  const { userId } = usePerson();
  const { data: detail, error, refetch } = useRequest(requestId ?? '', false, requestId !== undefined);
  const another = extending && detail !== undefined && detail.row.requester.userId !== userId ? goingOnForAnother(detail) : undefined;
  const data = another !== undefined ? undefined : extending ? detail && goingOn(detail) : detail;
  const accounts = [...new Set(data?.row.targets.flatMap(({ accountId }) => accountId ?? []))];
  const found = useQueries({ queries: accounts.map((accountId) => askableQuery(accountId)) });
  const bundles = useBundles('', data !== undefined && bundlesIn(data.row).length > 0);
  return {
    prefilled: another ?? (data && prefilledFrom(data, found, bundles.data?.items)),
    error: found.find((query) => query.error)?.error ?? (data && bundlesIn(data.row).length > 0 ? bundles.error : undefined) ?? error,
    retry: () => {
      if (error) void refetch();
      if (bundles.error) void bundles.refetch();
      for (const query of found) if (query.error) void query.refetch();
    },
  };
}
