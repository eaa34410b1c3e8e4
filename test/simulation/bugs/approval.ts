import { usualParts, type ApprovalParts } from '@team/approval/compose';
import { approvalWith, type Bug } from './bug.ts';

type Decide = ApprovalParts['decide'];
type State = NonNullable<Parameters<Decide>[0]>;
type Stage = Extract<State, { pending: unknown }>['pending']['policies'][number]['stages'][number];

/** Decisions judged as if the stages of the request were others. */
function judgedBy(change: (stages: readonly Stage[], all: readonly Stage[]) => readonly Stage[]): Decide {
  return (state, command, now) => {
    if (command.type !== 'judge-decision' || state?.phase !== 'pending') return usualParts.decide(state, command, now);
    const { policies } = state.pending;
    const all = policies.flatMap(({ stages }) => stages);
    const changed = policies.map((policy) => ({ ...policy, stages: change(policy.stages, all) }));
    return usualParts.decide({ ...state, pending: { ...state.pending, policies: changed } }, command, now);
  };
}

/** What could be wrong with approvals. */
export const approvalBugs: readonly Bug[] = [
  {
    name: 'self-approval by letter case',
    breaks: 'whoever writes their name in other letters than the request has it is somebody else, who may approve',
    rules: ['othersDecide'],
    base: 6100001,
    composers: approvalWith({
      decide(state, command, now) {
        if (command.type !== 'judge-decision' || state?.phase !== 'pending') return usualParts.decide(state, command, now);
        const { request } = state.pending;
        const { requester } = request;
        if (command.submission.decider === requester.userName) return usualParts.decide(state, command, now);
        const stranger = { ...requester, userId: requester.userId.toUpperCase() };
        return usualParts.decide({ ...state, pending: { ...state.pending, request: { ...request, requester: stranger } } }, command, now);
      },
    }),
  },
  {
    name: 'approver of one target decides on all',
    breaks: 'a decision counts for targets which its author may not approve',
    rules: ['othersDecide'],
    base: 6100001,
    composers: approvalWith({
      decide: judgedBy((stages, all) => {
        const groupIds = all.flatMap(({ approvers }) => approvers.groupIds);
        const userIds = all.flatMap(({ approvers }) => approvers.userIds);
        return stages.map((stage) => ({ ...stage, approvers: { groupIds, userIds } }));
      }),
    }),
  },
  {
    name: 'quorum off by one',
    breaks: 'one voice fewer than the policy asks for is enough',
    rules: ['othersDecide'],
    base: 6100000,
    composers: approvalWith({ decide: judgedBy((stages) => stages.map((stage) => ({ ...stage, quorum: Math.max(1, stage.quorum - 1) }))) }),
  },
  {
    name: 'denial ignored after approvals',
    breaks: 'once somebody has approved, a no is not heard',
    rules: ['wishesAreAnswered'],
    base: 6100006,
    composers: approvalWith({
      decide(state, command, now) {
        const late = command.type === 'judge-decision' && state?.phase === 'pending' && state.pending.approvals.length > 0;
        return late && command.submission.verdict === 'deny' ? [] : usualParts.decide(state, command, now);
      },
    }),
  },
  {
    name: 'denial not heeded',
    breaks: 'a no is recorded, and the request goes on as if nobody had said it',
    rules: ['othersDecide'],
    base: 6100001,
    composers: approvalWith({
      decide(state, command, now) {
        const events = usualParts.decide(state, command, now);
        return command.type === 'judge-decision' ? events.filter(({ type }) => type !== 'AccessDenied.v1') : events;
      },
    }),
  },
  {
    name: 'early wish to cancel forgotten by approval',
    breaks: 'a wish to cancel that overtakes the acceptance is lost',
    rules: ['wishesAreAnswered'],
    base: 6100007,
    composers: approvalWith({
      decide(state, command, now) {
        const early = command.type === 'judge-revocation' && (state === undefined || state.phase === 'unknown');
        return early ? [] : usualParts.decide(state, command, now);
      },
    }),
  },
];
