import { approverPolicy, type ApproverPolicy, type EligibilityPolicy, type Reason } from '@team/contracts';

/** A change by what it would leave: nothing, where it removes. */
interface Proposed {
  readonly subject: string;
  readonly after?: unknown;
}

/** What policies name, held against AWS as it is now. Each rejects with a retryable error while the directory cannot answer. */
export interface References {
  /** A reason for each of these that AWS does not know. */
  unknown(named: Readonly<Partial<Record<'groupIds' | 'userIds' | 'accountIds' | 'organizationalUnitIds' | 'permissionSetArns', readonly string[]>>>): Promise<readonly Reason[]>;
  /** Why what eligibility policies let people ask for could never be approved under these approver policies, and could before. */
  lockedOut(eligibility: readonly EligibilityPolicy[], approvers: readonly ApproverPolicy[], before: readonly ApproverPolicy[]): Promise<readonly { readonly policyId: string; readonly reason: Reason }[]>;
}

interface LaidDown {
  readonly approvers: readonly ApproverPolicy[];
  readonly eligibility: readonly EligibilityPolicy[];
}

/** Most people whose decisions one request can carry. */
const maximumQuorum = 12;
/** A refusal has room for more reasons than these. */
const mostLockOuts = 40;

/** Everything against a change of approver policy: its sense, whom and what it names, and whether somebody is left to approve what needs approval. */
export async function approverProblems({ subject, after }: Proposed, { approvers, eligibility }: LaidDown, references: References): Promise<readonly Reason[]> {
  const policy = after === undefined ? undefined : approverPolicy.parse(after);
  const reasons: Reason[] = [];
  if (policy !== undefined) {
    if (policy.policyId !== subject) reasons.push({ code: 'ERR_POLICY_ID_MISMATCH', message: `the change is of "${subject}", and what it lays down is called "${policy.policyId}"` });
    reasons.push(...senseProblems(policy));
    const { targets, requesters, permissionSetArns, stages } = policy;
    const all = [...stages.flatMap((stage) => [stage.approvers, ...(stage.escalation === undefined ? [] : [stage.escalation.to])]), ...(requesters === undefined ? [] : [requesters])];
    reasons.push(...(await references.unknown({ ...targets, permissionSetArns: permissionSetArns ?? [], groupIds: all.flatMap(({ groupIds }) => groupIds), userIds: all.flatMap(({ userIds }) => userIds) })));
  }
  if (reasons.length > 0) return reasons;
  const others = approvers.filter(({ policyId }) => policyId !== subject);
  const lockOuts = await references.lockedOut(eligibility, policy === undefined ? others : [...others, policy], approvers);
  return lockOuts.slice(0, mostLockOuts).map(({ policyId, reason: { code, message } }) => ({ code, message: `nobody could approve under eligibility policy "${policyId}": ${message}` }));
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
