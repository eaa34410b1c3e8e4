import type { EligibilityPolicy } from '@team/contracts';
import type { DirectorySnapshot } from '@team/directory';

/** Something about a policy that an administrator should look at. */
export interface PolicyFinding {
  readonly policyId: string;
  readonly kind: 'never-matches' | 'over-broad' | 'unused';
  readonly text: string;
}

/** How many people each group has now; enabled ones. */
export type MembersOf = ReadonlyMap<string, number>;

/** More of all accounts than this share is broad. */
const broadShare = 0.5;

/** Policies under which nobody can ever ask for anything, and those that reach very far; `active`: the accounts in reach, `now` in ms since the epoch. */
export function findingsIn(policies: readonly EligibilityPolicy[], active: DirectorySnapshot['accounts'], snapshot: DirectorySnapshot, members: MembersOf, now: number): readonly PolicyFinding[] {
  const enabled = new Set(snapshot.users.filter((user) => user.enabled).map(({ id }) => id));
  const setNames = new Map(snapshot.permissionSets.map(({ arn, name }) => [arn, name]));
  return policies.filter(({ effect }) => effect !== 'deny').flatMap((policy) => {
    const { policyId, principals, targets, permissionSetArns, validUntil, approval } = policy;
    const people = principals.userIds.filter((id) => enabled.has(id)).length + principals.groupIds.reduce((sum, id) => sum + (members.get(id) ?? 0), 0);
    const reached = active.filter(({ id, ouPath }) => targets.accountIds.includes(id) || targets.organizationalUnitIds.some((unit) => ouPath.includes(unit)));
    const sets = permissionSetArns.filter((arn) => setNames.has(arn));
    const never = (text: string): PolicyFinding => ({ policyId, kind: 'never-matches', text });
    const broad = (text: string): PolicyFinding => ({ policyId, kind: 'over-broad', text });
    const byTag = targets.accountTags !== undefined || policy.permissionSetTags !== undefined;
    const administers = sets.some((arn) => /admin/i.test(setNames.get(arn) ?? ''));
    return [
      ...(people === 0 ? [never('nobody whom it is for is enabled')] : []),
      ...(!byTag && reached.length === 0 ? [never('no active account that may be reached is where it applies')] : []),
      ...(!byTag && sets.length === 0 ? [never('none of its permission sets exists any more')] : []),
      ...(validUntil !== undefined && Date.parse(validUntil) <= now ? [never(`it held until ${validUntil}`)] : []),
      ...(reached.length > active.length * broadShare && administers ? [broad(`it reaches ${reached.length} of ${active.length} accounts with ${sets.map((arn) => setNames.get(arn)).filter((name) => /admin/i.test(name ?? '')).join(', ')}`)] : []),
      ...(approval === 'not-required' && administers ? [broad('it gives administrators’ rights without approval')] : []),
      ...(people > enabled.size * broadShare ? [broad(`it is for ${people} of ${enabled.size} people`)] : []),
    ];
  });
}
