import type { Bundle } from '@team/contracts';
import type { AskableBundle, AskableBundles } from '../contract/index.ts';
import { breakGlass, withoutApproval, type Account, type AskableMatrix } from './askable-matrix.ts';
import type { Places, Services, SignedIn } from './ports.ts';
import { accountIdsOf, mostTargets } from './taken-apart.ts';

interface BundlePorts {
  readonly matrixOf: (person: SignedIn) => Promise<AskableMatrix>;
  readonly places: Places;
  readonly services: Pick<Services, 'requestPolicies'>;
}

/** What the bundles of everybody are looked up in. */
interface Ground {
  readonly accounts: readonly Account[];
  readonly names: ReadonlyMap<string, string>;
  readonly permissionSets: Awaited<ReturnType<Places['permissionSets']>>;
}

/**
 * Lists the bundles of which somebody may ask for at least one target, sorted by name. What a bundle holds is told whole to them: they are told
 * the same once they asked. Out of what is remembered of what they may ask for, so it costs no more than a page of that.
 */
export async function listBundles(person: SignedIn, { matrixOf, places, services }: BundlePorts): Promise<AskableBundles> {
  const [matrix, accounts, permissionSets] = await Promise.all([matrixOf(person), places.accounts(), places.permissionSets()]);
  // Read after the matrix, which may have just read them.
  const { bundles } = await services.requestPolicies('recent');
  const ground = { accounts, names: new Map(accounts.map(({ id, name }) => [id, name])), permissionSets };
  const cells = cellsOf(matrix);
  const items = bundles.flatMap(({ policy }) => bundleRow(policy, cells, ground) ?? []);
  return { items: items.toSorted((a, b) => (a.bundleId < b.bundleId ? -1 : 1)) };
}

interface Cell {
  readonly minutes: number;
  readonly traits: number;
}

type Cells = (accountId: string, permissionSetArn: string) => Cell | undefined;

/** What may be asked for, by account and permission set; nothing where it may not. */
function cellsOf({ accounts, permissionSets, maximumMinutes, traits }: AskableMatrix): Cells {
  const rows = new Map(accounts.map(({ id }, row) => [id, row * permissionSets.length]));
  const columns = new Map(permissionSets.map(({ arn }, column) => [arn, column]));
  return (accountId, permissionSetArn) => {
    const place = (rows.get(accountId) ?? NaN) + (columns.get(permissionSetArn) ?? NaN);
    const minutes = maximumMinutes[place] ?? 0;
    return minutes === 0 ? undefined : { minutes, traits: traits[place] ?? 0 };
  };
}

function bundleRow(bundle: Bundle, cells: Cells, { accounts, names, permissionSets }: Ground): AskableBundle | undefined {
  const accountIds = accountIdsOf(bundle, accounts);
  const open = accountIds.flatMap((accountId) => bundle.permissionSetArns.flatMap((arn) => cells(accountId, arn) ?? []));
  if (open.length === 0) return undefined;
  const has = ({ traits }: Cell, trait: number): boolean => (traits & trait) !== 0;
  const targetCount = accountIds.length * bundle.permissionSetArns.length;
  return {
    bundleId: bundle.bundleId,
    ...(bundle.description === undefined ? {} : { description: bundle.description }),
    accounts: accountIds.slice(0, mostTargets).map((accountId) => ({ accountId, accountName: names.get(accountId) ?? accountId })),
    permissionSets: bundle.permissionSetArns.map((arn) => ({ permissionSetArn: arn, permissionSetName: permissionSets.find((set) => set.arn === arn)?.name ?? arn })),
    targetCount,
    askableCount: open.length,
    maximumMinutes: open.reduce((least, { minutes }) => Math.min(least, minutes), Infinity),
    approvalRequired: open.some((cell) => !has(cell, withoutApproval)),
    breakGlass: open.length === targetCount && open.every((cell) => has(cell, breakGlass)),
  };
}
