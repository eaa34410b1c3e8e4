import { emitterRegistration, type Explanation, type HypotheticalRequest, type ProposedPolicies } from '@team/contracts';
import { extensionProblems, targetKey } from '../domain/admission.ts';
import { askFor } from '../domain/ask-for.ts';
import { assess, nearestOf } from '../domain/eligibility.ts';
import { beginningOf, wholeStretch } from '../domain/extension.ts';
import type { RequestFacts } from '../domain/facts.ts';
import { judgeRequest } from '../domain/judge.ts';
import { askerBeside } from '../domain/people.ts';
import type { RejectionReason } from '../domain/reasons.ts';
import { gatherFacts } from './gather-facts.ts';
import type { Ports, RequestPolicies } from './ports.ts';

/** Systems are judged elsewhere: this is about people. */
const anybody = { ...emitterRegistration.parse({ name: 'explain', roleArn: 'arn:aws:iam::000000000000:role/explain', source: 'team.explain', detailTypes: ['AccessRequested.v1'] }), mayAskFor: 'everyone' as const, mayBreakGlass: true };
const sender = { source: anybody.source, account: '000000000000' };
const nobodysId = '00000000-0000-4000-8000-000000000000';

/** Judges what somebody might ask for, by the very judgement that a request meets: facts, policies, rules, and of an extension whether what it extends is open. Nothing is remembered. */
export async function explain(asked: HypotheticalRequest, ports: Ports, proposed: ProposedPolicies | undefined): Promise<Explanation> {
  const { requester, askedBy, accountId, permissionSet, durationMinutes, startAt, ticketId, justification, breakGlass, askedAt, extends: extended } = asked;
  const now = askedAt === undefined ? ports.clock() : Date.parse(askedAt);
  const set = permissionSet.startsWith('arn:') ? { permissionSetArn: permissionSet } : { permissionSetName: permissionSet };
  const request = { requestId: nobodysId, requester, targets: [{ accountId, ...set }], durationMinutes, startAt, justification, breakGlass, extends: extended, ...(ticketId === undefined ? {} : { ticket: { id: ticketId } }) };
  const facts = await gatherFacts(request, { emitter: sender, receivedAt: now }, { ...ports, emitters: [anybody], ...(proposed === undefined ? {} : { policies: only(proposed) }) });
  const judgement = judgeRequest(facts);
  const unextendable = judgement.allowed ? await problemsOfExtending(facts, askedBy, now, ports) : [];
  const [target] = facts.targets;
  const known = typeof facts.requester === 'object' ? { requester: { userId: facts.requester.userId, userName: facts.requester.userName } } : {};
  const account = target?.account;
  const permission = target?.permissionSet;
  const minutes = durationMinutes ?? facts.limits.defaultDurationMinutes ?? 1;
  const stretch = wholeStretch(facts, minutes);
  const { denying, considered } =
    typeof facts.requester === 'object' && account !== undefined && permission !== undefined
      ? assess(facts.requester, { ...askFor(account, permission, { ...request, durationMinutes: stretch?.durationMinutes ?? minutes }, now), ...beginningOf(stretch) }, facts.policies, facts.limits)
      : { denying: [], considered: [] };
  const nearest = denying.length > 0 ? undefined : nearestOf(considered)?.policy;
  return {
    ...(nearest === undefined ? {} : { approvalRequired: breakGlass !== true && nearest.approval !== 'not-required' }),
    ...outcomeOf(judgement, unextendable),
    denying: denying.map(({ policyId }) => policyId),
    considered: considered.map(({ policy, problems }) => ({ policyId: policy.policyId, problems })),
    ...known,
    ...(account === undefined || permission === undefined ? {} : { target: { accountId: account.id, accountName: account.name, permissionSetArn: permission.arn, permissionSetName: permission.name } }),
  };
}

/** Whether what it says it extends is still open, and by nobody extended yet: of an admission as much as is found out without one. */
async function problemsOfExtending({ asked, requester, targets }: RequestFacts, askedBy: string | undefined, now: number, { requesters }: Pick<Ports, 'requesters'>): Promise<readonly RejectionReason[]> {
  if (asked.extends === undefined || typeof requester !== 'object') return [];
  const extending = targets.flatMap(({ account, permissionSet }) => (account === undefined || permissionSet === undefined ? [] : [targetKey(account.id, permissionSet.arn)]));
  return extensionProblems(await requesters.load(requester.userId), { extended: asked.extends, targets: extending, askedBy: askerBeside(requester, askedBy) }, now);
}

function outcomeOf(judgement: ReturnType<typeof judgeRequest>, unextendable: readonly RejectionReason[]): Pick<Explanation, 'allowed' | 'policyId' | 'approvalRequired' | 'durationMinutes' | 'reasons' | 'warnings'> {
  const against = judgement.allowed ? unextendable : judgement.reasons;
  if (!judgement.allowed || against.length > 0) return { allowed: false, reasons: against.map(({ code, message }) => ({ code, message })), warnings: [] };
  const [first] = judgement.targets;
  const { approvalRequired, durationMinutes, warnings } = judgement;
  return { allowed: true, ...(first === undefined ? {} : { policyId: first.policyId }), approvalRequired, durationMinutes, reasons: [], warnings };
}

const only = ({ eligibility, limits, bundles = [] }: ProposedPolicies): Ports['policies'] => {
  const policies: RequestPolicies = { eligibility, limits, bundles, approvers: [] };
  return { load: async () => policies };
};
