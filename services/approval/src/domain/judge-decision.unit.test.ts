import {
  asking,
  decision,
  idOf,
  inApproval,
  minute,
  only,
  person,
  policy,
  refusalCodes,
  request,
  stage,
  start,
  typesOf,
} from '../../test/scenario.ts';
import { maximumEarlyDecisions } from './judge-decision.ts';

const anna = person('anna', 'leads');
const ben = person('ben', 'leads');
const sam = person('sam', 'security');
const both = person('both', 'leads', 'security');
const dana = person('dana', 'leads', 'security');

const oneStage = policy('p', ['ledger'], stage(1, 'leads'));
const twoOfLeads = policy('p', ['ledger'], stage(2, 'leads'));
const twoStages = policy('p', ['ledger'], stage(1, 'leads'), stage(1, 'security'));

describe('a decision that counts', () => {
  it('is recorded, and agrees the request when it was the last one missing', () => {
    const events = inApproval(asking([oneStage])).meet(decision(anna, { comment: 'go on' }));
    expect(typesOf(events)).toEqual(['DecisionCounted', 'ApprovalRecorded.v1', 'AllAgreed']);
    expect(only(events, 'ApprovalRecorded.v1')).toMatchObject({
      decider: { userId: anna.userId },
      verdict: 'approve',
      comment: 'go on',
      grantIds: [idOf('ledger')],
    });
  });

  it('waits for the others of the quorum', () => {
    const waiting = inApproval(asking([twoOfLeads]));
    expect(waiting.facts(decision(anna))).toEqual(['ApprovalRecorded.v1']);
    expect(typesOf(waiting.meet(decision(ben)))).toContain('AllAgreed');
  });

  it('opens the next stage, whose people are asked', () => {
    const waiting = inApproval(asking([twoStages]));
    const asked = only(waiting.meet(decision(anna)), 'ApprovalRequested.v1');
    expect(asked.openStages).toEqual([
      { grantIds: [idOf('ledger')], policyId: 'p', stage: 2, stages: 2, quorum: 1, missing: 1, approvers: stage(1, 'security').approvers },
    ]);
    expect(typesOf(waiting.meet(decision(sam)))).toContain('AllAgreed');
  });

  it('counts only for the targets that its author may approve, and the request waits for the rest', () => {
    const waiting = inApproval(asking([oneStage, policy('q', ['vault'], stage(1, 'security'))], request(['ledger', 'vault'])));
    const events = waiting.meet(decision(anna));
    expect(only(events, 'ApprovalRecorded.v1').grantIds).toEqual([idOf('ledger')]);
    expect(typesOf(events)).not.toContain('AllAgreed');
    expect(typesOf(waiting.meet(decision(sam)))).toContain('AllAgreed');
  });

  it('counts for every target at once whose open stage its author belongs to', () => {
    const waiting = inApproval(asking([oneStage, policy('q', ['vault'], stage(1, 'security'))], request(['ledger', 'vault'])));
    expect(only(waiting.meet(decision(both)), 'ApprovalRecorded.v1').grantIds).toEqual([idOf('ledger'), idOf('vault')]);
  });

  it('counts when its approver is named and in no group', () => {
    const named = policy('p', ['ledger'], { approvers: { groupIds: [], userIds: [anna.userId] }, quorum: 1 });
    expect(typesOf(inApproval(asking([named])).meet(decision(person('anna'))))).toContain('AllAgreed');
  });
});

describe('a denial', () => {
  it('by one eligible approver denies all targets, with who and why', () => {
    const waiting = inApproval(asking([oneStage, policy('q', ['vault'], stage(1, 'security'))], request(['ledger', 'vault'])));
    const events = waiting.meet(decision(anna, { verdict: 'deny', comment: 'not today' }));
    expect(only(events, 'ApprovalRecorded.v1')).toMatchObject({ verdict: 'deny', grantIds: [idOf('ledger')] });
    expect(only(events, 'AccessDenied.v1')).toMatchObject({
      reason: { code: 'ERR_DENIED_BY_APPROVER' },
      decider: { userId: anna.userId },
      comment: 'not today',
    });
    expect(waiting.state()?.phase).toBe('denied');
  });

  it('by somebody who is not asked denies nothing', () => {
    expect(refusalCodes(inApproval(asking([oneStage])).meet(decision(sam, { verdict: 'deny' })))).toEqual(['ERR_NOT_AN_APPROVER']);
  });

  it('may come from somebody who said yes before', () => {
    const waiting = inApproval(asking([twoOfLeads]), decision(anna));
    expect(waiting.facts(decision(anna, { verdict: 'deny', decisionId: idOf('second thoughts') }))).toContain('AccessDenied.v1');
  });
});

describe('a decision that does not count', () => {
  it.each([
    ['by the requester', dana, {}, ['ERR_SELF_APPROVAL']],
    ['by the requester, whatever the letters of their name', { ...dana, userName: 'DANA@ACME.EXAMPLE' }, {}, ['ERR_SELF_APPROVAL']],
    ['by who asked for somebody else', anna, { askedBy: { userId: anna.userId, userName: 'anna' } }, ['ERR_SELF_APPROVAL']],
    ['by somebody in none of the groups', person('zoe', 'developers'), {}, ['ERR_NOT_AN_APPROVER']],
    ['by an approver of a stage that has not opened', sam, {}, ['ERR_NOT_AN_APPROVER']],
    ['by an approver who is disabled', { ...anna, enabled: false }, {}, ['ERR_DECIDER_DISABLED']],
  ])('%s', (_case, who, asked, codes) => {
    const waiting = inApproval(asking([twoStages], request(['ledger'], asked)));
    expect(refusalCodes(waiting.meet(decision(who)))).toEqual(codes);
    expect(waiting.state()?.phase).toBe('pending');
  });

  it('when another person carries the name of the requester', () => {
    const namesake = { ...anna, userName: dana.userName };
    expect(inApproval(asking([oneStage])).facts(decision(namesake))).toEqual(['ApprovalRecorded.v1']);
  });

  it('a second time, in the same stage or a later one', () => {
    const sameStage = inApproval(asking([twoOfLeads]), decision(anna));
    expect(refusalCodes(sameStage.meet(decision(anna, { decisionId: idOf('again') })))).toEqual(['ERR_ALREADY_DECIDED']);
    const nextStage = inApproval(asking([twoStages]), decision(both));
    expect(refusalCodes(nextStage.meet(decision(both, { decisionId: idOf('again') })))).toEqual(['ERR_ALREADY_DECIDED']);
  });

  it.each([
    ['a channel that nobody registered', { evidence: undefined }, ['ERR_CHANNEL_UNKNOWN']],
    [
      'a signature of another key',
      { claims: { problem: { code: 'ERR_DECISION_SIGNATURE', message: 'forged' } } },
      ['ERR_DECISION_SIGNATURE'],
    ],
    ['a signature for another request', { claims: { requestId: idOf('other') } }, ['ERR_DECISION_MISMATCH']],
    ['a signature for another verdict', { claims: { verdict: 'deny' } }, ['ERR_DECISION_MISMATCH']],
    ['a signature for another decision', { claims: { decisionId: idOf('other') } }, ['ERR_DECISION_MISMATCH']],
    ['a signature for another person', { claims: { decider: sam.userId } }, ['ERR_DECISION_MISMATCH']],
    ['a signature over other content of the request', { claims: { requestDigest: 'e'.repeat(64) } }, ['ERR_DECISION_MISMATCH']],
    ['a signature that ran out before it arrived', { claims: { exp: start / 1000 - 1 } }, ['ERR_DECISION_EXPIRED']],
    ['a sign-in of sixteen minutes ago', { claims: { auth_time: start / 1000 - 16 * 60 } }, ['ERR_SIGN_IN_TOO_OLD']],
    ['a sign-in after the decision', { claims: { auth_time: start / 1000 + 61 } }, ['ERR_SIGN_IN_TOO_OLD']],
    [
      'a decider whom nobody knows',
      { decider: { problem: { code: 'ERR_USER_UNKNOWN', message: 'nobody' } } as const },
      ['ERR_USER_UNKNOWN'],
    ],
  ])('with %s', (_case, said, codes) => {
    expect(refusalCodes(inApproval(asking([oneStage])).meet(decision(anna, said)))).toEqual(codes);
  });

  it('is told every reason at once', () => {
    const waiting = inApproval(asking([policy('p', ['ledger'], stage(1, 'security'))]));
    const wrong = decision({ ...person('dana'), enabled: false }, { claims: { exp: 1, verdict: 'deny', requestDigest: 'e'.repeat(64) } });
    expect(refusalCodes(waiting.meet(wrong))).toEqual([
      'ERR_DECISION_EXPIRED',
      'ERR_DECIDER_DISABLED',
      'ERR_DECISION_MISMATCH',
      'ERR_DECISION_MISMATCH',
      'ERR_SELF_APPROVAL',
      'ERR_NOT_AN_APPROVER',
    ]);
  });

  it('once the request is over, and the request stays as it is', () => {
    const denied = inApproval(asking([oneStage]), decision(anna, { verdict: 'deny' }));
    expect(refusalCodes(denied.meet(decision(ben)))).toEqual(['ERR_REQUEST_OVER']);
    expect(denied.state()?.phase).toBe('denied');
    const agreed = inApproval(asking([oneStage]), decision(anna));
    expect(refusalCodes(agreed.meet(decision(ben, { verdict: 'deny' })))).toEqual(['ERR_REQUEST_OVER']);
  });

  it('after the deadline, which passes with it if no timer came first', () => {
    const late = start + 180 * minute;
    const events = inApproval(asking([oneStage])).meet(decision(anna, { at: late }), late);
    expect(typesOf(events)).toEqual(['ApprovalExpired.v1', 'SubmissionAnswered', 'ApprovalDecisionRefused.v1']);
    expect(inApproval(asking([oneStage])).facts(decision(anna, { at: late - 1 }), late - 1)).toEqual(['ApprovalRecorded.v1']);
  });
});

describe('a decision that comes again', () => {
  it.each([
    ['counted', anna],
    ['was refused', sam],
  ])('does nothing when it %s', (_case, who) => {
    const waiting = inApproval(asking([twoOfLeads]), decision(who));
    expect(waiting.meet(decision(who))).toEqual([]);
  });

  it('under the same id with other content is refused, and the first stands', () => {
    const waiting = inApproval(asking([twoOfLeads]), decision(anna));
    expect(refusalCodes(waiting.meet(decision(ben, { decisionId: decision(anna).submission.decisionId })))).toEqual([
      'ERR_DECISION_ID_REUSED',
    ]);
  });

  it('does nothing when it counted and the request has been decided since', () => {
    const over = inApproval(asking([twoOfLeads]), decision(anna), decision(ben, { verdict: 'deny' }));
    expect(over.meet(decision(anna))).toEqual([]);
  });
});

describe('a decision that comes before its request', () => {
  it('is kept once, and counts when the request is known, by the time at which it arrived', () => {
    const waiting = inApproval(decision(anna), decision(anna));
    expect(waiting.state()?.early.decisions).toHaveLength(1);
    waiting.meet(asking([oneStage]), start + 10 * minute);
    expect(typesOf(waiting.meet(decision(anna, { arrivedAt: start }), start + 10 * minute))).toContain('AllAgreed');
    expect(waiting.state()?.early.decisions).toEqual([]);
  });

  it('is judged by when it first arrived, and waits 15 minutes from when it could be kept', () => {
    // `exp` is five minutes after the start; an outage put it off for ten.
    const outage = 10 * minute;
    const late = decision(anna, { arrivedAt: start });
    const waiting = inApproval();
    expect(typesOf(waiting.meet(late, start + outage))).toEqual(['EarlyDecisionKept']);
    expect(waiting.facts({ type: 'due' }, start + outage + 15 * minute - 1)).toEqual([]);
    waiting.meet(asking([oneStage]), start + outage + minute);
    const [kept] = waiting.state()?.early.decisions ?? [];
    expect(kept).toMatchObject({ arrivedAt: start, waitsSince: start + outage });
    expect(typesOf(waiting.meet(decision(anna, { arrivedAt: kept?.arrivedAt ?? 0 }), start + outage + minute))).toContain('AllAgreed');
  });

  it('is refused at once for what is wrong with it by itself', () => {
    expect(refusalCodes(inApproval().meet(decision(anna, { evidence: undefined })))).toEqual(['ERR_CHANNEL_UNKNOWN']);
  });

  it('is refused when too many wait already', () => {
    const early = inApproval(...Array.from({ length: maximumEarlyDecisions }, (_, i) => decision(person(`early ${i}`))));
    expect(refusalCodes(early.meet(decision(anna)))).toEqual(['ERR_TOO_MANY_EARLY']);
  });

  it('is refused when no such request was accepted within 15 minutes, and never counts', () => {
    const early = inApproval(decision(anna));
    expect(early.facts({ type: 'due' }, start + 15 * minute - 1)).toEqual([]);
    expect(refusalCodes(early.meet({ type: 'due' }, start + 15 * minute))).toEqual(['ERR_REQUEST_UNKNOWN']);
    early.meet(asking([oneStage]), start + 16 * minute);
    expect(early.meet(decision(anna), start + 16 * minute)).toEqual([]);
  });
});

describe('more people than a request can carry', () => {
  it('end it as denied, with that reason', () => {
    const targets = Array.from({ length: 13 }, (_, i) => `target ${i}`);
    const policies = targets.map((name) => policy(name.replace(' ', '-'), [name], stage(1, name)));
    const waiting = inApproval(asking(policies, request(targets)));
    const events = targets.slice(0, 12).map((name) => waiting.meet(decision(person(`approver of ${name}`, name))));
    expect(only(events.flat(), 'AccessDenied.v1').reason.code).toBe('ERR_TOO_MANY_DECISIONS');
  });
});
