import type { Askable, RequestDetail } from '../../../../api/src/contract/index.ts';
import { emptyDraft, withTargets } from './draft.ts';
import type { Draft } from './draft.ts';

/** What is filled in beforehand, and what of it cannot be asked for any more. */
export interface Prefilled {
  readonly draft: Draft;
  readonly gone: readonly string[];
}

/** What may be asked for in one account, as far as it could be read. */
interface Found {
  readonly data?: { readonly items: readonly Askable[] } | undefined;
}

/**
 * The draft that asks for the same as an earlier request, out of what may be asked for now. Undefined as long as one of the answers is missing:
 * what could not be read is not what may not be asked for. Break glass is ticked by hand alone, whatever was asked before.
 */
export function prefilledFrom({ row }: Pick<RequestDetail, 'row'>, found: readonly Found[]): Prefilled | undefined {
  const lists = found.flatMap(({ data }) => (data === undefined ? [] : [data.items]));
  if (lists.length < found.length) return undefined;
  const askables = lists.flat();
  const matches = row.targets.map((target) => ({
    name: `${target.permissionSetName} in ${target.accountName}`,
    askable: askables.find(({ accountId, permissionSetName }) => accountId === target.accountId && permissionSetName === target.permissionSetName),
  }));
  const targets = matches.flatMap(({ askable }) => askable ?? []);
  const before = { durationMinutes: row.durationMinutes ?? emptyDraft.durationMinutes, ticket: row.ticket ?? '', justification: row.justification ?? '' };
  return { draft: withTargets({ ...emptyDraft, ...before }, targets), gone: matches.flatMap(({ name, askable }) => (askable ? [] : [name])) };
}
