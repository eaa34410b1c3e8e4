import { accountId, permissionSetArn } from '@team/contracts';
import type { Askable } from '../../../api/src/contract/index.ts';
import { refused } from '../failure.ts';
import type { NamedTarget } from '../options.ts';
import { printable } from '../print/printable.ts';
import type { Portal } from './portal.ts';

const usualAdvice = 'Names and ids are as in the portal; `npx team request` without --account lets you pick';

/** What the person means, of what they may ask for. Throws `Failure` (refused) where that is nothing, or several things. */
export async function askableNamed(portal: Portal, { account, permissionSet }: NamedTarget, otherwise = usualAdvice): Promise<Askable> {
  const found: Askable[] = [];
  // An ARN is no word that is searched by.
  const search = permissionSet.startsWith('arn:') ? account : `${account} ${permissionSet}`;
  for (let after: string | undefined; ; ) {
    const page = await portal.askable({ search: search.slice(0, 128), after, limit: 1000 });
    found.push(...page.items.filter((item) => isNamed(item, { account, permissionSet })));
    after = page.next;
    if (after === undefined) break;
  }
  const [one, ...others] = found;
  const name = printable(`${permissionSet} in ${account}`);
  if (one === undefined) throw refused(`you may not ask for ${name}, or there is no such thing. ${otherwise}`);
  if (others.length > 0) throw refused(`${name} can mean several: ${found.map(({ accountId }) => accountId).join(', ')}. Give the account's id`);
  return one;
}

/** What is asked for, with its names as far as they are known. */
export type Target = Pick<Askable, 'accountId' | 'accountName' | 'permissionSetArn' | 'permissionSetName'>;

/** What the person means for somebody else: by its id and ARN anything, which the portal judges; by names what they may ask for themselves. Throws as `askableNamed` does. */
export async function targetOfAnother(portal: Portal, named: NamedTarget): Promise<Target> {
  const { account, permissionSet } = named;
  if (accountId.safeParse(account).success && permissionSetArn.safeParse(permissionSet).success) return { accountId: account, accountName: account, permissionSetArn: permissionSet, permissionSetName: permissionSet };
  return askableNamed(portal, named, 'What you may not have yourself is named for somebody else by the account’s id and the permission set’s ARN');
}

function isNamed({ accountId, accountName, permissionSetArn, permissionSetName }: Askable, { account, permissionSet }: NamedTarget): boolean {
  return [accountId, accountName].some((name) => same(name, account)) && [permissionSetArn, permissionSetName].some((name) => same(name, permissionSet));
}

/** AWS has no two permission sets that differ in letter case alone. */
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
