import type { ApproverPolicy, EligibilityPolicy, Principals, Reason } from '@team/contracts';

/** Somewhere an eligibility policy applies: an account, or a unit. Unit ids from the root to its own. */
export interface Spot {
  readonly name: string;
  readonly accountId?: string | undefined;
  readonly ouPath: readonly string[];
}

/** Ids of the enabled people whom principals stand for now. */
export type PeopleOf = (principals: Principals) => ReadonlySet<string>;

/** Reasons of which one says enough. */
const maximumSpots = 20;

/**
 * Why access that needs approval could never be approved: no approver policy applies, or the one that does asks for more people than
 * there are beside somebody who may ask. Nothing where somebody else could always say yes.
 */
export function lockedOut(policy: EligibilityPolicy, spots: readonly Spot[], approvers: readonly ApproverPolicy[], peopleOf: PeopleOf): readonly Reason[] {
  if (policy.effect === 'deny' || policy.approval === 'not-required') return [];
  const asking = peopleOf(policy.principals);
  const arns = policy.permissionSetArns.length === 0 ? [undefined] : policy.permissionSetArns;
  const problems = spots.flatMap((spot) => arns.flatMap((arn) => problemAt(spot, arn)));
  return problems.filter(({ message }, i) => problems.findIndex((other) => other.message === message) === i).slice(0, maximumSpots);

  function problemAt(spot: Spot, arn: string | undefined): Reason[] {
    const [chosen, ...others] = nearestFirst(approvers.filter((one) => appliesTo(one, arn, policy.principals)), spot);
    if (chosen === undefined) return [{ code: 'ERR_NO_APPROVER_POLICY', message: `no approver policy says who may approve in ${spot.name}; lay one down first` }];
    const short = [...others, chosen].flatMap((one) =>
      one.stages.flatMap(({ approvers: asked, quorum, requesterManager = false, always = false }, stage) => {
        if (one !== chosen && !always) return [];
        const people = peopleOf(asked);
        const besides = people.size - ([...people].some((id) => asking.has(id)) ? 1 : 0) + (requesterManager ? 1 : 0);
        if (besides >= quorum) return [];
        return [{ code: 'ERR_NO_ELIGIBLE_APPROVER', message: `approver policy "${one.policyId}", stage ${stage + 1}, asks for ${quorum} and has ${besides} beside who asks (in ${spot.name})` }];
      }),
    );
    return short;
  }
}

/** One for requesters counts where it may be for these. */
const appliesTo = ({ permissionSetArns, requesters }: ApproverPolicy, arn: string | undefined, { groupIds, userIds }: Principals): boolean =>
  (permissionSetArns === undefined || (arn !== undefined && permissionSetArns.includes(arn))) &&
  (requesters === undefined || groupIds.some((id) => requesters.groupIds.includes(id)) || userIds.some((id) => requesters.userIds.includes(id)));

/** Those that apply, the one that the approval service would choose first: the account by name, then its nearest unit; among equals the narrower, then by id. */
function nearestFirst(policies: readonly ApproverPolicy[], { accountId, ouPath }: Spot): readonly ApproverPolicy[] {
  const distance = ({ targets }: ApproverPolicy): number =>
    accountId !== undefined && targets.accountIds.includes(accountId) ? ouPath.length : ouPath.findLastIndex((unit) => targets.organizationalUnitIds.includes(unit));
  const narrowness = ({ permissionSetArns, requesters }: ApproverPolicy): number => Number(permissionSetArns !== undefined) + Number(requesters !== undefined);
  return policies
    .filter((policy) => distance(policy) >= 0)
    .toSorted((a, b) => distance(b) - distance(a) || narrowness(b) - narrowness(a) || (a.policyId < b.policyId ? -1 : 1));
}
