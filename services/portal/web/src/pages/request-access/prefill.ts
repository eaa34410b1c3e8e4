import { useQueries } from '@tanstack/react-query';
import { askableQuery, useRequest } from '../../api/queries.ts';
import { useBundles } from './bundles.ts';
import { usePerson } from '../../shell/person.ts';
import { isAnothers } from '../../parts/is-anothers.ts';
import { bundlesIn, goingOnForAnother, prefilledFrom, wantedAgain } from './prefilled.ts';
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
  const person = usePerson();
  const { data: detail, error, refetch } = useRequest(requestId ?? '', false, requestId !== undefined);
  const another = detail && extending && isAnothers(detail.row, person) ? goingOnForAnother(detail) : undefined;
  const own = another ? undefined : detail && wantedAgain(detail, extending);
  const accounts = [...new Set(own?.row.targets.flatMap(({ accountId }) => accountId ?? []))];
  const found = useQueries({ queries: accounts.map((accountId) => askableQuery(accountId)) });
  const bundles = useBundles('', own !== undefined && bundlesIn(own.row).length > 0);
  return {
    prefilled: another ?? (own && prefilledFrom(own, found, bundles.data?.items)),
    error: found.find((query) => query.error)?.error ?? (own && bundlesIn(own.row).length > 0 ? bundles.error : undefined) ?? error,
    retry: () => {
      if (error) void refetch();
      if (bundles.error) void bundles.refetch();
      for (const query of found) if (query.error) void query.refetch();
    },
  };
}
