import type { Askable, AskableBundle, RequestDetail } from '../../../../api/src/contract/index.ts';
import { emptyDraft, LONGEST_MINUTES, withChosen } from './draft.ts';
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

/** What an earlier request asked for; of what was granted, the ARN says which permission set that was, whatever it is called by now. */
interface Earlier {
  readonly row: Omit<RequestDetail['row'], 'targets'> & { readonly targets: readonly EarlierTarget[] };
}

type EarlierTarget = RequestDetail['row']['targets'][number] & Partial<Pick<Askable, 'permissionSetArn'>>;

/**
 * The draft that asks for the same as an earlier request, out of what may be asked for now. Undefined as long as one of the answers is missing:
 * what could not be read is not what may not be asked for. A bundle that was rejected is asked for by its name again; one that was taken apart,
 * by what it held then. Break glass is ticked by hand alone, whatever was asked before.
 */
export function prefilledFrom({ row }: Earlier, found: readonly Found[], bundles?: readonly AskableBundle[]): Prefilled | undefined {
  const lists = found.flatMap(({ data }) => (data === undefined ? [] : [data.items]));
  if (lists.length < found.length || (bundles === undefined && bundlesIn(row).length > 0)) return undefined;
  const askables = lists.flat();
  const matches = row.targets.flatMap((target) => {
    if (target.bundle !== undefined) return [];
    const askable = askables.find((one) => isMeant(one, target));
    return [{ name: `${target.permissionSetName} in ${target.accountName}`, askable }];
  });
  const named = bundlesIn(row).map((id) => ({ name: `the bundle ${id}`, bundle: bundles?.find(({ bundleId }) => bundleId === id) }));
  const chosen = { targets: matches.flatMap(({ askable }) => askable ?? []), bundles: named.flatMap(({ bundle }) => bundle ?? []) };
  return {
    draft: withChosen({ ...emptyDraft, ...wordsOf(row) }, chosen),
    gone: [...matches.flatMap(({ name, askable }) => (askable ? [] : [name])), ...named.flatMap(({ name, bundle }) => (bundle ? [] : [name]))],
  };
}

/** Of what was rejected, or not judged yet, the ARN may stand where the name would: it was asked for by that, and nothing named it. */
function isMeant(askable: Askable, { accountId, permissionSetArn, permissionSetName }: EarlierTarget): boolean {
  if (askable.accountId !== accountId) return false;
  if (askable.permissionSetArn === permissionSetName) return true;
  return permissionSetArn === undefined ? askable.permissionSetName === permissionSetName : askable.permissionSetArn === permissionSetArn;
}

/** What of an earlier request is asked for again: all of it, or `extending` it what can go on. */
export function wantedAgain(detail: Pick<RequestDetail, 'row' | 'grants'>, extending: boolean): Earlier {
  return extending ? goingOn(detail) : detail;
}

/** The request with what of it can go on as its targets: what is active. */
function goingOn({ row, grants }: Pick<RequestDetail, 'row' | 'grants'>): Earlier {
  return { row: { ...row, targets: activeOf(grants).map(({ accountId, accountName, permissionSetArn, permissionSetName }) => ({ accountId, accountName, permissionSetArn, permissionSetName })) } };
}

/** The draft that has somebody else's access go on, whatever of it is listed as theirs to ask for: whoever judges it says what they may have, and for how long. */
export function goingOnForAnother({ row, grants }: Pick<RequestDetail, 'row' | 'grants'>): Prefilled {
  const targets = activeOf(grants).map(({ accountId, accountName, permissionSetArn, permissionSetName }) => ({ accountId, accountName, permissionSetArn, permissionSetName, maximumMinutes: LONGEST_MINUTES, approvalRequired: true, breakGlass: false }));
  return { draft: withChosen({ ...emptyDraft, ...wordsOf(row), other: row.requester.userName }, { targets }), gone: [] };
}

const activeOf = (grants: RequestDetail['grants']): RequestDetail['grants'] => grants.filter(({ status }) => status === 'active');

const wordsOf = ({ durationMinutes = emptyDraft.durationMinutes, ticket = '', justification = '' }: RequestDetail['row']): Partial<Draft> => ({ durationMinutes, ticket, justification });

/** Bundles that were asked for and are not taken apart. */
export function bundlesIn({ targets }: Pick<Earlier['row'], 'targets'>): readonly string[] {
  return [...new Set(targets.flatMap(({ bundle }) => bundle ?? []))];
}
