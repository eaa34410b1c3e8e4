import { approverPolicy, type ApproverPolicy, type EligibilityPolicy, type Principals, type Reason } from '@team/contracts';

/** A change by what it would leave: nothing, where it removes. */
interface Proposed {
  readonly subject: string;
  readonly after?: unknown;
}

/** Ids of the enabled people whom principals stand for now. */
type PeopleOf = (principals: Principals) => ReadonlySet<string>;
interface Spot {
  readonly name: string;
  readonly accountId?: string | undefined;
  readonly ouPath: readonly string[];
}

/** What it takes to judge a change of approver policy. */
export interface PolicyJudging {
  readonly references: {
    unknown(named: { readonly groupIds?: readonly string[]; readonly userIds?: readonly string[]; readonly accountIds?: readonly string[]; readonly organizationalUnitIds?: readonly string[]; readonly permissionSetArns?: readonly string[] }): Promise<readonly string[]>;
    spots(targets: { readonly accountIds: readonly string[]; readonly organizationalUnitIds: readonly string[] }): Promise<readonly Spot[]>;
    peopleOf(all: readonly Principals[]): Promise<PeopleOf>;
  };
  readonly lockedOut: (policy: EligibilityPolicy, spots: readonly Spot[], approvers: readonly ApproverPolicy[], peopleOf: PeopleOf) => readonly Reason[];
}

interface LaidDown {
  readonly approvers: readonly ApproverPolicy[];
  readonly eligibility: readonly EligibilityPolicy[];
}

/** Most people whose decisions one request can carry. */
const maximumQuorum = 12;

/** Everything against a change of approver policy: its sense, whom and what it names, and whether somebody is left to approve what needs approval. */
export async function approverProblems({ subject, after }: Proposed, policies: LaidDown, judging: PolicyJudging): Promise<readonly Reason[]> {
  const policy = after === undefined ? undefined : approverPolicy.parse(after);
  const reasons: Reason[] = [];
  if (policy !== undefined) {
    if (policy.policyId !== subject) reasons.push({ code: 'ERR_POLICY_ID_MISMATCH', message: `the change is of "${subject}", and what it lays down is called "${policy.policyId}"` });
    reasons.push(...senseProblems(policy));
    const { targets, requesters, permissionSetArns, stages } = policy;
    const all = [...stages.flatMap((stage) => [stage.approvers, ...(stage.escalation === undefined ? [] : [stage.escalation.to])]), ...(requesters === undefined ? [] : [requesters])];
    const unknown = await judging.references.unknown({ ...targets, permissionSetArns: permissionSetArns ?? [], groupIds: all.flatMap(({ groupIds }) => groupIds), userIds: all.flatMap(({ userIds }) => userIds) });
    reasons.push(...unknown.slice(0, 40).map((what): Reason => ({ code: 'ERR_REFERENCE_UNKNOWN', message: `AWS knows no ${what}` })));
  }
  if (reasons.length > 0) return reasons;
  const others = policies.approvers.filter(({ policyId }) => policyId !== subject);
  return lockOuts(policies, policy === undefined ? others : [...others, policy], judging);
}

/** What could not be approved after a change and could before. */
async function lockOuts({ eligibility, approvers }: LaidDown, after: readonly ApproverPolicy[], { references, lockedOut }: PolicyJudging): Promise<readonly Reason[]> {
  const needing = eligibility.filter(({ effect, approval }) => effect !== 'deny' && approval === 'required');
  const named = [...approvers, ...after].flatMap(({ stages, requesters }) => [...stages.map((stage) => stage.approvers), ...(requesters === undefined ? [] : [requesters])]);
  const peopleOf = await references.peopleOf([...needing.map(({ principals }) => principals), ...named]);
  const roots = new Set([...approvers, ...after].flatMap(({ targets }) => targets.organizationalUnitIds.filter((id) => id.startsWith('r-'))));
  const reasons: Reason[] = [];
  for (const policy of needing) {
    const { accountIds, organizationalUnitIds, accountTags } = policy.targets;
    // Accounts told by tags may be anywhere: what holds at the root holds for them.
    const spots = await references.spots({ accountIds, organizationalUnitIds: [...new Set([...organizationalUnitIds, ...(accountTags === undefined ? [] : roots)])] });
    const before = new Set(lockedOut(policy, spots, approvers, peopleOf).map(({ message }) => message));
    for (const { code, message } of lockedOut(policy, spots, after, peopleOf)) {
      if (!before.has(message)) reasons.push({ code, message: `nobody could approve under eligibility policy "${policy.policyId}": ${message}`.slice(0, 500) });
    }
  }
  return reasons.slice(0, 40);
}

function senseProblems({ targets, stages }: ApproverPolicy): Reason[] {
  const reasons: Reason[] = [];
  if (targets.accountIds.length + targets.organizationalUnitIds.length === 0) reasons.push({ code: 'ERR_POLICY_INCOMPLETE', message: 'the policy names no account and no organizational unit' });
  const asked = stages.reduce((sum, { quorum }) => sum + quorum, 0);
  if (asked > maximumQuorum) reasons.push({ code: 'ERR_TOO_MANY_DECISIONS', message: `the stages ask for ${asked} decisions, and a request carries ${maximumQuorum}` });
  stages.forEach(({ approvers, quorum, requesterManager = false }, i) => {
    if (approvers.groupIds.length > 0) return;
    const people = new Set(approvers.userIds).size + (requesterManager ? 1 : 0);
    if (people < quorum) reasons.push({ code: 'ERR_POLICY_SENSELESS', message: `stage ${i + 1} asks for ${quorum} people and names ${people}` });
  });
  return reasons;
}
