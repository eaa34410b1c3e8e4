import { asksTheSame, type ApproverPolicy } from './policy.ts';

type Stage = ApproverPolicy['stages'][number];

/**
 * What a change of approver policy makes easier, one sentence each; nothing where it only asks for more. Absent: there is no policy. What
 * cannot be seen to ask for more counts as easier. `others`: the policies that may apply beside it.
 */
export function easedApproval(before: ApproverPolicy | undefined, after: ApproverPolicy | undefined, others: readonly ApproverPolicy[]): readonly string[] {
  if (before === undefined) return after === undefined ? [] : [`${after.policyId} is new: where it applies, its approvers replace those of a less specific policy`];
  if (after === undefined) return [`${before.policyId} is removed: where it applied, a less specific policy applies`];
  const eased: string[] = [];
  const scope = ({ targets, permissionSetArns, requesters }: ApproverPolicy): string => JSON.stringify([targets, permissionSetArns ?? null, requesters ?? null]);
  if (scope(before) !== scope(after)) eased.push('it applies elsewhere, to other permission sets or to other people');
  const kept = before.stages.map((stage) => after.stages.find((other) => asksAsMuch(stage, other)));
  kept.forEach((other, i) => {
    if (other === undefined) eased.push(`stage ${i + 1} asks for fewer, for others, or not any more`);
  });
  if (kept.every((other) => other !== undefined) && new Set(kept).size < kept.length) eased.push('two stages have become one');
  if (!sameStages(before.stages, after.stages) && after.stages.some((stage) => standsForAnother(stage, others))) eased.push('a stage may stand for one that another policy asks always: both are asked once');
  // A stage is escalated to others only before the deadline: a later one lets more people say yes, also to other stages of the same request.
  if (before.deadlineMinutes !== after.deadlineMinutes && !(Number(after.deadlineMinutes) < Number(before.deadlineMinutes))) eased.push('a request may wait longer, and be escalated meanwhile');
  return eased;
}

const sameStages = (before: readonly Stage[], after: readonly Stage[]): boolean =>
  before.length === after.length && before.every((stage, i) => after[i] !== undefined && asksTheSame(stage, after[i]) && stage.quorum === after[i].quorum);

/** Whether the people whom a stage asks are those of a stage of another policy, so that where both apply one may stand for both. */
const standsForAnother = (stage: Stage, others: readonly ApproverPolicy[]): boolean =>
  others.some(({ stages }) => stages.some((other) => (stage.always === true || other.always === true) && asksTheSame(stage, other)));

/** Whether a stage asks at least as much as another did: no fewer people, and nobody who was not asked before. */
function asksAsMuch(before: Stage, after: Stage): boolean {
  const within = (had: readonly string[], has: readonly string[]): boolean => has.every((one) => had.includes(one));
  const had = before.approvers;
  const has = after.approvers;
  const escalates = after.escalation === undefined || JSON.stringify(after.escalation) === JSON.stringify(before.escalation);
  const manager = after.requesterManager !== true || before.requesterManager === true;
  const stays = before.always !== true || after.always === true;
  return after.quorum >= before.quorum && within(had.groupIds, has.groupIds) && within(had.userIds, has.userIds) && escalates && manager && stays;
}
