import { approvalDecisionSubmittedV1, findEmitter, type ApprovalDecisionSubmittedV1 } from '@team/contracts';
import type { JudgeDecision } from '../domain/commands.ts';
import type { DecisionSubmission } from '../domain/state.ts';
import { absencesFor } from './absences.ts';
import { conclude } from './conclude.ts';
import type { Ports, Received } from './ports.ts';

/** A decision: finds out who signed it and for whom, and has it judged. */
export async function onApprovalDecisionSubmitted(
  { data, metadata, source, account, arrivedAt }: Received<ApprovalDecisionSubmittedV1>,
  ports: Ports,
): Promise<void> {
  const { eventId, occurredAt, traceparent } = metadata;
  const digest = ports.evidence.digestOf({ data, source, account });
  await judge(
    { ...data, source, account, eventId, occurredAt, ...(traceparent === undefined ? {} : { traceparent }), digest },
    arrivedAt,
    ports,
  );
}

/** Has a decision judged that arrived at `arrivedAt` (ms): now, or some time ago if its request was not known then or AWS was down. */
export async function judge(submission: DecisionSubmission, arrivedAt: number, ports: Ports): Promise<void> {
  const command: JudgeDecision = {
    type: 'judge-decision',
    submission,
    arrivedAt,
    ...(await evidenceFor(submission, ports)),
  };
  await conclude(await ports.approvals.execute(submission.requestId, command, submission), submission, ports);
}

async function evidenceFor(
  submission: DecisionSubmission,
  ports: Ports,
): Promise<Pick<JudgeDecision, 'evidence'>> {
  const { emitters, evidence, people } = ports;
  const channel = findEmitter(emitters, submission, approvalDecisionSubmittedV1.detailType)?.mayDecide;
  if (channel === undefined) return {};
  const [claims, decider] = await Promise.all([
    evidence.verifyDecision(submission.signature, channel.keyId),
    people.find(submission.decider),
  ]);
  const absences = 'person' in decider ? await absencesFor(decider.person.userId, ports) : [];
  return { evidence: { claims, decider, ...(absences.length === 0 ? {} : { absences }) } };
}
