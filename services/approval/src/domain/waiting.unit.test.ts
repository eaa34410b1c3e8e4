import { asking, decision, idOf, inApproval, minute, only, person, policy, refusalCodes, request, revocation, stage, start } from '../../test/scenario.ts';
import { dueAt } from './state.ts';

const anna = person('anna', 'leads');
const sam = person('sam', 'security');
const due = { type: 'due' } as const;
const proofs = { [idOf('ledger')]: 'e30.e30.cHJvb2Y' };
const patient = { ...stage(1, 'leads'), escalation: { afterMinutes: 30, to: stage(1, 'security').approvers } };
const escalating = policy('p', ['ledger'], patient);
const next = (waiting: ReturnType<typeof inApproval>) => {
  const state = waiting.state();
  return state && dueAt(state);
};

describe('a stage that is escalated', () => {
  it('asks more people once it has waited so long, beside those who were asked before', () => {
    const waiting = inApproval(asking([escalating]));
    expect(next(waiting)).toBe(start + 30 * minute);
    expect(waiting.facts(due, start + 30 * minute - 1)).toEqual([]);
    const asked = only(waiting.meet(due, start + 30 * minute), 'ApprovalRequested.v1');
    expect(asked.openStages).toMatchObject([{ policyId: 'p', missing: 1, approvers: stage(1, 'leads', 'security').approvers }]);
    expect(waiting.facts(due, start + 31 * minute)).toEqual([]);
    expect(next(waiting)).toBe(start + 90 * minute);
  });

  it('takes the word of those people from then on and not before, and goes on taking that of the others', () => {
    for (const who of [anna, sam]) {
      const waiting = inApproval(asking([escalating]));
      expect(refusalCodes(waiting.meet(decision(sam, { decisionId: idOf('too early') })))).toEqual(['ERR_NOT_AN_APPROVER']);
      waiting.meet(due, start + 30 * minute);
      expect(waiting.facts(decision(who, { at: start + 31 * minute }), start + 31 * minute)).toEqual(['ApprovalRecorded.v1']);
      expect(waiting.state()?.phase).toBe('agreed');
    }
  });

  it('waits from when it opened, not from when the request came', () => {
    const waiting = inApproval(asking([policy('p', ['ledger'], stage(1, 'owners'), patient)]));
    expect(waiting.facts(due, start + 40 * minute)).toEqual([]);
    waiting.meet(decision(person('olga', 'owners'), { at: start + 40 * minute }), start + 40 * minute);
    expect(next(waiting)).toBe(start + 70 * minute);
    expect(waiting.facts(due, start + 70 * minute)).toEqual(['ApprovalRequested.v1']);
  });

  it('keeps whom it is escalated to from ending the access until it is, and not afterwards', () => {
    const early = inApproval(asking([escalating]));
    expect(early.facts(revocation(sam))).toEqual(['CancellationRefused.v1']);
    early.meet(due, start + 30 * minute);
    expect(early.facts(revocation(sam, {}, { reason: 'again' }))).toEqual(['AccessCancelled.v1']);
    const revocableBy = (...before: readonly number[]) => {
      const waiting = inApproval(asking([escalating]));
      for (const at of before) waiting.meet(due, at);
      const agreedAt = start + 31 * minute;
      waiting.meet(decision(anna, { at: agreedAt }), agreedAt);
      return only(waiting.meet({ type: 'approve', agreedAt, proofs }, agreedAt), 'AccessApproved.v1').revocableBy.groupIds;
    };
    expect(revocableBy()).not.toContain(idOf('security'));
    expect(revocableBy(start + 30 * minute)).toContain(idOf('security'));
  });

  it('is escalated for its own targets alone', () => {
    const waiting = inApproval(asking([escalating, policy('q', ['vault'], stage(1, 'leads'))], request(['ledger', 'vault'])));
    const asked = only(waiting.meet(due, start + 30 * minute), 'ApprovalRequested.v1');
    expect(asked.openStages.map(({ policyId, approvers }) => [policyId, approvers.groupIds.length])).toEqual([['p', 2], ['q', 1]]);
  });
});

describe('reminders', () => {
  const every = (remindEveryMinutes: number) => inApproval(asking([policy('p', ['ledger'], stage(1, 'leads'))], request(), undefined, { remindEveryMinutes }));

  it('come in the rhythm that a policy sets, ten times at most', () => {
    const waiting = every(15);
    const numbers: number[] = [];
    for (let at = next(waiting) ?? 0; at < start + 180 * minute; at = next(waiting) ?? 0) {
      expect((at - start) % (15 * minute)).toBe(0);
      numbers.push(only(waiting.meet(due, at), 'ApprovalReminded.v1').reminder);
    }
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(waiting.facts(due, start + 180 * minute)).toEqual(['ApprovalExpired.v1']);
  });

  it('that were missed come as one, and the next in the same rhythm', () => {
    const waiting = every(15);
    expect(waiting.facts(due, start + 50 * minute)).toEqual(['ApprovalReminded.v1']);
    expect(next(waiting)).toBe(start + 60 * minute);
  });

  it('never come where the time between them is longer than people have', () => {
    const waiting = every(600);
    expect(next(waiting)).toBe(start + 180 * minute);
    expect(waiting.facts(due, start + 180 * minute)).toEqual(['ApprovalExpired.v1']);
  });
});
