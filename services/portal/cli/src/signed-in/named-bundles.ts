import type { Askable, AskableBundle } from '../../../api/src/contract/index.ts';
import type { Portal } from './portal.ts';

/** A bundle that is asked for, with what is known of it. */
export interface NamedBundle {
  readonly bundleId: string;
  /** The longest that it may be asked for (minutes), as far as that is known. */
  readonly maximumMinutes?: number;
  /** What it holds, by names. */
  readonly targets: readonly Pick<Askable, 'accountId' | 'accountName' | 'permissionSetArn' | 'permissionSetName'>[];
}

export function namedBundle({ bundleId, maximumMinutes, accounts, permissionSets }: AskableBundle): NamedBundle {
  return { bundleId, maximumMinutes, targets: accounts.flatMap((account) => permissionSets.map((set) => ({ ...account, ...set }))) };
}

/** The bundles of these names. Of one of which they, or `other`, may ask for nothing, or that is none, the name is all that is known: who judges it says why not. */
export async function bundlesNamed(portal: Portal, ids: readonly string[], other?: string): Promise<readonly NamedBundle[]> {
  if (ids.length === 0) return [];
  const { items } = await portal.bundles({ for: other });
  return [...new Set(ids)].map((id) => {
    const known = items.find(({ bundleId }) => bundleId === id);
    return known === undefined ? { bundleId: id, targets: [] } : namedBundle(known);
  });
}

/** `payments-read: 2 targets`, or how many of them the person, or `who`, may ask for. */
export function bundleText({ bundleId, description, targetCount, askableCount }: AskableBundle, who = 'you'): string {
  const open = askableCount === targetCount ? '' : `, of which ${who} may ask for ${askableCount}`;
  return `bundle ${bundleId}: ${targetCount} ${targetCount === 1 ? 'target' : 'targets'}${open}${description === undefined ? '' : ` (${description})`}`;
}
