import type { Place, Tags } from './ask.ts';
import type { KnownPerson } from './people.ts';
import type { EligibilityPolicy, TagMatch } from './policy.ts';

/** Policies so arranged that those which may matter are found without looking at all. */
export interface PolicyIndex {
  /** Whether any names accounts, or permission sets, by tag: only then need the tags be known. */
  readonly usesAccountTags: boolean;
  readonly usesPermissionSetTags: boolean;
  /** The policies that cover a person, a place and a permission set, their rules aside. */
  covering(person: Pick<KnownPerson, 'userId' | 'groupIds'>, place: Place): readonly EligibilityPolicy[];
}

interface Prepared {
  readonly policy: EligibilityPolicy;
  readonly people: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
}

const known = new WeakMap<readonly EligibilityPolicy[], PolicyIndex>();

/** The index of a list of policies, which is made once for each list. */
export function indexOf(policies: readonly EligibilityPolicy[]): PolicyIndex {
  const index = known.get(policies) ?? makeIndex(policies);
  known.set(policies, index);
  return index;
}

function makeIndex(policies: readonly EligibilityPolicy[]): PolicyIndex {
  const byArn = new Map<string, Prepared[]>();
  const byTag: Prepared[] = [];
  for (const policy of policies) {
    const { principals, targets, permissionSetArns, permissionSetTags } = policy;
    const prepared = {
      policy,
      // AWS takes its ids in either letter case, so their case tells nobody apart.
      people: new Set([...principals.userIds, ...principals.groupIds].map((id) => id.toLowerCase())),
      places: new Set([...targets.accountIds, ...targets.organizationalUnitIds]),
    };
    if (permissionSetTags !== undefined) byTag.push(prepared);
    else for (const arn of new Set(permissionSetArns)) byArn.set(arn, [...(byArn.get(arn) ?? []), prepared]);
  }
  return {
    usesAccountTags: policies.some(({ targets }) => targets.accountTags !== undefined),
    usesPermissionSetTags: byTag.length > 0,
    covering({ userId, groupIds }, place) {
      const ids = [userId, ...groupIds].map((id) => id.toLowerCase());
      const candidates = [...(byArn.get(place.permissionSetArn) ?? []), ...byTag.filter(({ policy }) => namesSet(policy, place))];
      return candidates.filter((one) => ids.some((id) => one.people.has(id)) && isAt(one, place)).map(({ policy }) => policy);
    },
  };
}

const namesSet = ({ permissionSetArns, permissionSetTags = [] }: EligibilityPolicy, place: Place): boolean =>
  permissionSetArns.includes(place.permissionSetArn) || bears(place.permissionSetTags, permissionSetTags);

const isAt = ({ policy, places }: Prepared, { accountId, ouPath, accountTags }: Place): boolean =>
  places.has(accountId) || ouPath.some((unit) => places.has(unit)) || bears(accountTags, policy.targets.accountTags ?? []);

/** Whether one of the tags is among these. */
const bears = (tags: Tags, wanted: readonly TagMatch[]): boolean =>
  wanted.some(({ key, values }) => Object.hasOwn(tags, key) && (values === undefined || values.includes(String(tags[key]))));
