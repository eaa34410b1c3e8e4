import type { EligibilityPolicy } from '@team/contracts';

/** Where things are, as far as policies go by it. */
export interface Ground {
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly ouPath: readonly string[] }[];
  /** Name of a permission set by its ARN; the ARN where it has none. */
  permissionSetName(arn: string): string;
  /** Name of a group or person by id, with what it is: `group SRE`. */
  principalName(id: string, isGroup: boolean): string;
}

/** What somebody gains or loses. */
export interface Effect {
  readonly sign: '+' | '-' | '~';
  readonly text: string;
}

interface Terms {
  readonly minutes: number;
  readonly approval: boolean;
  readonly breakGlass: boolean;
}

/** Names of accounts that a line spells out. */
const accountsNamed = 4;

/**
 * Who gains or loses what between two sets of eligibility policies: each group and person by themselves, whatever other groups they are in;
 * tags aside, which only AWS knows at the moment of asking.
 */
export function effectsOf(before: readonly EligibilityPolicy[], after: readonly EligibilityPolicy[], ground: Ground): readonly Effect[] {
  const changed = new Set([...idsOfChanged(before, after), ...idsOfChanged(after, before)]);
  const touched = [...before, ...after].filter(({ policyId }) => changed.has(policyId));
  const groups = new Set(touched.flatMap(({ principals }) => principals.groupIds));
  const users = new Set(touched.flatMap(({ principals }) => principals.userIds));
  const tagged = touched.filter(({ targets, permissionSetTags }) => targets.accountTags !== undefined || permissionSetTags !== undefined).map(({ policyId }) => policyId);
  return [
    ...[...groups].flatMap((id) => effectsFor(id, true)),
    ...[...users].flatMap((id) => effectsFor(id, false)),
    ...[...new Set(tagged)].map((policyId): Effect => ({ sign: '~', text: `policy ${policyId} goes by tags: what it covers is known only when somebody asks` })),
  ];

  function effectsFor(id: string, isGroup: boolean): Effect[] {
    const [had, has] = [termsOf(id, isGroup, before, ground), termsOf(id, isGroup, after, ground)];
    const lines = new Map<string, { readonly sign: Effect['sign']; readonly said: string; readonly accounts: string[] }>();
    for (const key of new Set([...had.keys(), ...has.keys()])) {
      const [was, is] = [had.get(key), has.get(key)];
      if (JSON.stringify(was) === JSON.stringify(is)) continue;
      const [accountId = '', arn = ''] = key.split('|');
      const set = ground.permissionSetName(arn);
      const [sign, said]: [Effect['sign'], string] =
        was === undefined ? ['+', `${set}, ${termsText(is)}`] : is === undefined ? ['-', `${set}, ${termsText(was)}`] : ['~', `${set}: ${termsText(was)} becomes ${termsText(is)}`];
      const line = lines.get(sign + said) ?? { sign, said, accounts: [] };
      line.accounts.push(ground.accounts.find((account) => account.id === accountId)?.name ?? accountId);
      lines.set(sign + said, line);
    }
    return [...lines.values()].map(({ sign, said, accounts }) => ({ sign, text: `${ground.principalName(id, isGroup)}: ${said}, in ${accountsText(accounts)}` }));
  }
}

const idsOfChanged = (all: readonly EligibilityPolicy[], others: readonly EligibilityPolicy[]): string[] =>
  all.filter((policy) => JSON.stringify(others.find(({ policyId }) => policyId === policy.policyId)) !== JSON.stringify(policy)).map(({ policyId }) => policyId);

/** The best terms of a group or person for each account and permission set. */
function termsOf(id: string, isGroup: boolean, policies: readonly EligibilityPolicy[], { accounts }: Ground): Map<string, Terms> {
  const own = policies.filter(({ principals }) => (isGroup ? principals.groupIds : principals.userIds).includes(id));
  const terms = new Map<string, Terms>();
  const keysOf = ({ targets, permissionSetArns }: EligibilityPolicy): string[] =>
    accounts
      .filter((account) => targets.accountIds.includes(account.id) || targets.organizationalUnitIds.some((unit) => account.ouPath.includes(unit)))
      .flatMap((account) => permissionSetArns.map((arn) => `${account.id}|${arn}`));
  for (const policy of own.filter(({ effect }) => effect !== 'deny')) {
    const offered = { minutes: policy.maximumDurationMinutes ?? 0, approval: policy.approval !== 'not-required', breakGlass: policy.breakGlass === 'allowed' };
    for (const key of keysOf(policy)) {
      const known = terms.get(key);
      if (known === undefined || Number(offered.approval) < Number(known.approval) || (offered.approval === known.approval && offered.minutes > known.minutes)) terms.set(key, offered);
    }
  }
  for (const policy of own) {
    const { effect, validFrom, validUntil, timeWindows } = policy;
    if (effect === 'deny' && validFrom === undefined && validUntil === undefined && timeWindows === undefined) for (const key of keysOf(policy)) terms.delete(key);
  }
  return terms;
}

function termsText(terms: Terms | undefined): string {
  if (terms === undefined) return 'nothing';
  return `up to ${terms.minutes} min, ${terms.approval ? 'with approval' : 'without approval'}${terms.breakGlass ? ', break glass' : ''}`;
}

function accountsText(names: readonly string[]): string {
  const sorted = names.toSorted();
  const shown = sorted.slice(0, accountsNamed).join(', ');
  return sorted.length > accountsNamed ? `${sorted.length} accounts: ${shown}, …` : shown;
}
