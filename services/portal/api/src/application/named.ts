import type { RequestRow } from '../contract/index.ts';
import type { Places } from './ports.ts';
import { isNotListedYet } from './survey.ts';

type Target = RequestRow['targets'][number];

/** What rows are named with. */
export type Naming = Pick<Places, 'accounts' | 'permissionSets'>;

/** Names by the number of an account, and by the ARN of a permission set. */
type Names = ReadonlyMap<string, string>;

/**
 * The rows, each with names where the numbers and ARNs stand by which it was asked for: what was rejected, or not judged yet, nobody has named. As they are
 * where the organization was not listed yet. It is not looked at where each row has its names.
 */
export async function withNames<Row extends Pick<RequestRow, 'targets'>>(rows: readonly Row[], places: Naming): Promise<readonly Row[]> {
  if (!rows.some(lacksNames)) return rows;
  try {
    const [accounts, permissionSets] = await Promise.all([places.accounts(), places.permissionSets()]);
    const [accountNames, setNames] = [new Map(accounts.map(({ id, name }) => [id, name])), new Map(permissionSets.map(({ arn, name }) => [arn, name]))];
    return rows.map((row) => named(row, accountNames, setNames));
  } catch (error) {
    if (isNotListedYet(error)) return rows;
    throw error;
  }
}

/** The row with names; what the organization does not know keeps its number or ARN. */
export function named<Row extends Pick<RequestRow, 'targets'>>(row: Row, accounts: Names, permissionSets: Names): Row {
  if (!lacksNames(row)) return row;
  const targets = row.targets.map((target) => ({
    ...target,
    ...(isNumbered(target) ? { accountName: accounts.get(target.accountName) ?? target.accountName } : {}),
    permissionSetName: permissionSets.get(target.permissionSetName) ?? target.permissionSetName,
  }));
  return { ...row, targets };
}

const lacksNames = ({ targets }: Pick<RequestRow, 'targets'>): boolean => targets.some((target) => isNumbered(target) || target.permissionSetName.startsWith('arn:'));

const isNumbered = ({ accountId, accountName }: Target): boolean => accountId === accountName;
