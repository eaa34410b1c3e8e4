import { accessApprovedV1, approvalRemindedV1, approvalRequestedV1 } from '@team/contracts';
import { absent, decision, idOf, inApproval, minute, only, person, policy, request, requestId, revocation, start } from '../../test/scenario.ts';
import type { Command } from '../domain/commands.ts';
import type { Principals } from '../domain/people.ts';
import { maximumPolicies, planApproval } from '../domain/plan.ts';
import type { ApproverPolicy } from '../domain/policy.ts';

const maximumAggregate = 300_000;
const wide = '語';
const targets = Array.from({ length: 50 }, (_, i) => `target ${i}`);
const text = (length: number): string => wide.repeat(length);
const ids = (what: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `1234567890-${idOf(`${what} ${i}`)}`);

const named = (name: string) => ({ userId: person(name).userId, userName: text(128), displayName: text(256) });

/** As much of everything as contracts allow, in three-byte characters. */
const asked = request(targets, {
  requester: named('dana'),
  askedBy: named('olga'),
  grants: request(targets).grants.map((grant) => ({
    ...grant,
    accountName: text(50),
    permissionSetName: text(32),
    permissionSetArn: `arn:aws:sso:::permissionSet/ssoins-${'0'.repeat(64)}/ps-${'0'.repeat(22)}`,
  })),
  justification: text(2000),
  ticket: { id: text(128), system: text(128), url: text(500) },
  acceptance: `e30.e30.${'a'.repeat(4088)}`,
});

const detail = (data: object) => ({
  metadata: { eventId: idOf('event'), requestId, occurredAt: new Date(start).toISOString() },
  data: JSON.parse(JSON.stringify(data)) as unknown,
});
const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Twenty policies whose approvers take nearly all the room that a request may give them. */
function largestPlan(): Extract<Command, { type: 'begin' }> {
  const approvers: Principals = { groupIds: ids('group', 40), userIds: [] };
  const policies: readonly ApproverPolicy[] = targets.slice(0, maximumPolicies).map((name, i) => ({
    policyId: `policy-${i}`,
    targets: { accountIds: [name], organizationalUnitIds: i === 0 ? ['r-acme'] : [] },
    stages: [
      { approvers, quorum: 1 },
      { approvers: { groupIds: [], userIds: ids('user', 30) }, quorum: 2 },
    ],
  }));
  const where = targets.map((name) => ({ grantId: idOf(name), accountId: name, permissionSetArn: 'any', ouPath: ['r-acme'] }));
  const plan = planApproval(policies, where, person('dana'), { groupIds: [], userIds: [] }, 180);
  if (plan.kind !== 'ask') throw new Error(JSON.stringify(plan));
  const plenty = ids('user', 12);
  return {
    type: 'begin',
    request: asked,
    plan,
    eligible: Object.fromEntries(policies.map(({ policyId }) => [policyId, [plenty, plenty]])),
  };
}

describe('the largest request', () => {
  it('fits, waiting, in its item, with everything that came early', () => {
    const comment = text(1000);
    const early = Array.from({ length: 25 }, (_, i) => {
      const { submission, ...command } = decision(person(`early ${i}`), { comment });
      return { ...command, submission: { ...submission, signature: 'e'.repeat(1024), decider: text(128), source: 's'.repeat(128) } };
    });
    const wishes = Array.from({ length: 15 }, (_, i) =>
      revocation(person(`early ${i}`), {}, { reason: comment, grantIds: targets.map(idOf), by: `${text(120)}${i}` }),
    );
    const waiting = inApproval(...early, ...wishes);
    const events = waiting.meet(largestPlan());
    expect(() => approvalRequestedV1.validate(detail(only(events, 'ApprovalRequested.v1')))).not.toThrow();
    expect(() =>
      approvalRemindedV1.validate(detail(only(waiting.meet({ type: 'due' }, start + 90 * minute), 'ApprovalReminded.v1'))),
    ).not.toThrow();
    const state = waiting.state();
    expect([state?.early.decisions.length, state?.early.revocations.length]).toEqual([20, 10]);
    expect(sizeOf(state)).toBeLessThan(maximumAggregate);
  });

  it('fits, approved by as many as it can carry, each in the place of another, on the bus', () => {
    const all: Principals = { groupIds: ids('group', 50), userIds: [] };
    const agreed = inApproval({
      type: 'begin',
      request: asked,
      plan: {
        kind: 'ask',
        policies: [policy('p', targets, { approvers: all, quorum: 10 }, { approvers: all, quorum: 2 })],
        deadlineMinutes: 180,
      },
      eligible: { p: [ids('user', 12), ids('user', 12)] },
    });
    for (let i = 0; i < 12; i += 1) {
      const called = { userName: text(128), displayName: text(256) };
      const away = absent({ ...person(`approver ${i}`), ...called, groupIds: all.groupIds });
      const { submission, ...command } = decision({ ...person(`delegate ${i}`), ...called }, { decisionId: idOf(`decision ${i}`), absences: [away] });
      agreed.meet({ ...command, submission: { ...submission, signature: `e30.e30.${'a'.repeat(1016)}` } });
    }
    expect(sizeOf(agreed.state())).toBeLessThan(maximumAggregate);
    const proofs = Object.fromEntries(targets.map((name) => [idOf(name), `e30.e30.${'a'.repeat(2296)}`]));
    const approved = only(agreed.meet({ type: 'approve', agreedAt: start, proofs }), 'AccessApproved.v1');
    expect(() => accessApprovedV1.validate(detail(approved))).not.toThrow();
    expect(approved.approvals.filter(({ onBehalfOf }) => onBehalfOf !== undefined)).toHaveLength(12);
  });
});
