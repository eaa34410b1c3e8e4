import { useQueries } from '@tanstack/react-query';
import type { Askable, RequestDetail } from '../../../../api/src/contract/index.ts';
import { askableQuery, useRequest } from '../../api/queries.ts';
import { emptyDraft, withTargets } from './draft.ts';
import type { Draft } from './draft.ts';

/** What is filled in beforehand, and what of it cannot be asked for any more. */
export interface Prefilled {
  readonly draft: Draft;
  readonly gone: readonly string[];
}

/**
 * The draft that asks for the same as an earlier request. What it had is looked up among what may be asked for now. Undefined until
 * everything is known.
 */
export function usePrefilled(requestId: string | undefined): { prefilled: Prefilled | undefined; error: Error | null } {
  const { data, error } = useRequest(requestId ?? '', false, requestId !== undefined);
  const accounts = [...new Set(data?.row.targets.flatMap(({ accountId }) => accountId ?? []))];
  const found = useQueries({ queries: accounts.map(askableQuery) });
  const failed = found.find((query) => query.error)?.error ?? error;
  if (!data || found.some(({ isPending }) => isPending)) return { prefilled: undefined, error: failed };
  return { prefilled: prefilledFrom(data, found.flatMap((query) => query.data?.items ?? [])), error: failed };
}

function prefilledFrom({ row }: RequestDetail, askables: readonly Askable[]): Prefilled {
  const matches = row.targets.map((target) => ({
    name: `${target.permissionSetName} in ${target.accountName}`,
    askable: askables.find(({ accountId, permissionSetName }) => accountId === target.accountId && permissionSetName === target.permissionSetName),
  }));
  const targets = matches.flatMap(({ askable }) => askable ?? []);
  const before = { durationMinutes: row.durationMinutes ?? emptyDraft.durationMinutes, ticket: row.ticket ?? '', justification: row.justification ?? '' };
  return { draft: withTargets({ ...emptyDraft, ...before }, targets), gone: matches.flatMap(({ name, askable }) => (askable ? [] : [name])) };
}
