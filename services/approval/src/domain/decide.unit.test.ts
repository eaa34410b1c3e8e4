import { asking, decision, idOf, inApproval, minute, only, person, policy, request, stage, start, typesOf } from '../../test/scenario.ts';
import { dueAt, forgetAt, resumeAfterMs } from './state.ts';
import { windowBounds } from './window.ts';

const anna = person('anna', 'leads');
const p = policy('p', ['ledger'], stage(1, 'leads'));
const proofs = { [idOf('ledger')]: 'e30.e30.cHJvb2Y' };
const approve = { type: 'approve', agreedAt: start, proofs } as const;
const due = { type: 'due' } as const;

describe('an accepted request', () => {
  it('asks the approvers of every open stage, with all that they decide on', () => {
    const asked = only(
      inApproval().meet(asking([p], request(['ledger'], { justification: 'incident 7', startAt: '2026-11-22T12:00:00.000Z' }))),
      'ApprovalRequested.v1',
    );
    expect(asked).toMatchObject({
      requestDigest: 'd'.repeat(64),
      justification: 'incident 7',
      startAt: '2026-11-22T12:00:00.000Z',
      openStages: [{ policyId: 'p', stage: 1, stages: 1, quorum: 1, missing: 1 }],
      deadlineAt: '2026-11-22T13:00:00.000Z',
    });
  });

  it('is agreed at once where no approval is needed', () => {
    const events = inApproval().meet({ type: 'begin', request: request(), plan: { kind: 'no-approval-needed' }, eligible: {} });
    expect(typesOf(events)).toEqual(['ApprovalBegun', 'AllAgreed']);
  });

  it('is denied at once where nobody but those who asked can approve', () => {
    const denied = only(inApproval().meet(asking([p], request(), { p: [[]] })), 'AccessDenied.v1');
    expect(denied.reason).toMatchObject({
      code: 'ERR_NO_ELIGIBLE_APPROVER',
      message: expect.stringContaining('AdministratorAccess in ledger: policy p, stage 1'),
    });
  });

  it('is denied at once where a later stage has only people whom an earlier one needs', () => {
    const twoStages = policy('p', ['ledger'], stage(1, 'leads'), stage(1, 'security'));
    expect(inApproval().facts(asking([twoStages], request(), { p: [[anna.userId], [anna.userId]] }))).toEqual(['AccessDenied.v1']);
  });

  it('is denied with the reason for which no plan could be made', () => {
    const reason = { code: 'ERR_NO_APPROVER_POLICY', message: 'none' } as const;
    expect(
      only(inApproval().meet({ type: 'begin', request: request(), plan: { kind: 'impossible', reason }, eligible: {} }), 'AccessDenied.v1')
        .reason,
    ).toEqual(reason);
  });

  it('changes nothing when it comes again, in whatever phase', () => {
    const again = inApproval(asking([p]));
    expect(again.meet(asking([p]))).toEqual([]);
    again.meet(decision(anna));
    expect(again.meet(asking([p]))).toEqual([]);
    again.meet(approve);
    expect(again.meet(asking([p]))).toEqual([]);
  });
});

describe('time', () => {
  it('reminds once at half of the time, and ends the request at the deadline', () => {
    const waiting = inApproval(asking([p]));
    expect(waiting.facts(due, start + 90 * minute - 1)).toEqual([]);
    expect(waiting.facts(due, start + 90 * minute)).toEqual(['ApprovalReminded.v1']);
    expect(waiting.facts(due, start + 91 * minute)).toEqual([]);
    expect(only(waiting.meet(due, start + 180 * minute), 'ApprovalExpired.v1').deadlineAt).toBe('2026-11-22T13:00:00.000Z');
    expect(waiting.meet(due, start + 181 * minute)).toEqual([]);
  });

  it('does not end what all have agreed on', () => {
    expect(inApproval(asking([p]), decision(anna)).meet(due, start + 999 * minute)).toEqual([]);
  });

  it('is looked at again when the next thing is due, and not for what is over', () => {
    const waiting = inApproval(asking([p]));
    const next = () => {
      const state = waiting.state();
      return state && dueAt(state);
    };
    expect(next()).toBe(start + 90 * minute);
    waiting.meet(due, start + 90 * minute);
    expect(next()).toBe(start + 180 * minute);
    waiting.meet(decision(anna), start);
    expect(next()).toBe(start + resumeAfterMs);
    waiting.meet(approve);
    expect(next()).toBeUndefined();
  });

  it('keeps what is over for 400 days, so that nothing late begins it again', () => {
    const over = inApproval(asking([p]), decision(anna), approve).state();
    expect(over && forgetAt(over)).toBe(start + 400 * 24 * 60 * minute);
  });
});

describe('approval', () => {
  it('carries window, proofs, decisions and who may end it', () => {
    const asked = request(['ledger'], { askedBy: { userId: idOf('olga'), userName: 'olga' }, extends: idOf('older') });
    const agreed = inApproval(asking([p], asked), decision(anna));
    const approved = only(agreed.meet(approve, start + minute), 'AccessApproved.v1');
    expect(approved).toMatchObject({
      grants: [{ grantId: idOf('ledger'), proof: 'e30.e30.cHJvb2Y' }],
      approvals: [{ decisionId: decision(anna).submission.decisionId, decider: { userId: anna.userId } }],
      decisions: [decision(anna).submission.signature],
      revocableBy: { groupIds: [idOf('administrators'), idOf('leads')], userIds: [idOf('olga')] },
      extends: idOf('older'),
      approvedAt: '2026-11-22T10:00:00.000Z',
    });
    expect(agreed.state()).not.toHaveProperty('pending');
  });

  it.each([
    ['signed for another moment', { ...approve, agreedAt: start + 1 }],
    ['missing for a grant', { ...approve, proofs: {} }],
  ])('does not happen with proofs %s', (_case, command) => {
    expect(inApproval(asking([p]), decision(anna)).meet(command)).toEqual([]);
  });

  it('does not happen before all have agreed, nor twice', () => {
    expect(inApproval(asking([p])).meet(approve)).toEqual([]);
    expect(inApproval(asking([p]), decision(anna), approve).meet(approve)).toEqual([]);
  });
});

describe('the window', () => {
  it('begins with the approval, may be opened for an hour, and ends 15 minutes after that and the duration', () => {
    expect(windowBounds({ durationMinutes: 120 }, start)).toEqual({
      notBefore: '2026-11-22T10:00:00.000Z',
      openBy: '2026-11-22T11:00:00.000Z',
      durationMinutes: 120,
      latestEnd: '2026-11-22T13:15:00.000Z',
    });
  });

  it.each([
    ['waits for a start to come', '2026-11-22T15:00:00.000Z', '2026-11-22T15:00:00.000Z'],
    ['begins now where the start has passed', '2026-11-22T09:00:00.000Z', '2026-11-22T10:00:00.000Z'],
  ])('%s', (_case, startAt, notBefore) => {
    expect(windowBounds({ startAt, durationMinutes: 120 }, start).notBefore).toBe(notBefore);
  });
});
