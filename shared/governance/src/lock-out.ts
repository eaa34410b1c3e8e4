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
  const named = new Set(approvers.flatMap(({ targets }) => targets.accountIds));
  // Accounts of one unit are alike, unless a policy names one of them.
  const different = new Map(spots.map((spot) => [`${spot.accountId !== undefined && named.has(spot.accountId) ? spot.accountId : ''} ${spot.ouPath.join('/')}`, spot]));
  const problems = [...different.values()].flatMap((spot) => arns.flatMap((arn) => problemAt(spot, arn)));
  return problems.filter(({ message }, i) => problems.findIndex((other) => other.message === message) === i).slice(0, maximumSpots);

  function problemAt(spot: Spot, arn: string | undefined): Reason[] {
    const [chosen, ...others] = nearestFirst(approvers.filter((one) => appliesTo(one, arn, policy.principals)), spot);
    if (chosen === undefined) return [{ code: 'ERR_NO_APPROVER_POLICY', message: `no approver policy says who may approve in ${spot.name}; lay one down first` }];
    const asked = [...others.flatMap(({ policyId, stages }) => stages.filter(({ always }) => always === true).map((stage) => ({ policyId, ...stage }))), ...chosen.stages.map((stage) => ({ policyId: chosen.policyId, ...stage }))];
    const places = asked.map(({ policyId, approvers: people, quorum, requesterManager }) => ({
      policyId,
      quorum,
      people: [...peopleOf(people), ...(requesterManager === true ? [`the manager, for ${policyId}`] : [])],
    }));
    const short = unfillable(places, asking);
    if (short === undefined) return [];
    const message = `too few people beside who asks could approve in ${spot.name}: approver policy "${short.policyId}" asks for ${short.quorum} of ${short.people.length}, and nobody counts twice`;
    return [{ code: 'ERR_NO_ELIGIBLE_APPROVER', message }];
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

interface Place {
  readonly policyId: string;
  readonly quorum: number;
  readonly people: readonly string[];
}

/** The first stage for which nobody may be left when each person counts once, whoever of those who may ask does; undefined where all can be filled. */
function unfillable(stages: readonly Place[], asking: ReadonlySet<string>): Place | undefined {
  const needed = stages.reduce((sum, { quorum }) => sum + quorum, 0);
  // With more people in each stage than all stages need, whoever is taken away, somebody is left.
  if (stages.every(({ people }) => people.length > needed)) return undefined;
  const mayAskToo = new Set(stages.flatMap(({ people }) => people.filter((id) => asking.has(id))));
  for (const without of [undefined, ...mayAskToo]) {
    const short = firstShort(stages.map((stage) => ({ ...stage, people: stage.people.filter((id) => id !== without) })));
    if (short !== undefined) return stages[short];
  }
  return undefined;
}

/** Index of a stage that cannot be filled: people are moved about until everybody who can be placed is (augmenting paths). */
function firstShort(stages: readonly Place[]): number | undefined {
  const places = stages.flatMap(({ quorum }, stage) => Array.from({ length: quorum }, () => stage));
  const takenBy = new Map<string, number>();
  const fill = (place: number, tried: Set<string>): boolean =>
    (stages[places[place] ?? -1]?.people ?? []).some((id) => {
      if (tried.has(id)) return false;
      tried.add(id);
      const before = takenBy.get(id);
      if (before !== undefined && !fill(before, tried)) return false;
      takenBy.set(id, place);
      return true;
    });
  return places.find((_, place) => !fill(place, new Set()));
}
