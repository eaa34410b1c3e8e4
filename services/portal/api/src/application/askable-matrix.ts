import type { EligibilityPolicy, StandingRequestPolicies } from '@team/contracts';
import { memberOf } from '../domain/same.ts';
import type { Places, Standing, Whose } from './ports.ts';

export type Account = Awaited<ReturnType<Places['accounts']>>[number];
export type PermissionSet = Awaited<ReturnType<Places['permissionSets']>>[number];

/**
 * What somebody may ask for: one cell for each account and permission set, both in the order in which people read them. Numbers in arrays,
 * since 600 accounts by 80 permission sets are 48,000 cells for each person.
 */
export interface AskableMatrix {
  readonly accounts: readonly Account[];
  readonly permissionSets: readonly PermissionSet[];
  /** The longest that any one policy allows (minutes); 0: it may not be asked for. By account, then permission set. */
  readonly maximumMinutes: Uint16Array;
  /** `withoutApproval` and `breakGlass`, added up. */
  readonly traits: Uint8Array;
}

export const withoutApproval = 1;
export const breakGlass = 2;

/** What the matrix is made of. */
export interface Ground {
  readonly accounts: readonly Account[];
  readonly permissionSets: readonly PermissionSet[];
  readonly policies: StandingRequestPolicies;
  /** Accounts in which nobody has anything, beside those that the limits protect: the management account and TEAM's own. */
  readonly outOfReach: readonly string[];
  /** ms since the epoch */
  readonly now: number;
}

/**
 * What the standing policies say somebody may ask for now. Policies by tag, and those that deny in certain hours, are left to who judges:
 * the tags are not known here, and the hours not yet. Nothing where no limits are laid down, without which nothing is allowed.
 */
export function askableMatrix(person: Whose, standing: Standing, { policies, outOfReach, now, ...places }: Ground): AskableMatrix {
  const { limits } = policies;
  const shut = new Set([...outOfReach, ...(limits?.policy.protectedAccountIds ?? [])]);
  const accounts = inOrder(places.accounts.filter(({ id, active }) => active && !shut.has(id)));
  const permissionSets = inOrder(places.permissionSets);
  const cells = accounts.length * permissionSets.length;
  const matrix = { accounts, permissionSets, maximumMinutes: new Uint16Array(cells), traits: new Uint8Array(cells) };
  if (limits === undefined) return matrix;
  const isOne = memberOf(person.userId, standing.groupIds);
  const holding = policies.eligibility.map(({ policy }) => policy).filter((policy) => isOne(policy.principals) && holds(policy, now));
  for (const policy of holding.filter(({ effect }) => effect !== 'deny')) {
    const most = Math.min(policy.maximumDurationMinutes ?? 0, limits.policy.maximumDurationMinutes);
    allow(policy, most, matrix);
  }
  for (const policy of holding.filter(({ effect, timeWindows }) => effect === 'deny' && timeWindows === undefined)) deny(policy, matrix);
  return matrix;
}

function holds({ validFrom, validUntil }: EligibilityPolicy, now: number): boolean {
  return (validFrom === undefined || Date.parse(validFrom) <= now) && (validUntil === undefined || now < Date.parse(validUntil));
}

function allow(policy: EligibilityPolicy, most: number, matrix: AskableMatrix): void {
  const { maximumMinutes, traits } = matrix;
  const own = (policy.approval === 'not-required' ? withoutApproval : 0) | (policy.breakGlass === 'allowed' ? breakGlass : 0);
  const { rows, columns } = named(policy, matrix);
  for (const row of rows) {
    for (const column of columns) {
      if ((maximumMinutes[row + column] ?? 0) < most) maximumMinutes[row + column] = most;
      traits[row + column] = (traits[row + column] ?? 0) | own;
    }
  }
}

function deny(policy: EligibilityPolicy, matrix: AskableMatrix): void {
  const { rows, columns } = named(policy, matrix);
  for (const row of rows) for (const column of columns) matrix.maximumMinutes[row + column] = 0;
}

/** Where the rows begin that a policy names, by account or by a unit above it at any depth, and the columns of its permission sets. */
function named({ targets, permissionSetArns }: EligibilityPolicy, { accounts, permissionSets }: AskableMatrix): { readonly rows: readonly number[]; readonly columns: readonly number[] } {
  const places = new Set([...targets.accountIds, ...targets.organizationalUnitIds]);
  const arns = new Set(permissionSetArns);
  return {
    rows: accounts.flatMap(({ id, ouPath }, row) => (places.has(id) || ouPath.some((unit) => places.has(unit)) ? [row * permissionSets.length] : [])),
    columns: permissionSets.flatMap(({ arn }, column) => (arns.has(arn) ? [column] : [])),
  };
}

/** Names as people sort them: `payments-9` before `payments-10`. */
export const asPeopleRead = new Intl.Collator('en', { numeric: true });

function inOrder<Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => asPeopleRead.compare(a.name, b.name) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
