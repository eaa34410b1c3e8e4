import type { Bundle } from '@team/contracts';
import type { AskableBundle, AskableBundles } from '../contract/index.ts';
import { asPeopleRead, breakGlass, withoutApproval, type Account, type AskableMatrix } from './askable-matrix.ts';
import type { Places, Services, Whose } from './ports.ts';
import { accountIdsOf, mostTargets } from './taken-apart.ts';

interface BundlePorts {
  readonly matrixOf: (person: Whose) => Promise<AskableMatrix>;
  readonly places: Places;
  readonly services: Pick<Services, 'requestPolicies'>;
}

/** What bundles are looked up in. */
interface Ground {
  readonly matrix: AskableMatrix;
  /** As people sort them. */
  readonly accounts: readonly Account[];
  /** Places of accounts among them, by id. */
  readonly ranks: ReadonlyMap<string, number>;
  readonly permissionSets: ReadonlyMap<string, string>;
  /** Where the row of an account begins in the matrix, and which column a permission set has. */
  readonly rows: ReadonlyMap<string, number>;
  readonly columns: ReadonlyMap<string, number>;
}

/**
 * Lists the bundles of which somebody may ask for at least one target, sorted by name. What a bundle holds is told whole to them: they are told
 * the same once they asked. Out of what is remembered of what they may ask for, so it costs no more than a page of that.
 */
export async function listBundles(person: Whose, { matrixOf, places, services }: BundlePorts): Promise<AskableBundles> {
  const [matrix, accounts, permissionSets] = await Promise.all([matrixOf(person), places.accounts(), places.permissionSets()]);
  // Read after the matrix, which may have just read them.
  const { bundles } = await services.requestPolicies('recent');
  if (bundles.length === 0) return { items: [] };
  const sorted = accounts.toSorted((a, b) => asPeopleRead.compare(a.name, b.name));
  const ground: Ground = {
    matrix,
    accounts: sorted,
    ranks: new Map(sorted.map(({ id }, rank) => [id, rank])),
    permissionSets: new Map(permissionSets.map(({ arn, name }) => [arn, name])),
    rows: new Map(matrix.accounts.map(({ id }, row) => [id, row * matrix.permissionSets.length])),
    columns: new Map(matrix.permissionSets.map(({ arn }, column) => [arn, column])),
  };
  const items = bundles.flatMap(({ policy }) => bundleRow(policy, ground) ?? []);
  return { items: items.toSorted((a, b) => (a.bundleId < b.bundleId ? -1 : 1)) };
}

function bundleRow(bundle: Bundle, ground: Ground): AskableBundle | undefined {
  const { bundleId, description, permissionSetArns } = bundle;
  const accountIds = accountIdsOf(bundle, ground.accounts);
  const open = openOf(accountIds, permissionSetArns, ground);
  if (open.count === 0) return undefined;
  const targetCount = accountIds.length * permissionSetArns.length;
  const rankOf = (accountId: string): number => ground.ranks.get(accountId) ?? Infinity;
  const nearest = accountIds.toSorted((a, b) => (rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b))).slice(0, mostTargets);
  return {
    bundleId,
    ...(description === undefined ? {} : { description }),
    accounts: nearest.map((accountId) => ({ accountId, accountName: ground.accounts[rankOf(accountId)]?.name ?? accountId })),
    permissionSets: permissionSetArns.map((arn) => ({ permissionSetArn: arn, permissionSetName: ground.permissionSets.get(arn) ?? arn })),
    targetCount,
    askableCount: open.count,
    maximumMinutes: open.minutes,
    approvalRequired: (open.traits & withoutApproval) === 0,
    breakGlass: open.count === targetCount && (open.traits & breakGlass) !== 0,
  };
}

/** How many of these targets may be asked for, what the shortest maximum of those is, and which traits all of them have. Numbers alone: large bundles of a large organization come to millions of cells. */
function openOf(accountIds: readonly string[], arns: readonly string[], { matrix: { maximumMinutes, traits }, rows, columns }: Ground): { readonly count: number; readonly minutes: number; readonly traits: number } {
  const own = arns.flatMap((arn) => columns.get(arn) ?? []);
  const open = { count: 0, minutes: Infinity, traits: withoutApproval | breakGlass };
  for (const accountId of accountIds) {
    const row = rows.get(accountId);
    if (row === undefined) continue;
    for (const column of own) {
      const minutes = maximumMinutes[row + column] ?? 0;
      if (minutes === 0) continue;
      open.count += 1;
      open.minutes = Math.min(open.minutes, minutes);
      open.traits &= traits[row + column] ?? 0;
    }
  }
  return open;
}
