import { accountId, permissionSetArn } from '@team/contracts';
import type { Askable } from '../../../api/src/contract/index.ts';
import { refused } from '../failure.ts';
import type { NamedTarget } from '../options.ts';
import { printable } from '../print/printable.ts';
import type { Portal } from './portal.ts';

const ownAdvice = 'Names and ids are as in the portal; `npx team request` without --account lets you pick';
const othersAdvice = 'What is not listed for them is named by the account’s id and the permission set’s ARN';

/** What the person means, of what they may ask for, or `other` may. Throws `Failure` (refused) where that is nothing, or several things. */
export async function askableNamed(portal: Portal, { account, permissionSet }: NamedTarget, other?: string): Promise<Askable> {
  const found: Askable[] = [];
  // An ARN is no word that is searched by.
  const search = permissionSet.startsWith('arn:') ? account : `${account} ${permissionSet}`;
  for (let after: string | undefined; ; ) {
    const page = await portal.askable({ for: other, search: search.slice(0, 128), after, limit: 1000 });
    found.push(...page.items.filter((item) => isNamed(item, { account, permissionSet })));
    after = page.next;
    if (after === undefined) break;
  }
  const [one, ...others] = found;
  const name = printable(`${permissionSet} in ${account}`);
  if (one === undefined) throw refused(`${printable(other ?? 'you')} may not ask for ${name}, or there is no such thing. ${other === undefined ? ownAdvice : othersAdvice}`);
  if (others.length > 0) throw refused(`${name} can mean several: ${found.map(({ accountId }) => accountId).join(', ')}. Give the account's id`);
  return one;
}

/** What is asked for, with its names as far as they are known, and for how long at most (minutes), as far as that is. */
export interface Target extends Pick<Askable, 'accountId' | 'accountName' | 'permissionSetArn' | 'permissionSetName'> {
  readonly maximumMinutes?: number;
}

/** What the person means for somebody else: by its id and ARN anything, which the portal judges; by names what that one may ask for. Throws as `askableNamed` does. */
export async function targetOfAnother(portal: Portal, named: NamedTarget, other: string): Promise<Target> {
  const { account, permissionSet } = named;
  if (accountId.safeParse(account).success && permissionSetArn.safeParse(permissionSet).success) return { accountId: account, accountName: account, permissionSetArn: permissionSet, permissionSetName: permissionSet };
  return askableNamed(portal, named, other);
}

function isNamed({ accountId, accountName, permissionSetArn, permissionSetName }: Askable, { account, permissionSet }: NamedTarget): boolean {
  return [accountId, accountName].some((name) => same(name, account)) && [permissionSetArn, permissionSetName].some((name) => same(name, permissionSet));
}

/** AWS has no two permission sets that differ in letter case alone. */
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
