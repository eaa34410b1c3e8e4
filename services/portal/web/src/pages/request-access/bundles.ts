import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { AskableBundle, AskableBundles, Preview } from '../../../../api/src/contract/index.ts';
import { call, question } from '../../api/call.ts';
import { you } from './for-whom.ts';

const FRESH_MS = 60_000;

/** Bundles of which I may ask for at least one target, or `whose` may, by user name. */
export function bundlesQuery(whose = ''): { queryKey: readonly string[]; queryFn: (context: { signal: AbortSignal }) => Promise<AskableBundles>; staleTime: number } {
  return { queryKey: ['bundles', whose], queryFn: ({ signal }) => call<AskableBundles>('GET', `/v1/bundles${question({ for: whose })}`, { signal }), staleTime: FRESH_MS };
}

export function useBundles(whose = '', enabled = true): UseQueryResult<AskableBundles> {
  return useQuery({ ...bundlesQuery(whose), enabled });
}

export type Judged = Preview['targets'][number];

/** One target that a bundle holds. */
export interface HeldTarget {
  readonly accountId: string;
  readonly permissionSetArn: string;
  /** `ReadOnlyAccess in Prod 002` */
  readonly name: string;
}

/** More than these are not named by the server either: no request could hold them. */
const MOST_NAMED = 50;

/** What a bundle holds, target by target, as far as it is named. */
export function heldBy({ accounts, permissionSets }: AskableBundle): readonly HeldTarget[] {
  const all = accounts.flatMap(({ accountId, accountName }) => permissionSets.map(({ permissionSetArn, permissionSetName }) => ({ accountId, permissionSetArn, name: `${permissionSetName} in ${accountName}` })));
  return all.slice(0, MOST_NAMED);
}

/** How much of a bundle may be asked for, by me or `whose` it would be: `3 targets`, or of how many. */
export function extentOf({ targetCount, askableCount }: Pick<AskableBundle, 'targetCount' | 'askableCount'>, whose = ''): string {
  const targets = `${targetCount} ${targetCount === 1 ? 'target' : 'targets'}`;
  return askableCount === targetCount ? targets : `${you(whose)} may ask for ${askableCount} of its ${targets}`;
}

/** What would become of a bundle as a whole, by what would become of its targets; nothing as long as none of them was judged. */
export function verdictOn(judged: readonly Judged[]): { readonly type: 'error' | 'pending' | 'success'; readonly text: string } | undefined {
  if (judged.length === 0) return undefined;
  const refused = judged.filter(({ allowed }) => !allowed).length;
  if (refused > 0) return { type: 'error', text: refused === judged.length ? 'Would be refused' : `Would be refused: ${refused} of ${judged.length} targets` };
  return judged.some(({ approvalRequired }) => approvalRequired) ? { type: 'pending', text: 'Needs approval' } : { type: 'success', text: 'No approval needed' };
}
