import type { ApprovalStage, ApproverPolicy, EligibilityPolicy, Principals, Reason } from '@team/contracts';

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
/** What one request can carry, as the approval service plans it: stages, decisions, and groups or single people who may say yes. */
const carried = { stages: 5, decisions: 12, principals: 50 };

/**
 * Why access that needs approval could never be approved: no approver policy applies, or those that do ask for more people than there are
 * beside somebody who may ask, or for more than a request can carry. Nothing where somebody else could always say yes.
 */
export function lockedOut(policy: EligibilityPolicy, spots: readonly Spot[], approvers: readonly ApproverPolicy[], lookUp: PeopleOf): readonly Reason[] {
  if (policy.effect === 'deny' || policy.approval === 'not-required') return [];
  const known = new Map<Principals, ReadonlySet<string>>();
  const peopleOf: PeopleOf = (principals) => {
    const people = known.get(principals) ?? lookUp(principals);
    known.set(principals, people);
    return people;
  };
  const alike = askingAlike(policy.principals, approvers, peopleOf);
  const arns = [...policy.permissionSetArns, ...(policy.permissionSetArns.length === 0 || policy.permissionSetTags !== undefined ? [undefined] : [])];
  const named = new Set(approvers.flatMap(({ targets }) => targets.accountIds));
  // Accounts of one unit are alike, unless a policy names one of them.
  const different = new Map(spots.map((spot) => [`${spot.accountId !== undefined && named.has(spot.accountId) ? spot.accountId : ''} ${spot.ouPath.join('/')}`, spot]));
  const problems = [...different.values()].flatMap((spot) => arns.flatMap((arn) => alike.flatMap((asking) => problemAt(spot, arn, asking))));
  return problems.filter(({ message }, i) => problems.findIndex((other) => other.message === message) === i).slice(0, maximumSpots);

  function problemAt(spot: Spot, arn: string | undefined, { applying, people: asking }: AskingAlike): Reason[] {
    const asked = askedAt(spot, applying.filter(({ permissionSetArns }) => permissionSetArns === undefined || (arn !== undefined && permissionSetArns.includes(arn))));
    if (asked.length === 0) return [{ code: 'ERR_NO_APPROVER_POLICY', message: `no approver policy says who may approve in ${spot.name}; lay one down first` }];
    const tooMuch = notCarried(asked);
    if (tooMuch !== undefined) return [{ code: 'ERR_TOO_MUCH_ASKED', message: `in ${spot.name}, ${tooMuch} would be asked of one request by ${[...new Set(asked.map(({ policyId }) => policyId))].join(', ')}` }];
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

/** People who may ask, and the approver policies that may apply to what they ask, the same for all of them. */
interface AskingAlike {
  readonly applying: readonly ApproverPolicy[];
  readonly people: ReadonlySet<string>;
}

/** Those who may ask, by which policies that are for some requesters only are for them. Where nobody is there yet, by the groups that are named. */
function askingAlike(principals: Principals, approvers: readonly ApproverPolicy[], peopleOf: PeopleOf): readonly AskingAlike[] {
  const { groupIds, userIds } = principals;
  const narrow = approvers.flatMap(({ policyId, requesters }) => (requesters === undefined ? [] : [{ policyId, requesters, people: peopleOf(requesters) }]));
  const among = (isFor: (one: (typeof narrow)[number]) => boolean): string[] => narrow.filter(isFor).map(({ policyId }) => policyId);
  const applying = (ids: readonly string[]): ApproverPolicy[] => approvers.filter(({ policyId, requesters }) => requesters === undefined || ids.includes(policyId));
  const asking = [...peopleOf(principals)];
  if (asking.length === 0) {
    const named = among(({ requesters }) => groupIds.some((id) => requesters.groupIds.includes(id)) || userIds.some((id) => requesters.userIds.includes(id)));
    return [{ applying: applying(named), people: new Set() }];
  }
  const kinds = Map.groupBy(asking, (id) => among(({ people }) => people.has(id)).join(' '));
  return [...kinds].map(([ids, people]) => ({ applying: applying(ids.split(' ')), people: new Set(people) }));
}

interface AskedStage extends ApprovalStage {
  readonly policyId: string;
}

/**
 * The stages that the approval service would ask at a place: those of the policy for the account by name, else for its nearest unit, among
 * equals the narrower, then by id; before them those that the others ask always and that are not asked all the same.
 */
function askedAt({ accountId, ouPath }: Spot, policies: readonly ApproverPolicy[]): readonly AskedStage[] {
  const distance = ({ targets }: ApproverPolicy): number =>
    accountId !== undefined && targets.accountIds.includes(accountId) ? ouPath.length : ouPath.findLastIndex((unit) => targets.organizationalUnitIds.includes(unit));
  const narrowness = ({ permissionSetArns, requesters }: ApproverPolicy): number => Number(permissionSetArns !== undefined) + Number(requesters !== undefined);
  const [chosen, ...others] = policies
    .filter((policy) => distance(policy) >= 0)
    .toSorted((a, b) => distance(b) - distance(a) || narrowness(b) - narrowness(a) || (a.policyId < b.policyId ? -1 : 1));
  const stagesOf = ({ policyId, stages }: ApproverPolicy): AskedStage[] => stages.map((stage) => ({ policyId, ...stage }));
  return others.reduce<readonly AskedStage[]>((asked, policy) => {
    const free = [...asked];
    const missing = stagesOf(policy).filter((stage) => {
      if (stage.always !== true) return false;
      const at = free.findIndex((other) => other.quorum >= stage.quorum && askedOf(other) === askedOf(stage));
      if (at >= 0) free.splice(at, 1);
      return at < 0;
    });
    return [...missing, ...asked];
  }, chosen === undefined ? [] : stagesOf(chosen));
}

const askedOf = ({ approvers, requesterManager, escalation }: ApprovalStage): string => {
  const named = ({ groupIds, userIds }: Principals) => [groupIds.toSorted(), userIds.toSorted()];
  return JSON.stringify([named(approvers), requesterManager === true, escalation === undefined ? [] : [escalation.afterMinutes, named(escalation.to)]]);
};

/** What of these stages is more than a request can carry, in words. */
function notCarried(stages: readonly ApprovalStage[]): string | undefined {
  const decisions = stages.reduce((sum, { quorum }) => sum + quorum, 0);
  const all = stages.flatMap(({ approvers, escalation }) => [approvers, ...(escalation === undefined ? [] : [escalation.to])]);
  const groups = new Set(all.flatMap(({ groupIds }) => groupIds)).size;
  const people = new Set(all.flatMap(({ userIds }) => userIds)).size;
  if (stages.length > carried.stages) return `${stages.length} stages instead of ${carried.stages} at most`;
  if (decisions > carried.decisions) return `${decisions} decisions instead of ${carried.decisions} at most`;
  return groups > carried.principals || people > carried.principals ? `the word of ${groups} groups and ${people} people, instead of ${carried.principals} of either at most,` : undefined;
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
