import { absent, asking, decision, idOf, inApproval, minute, only, person, policy, refusalCodes, request, stage, start } from '../../test/scenario.ts';

const anna = person('anna', 'leads');
const ben = person('ben', 'leads');
const zoe = person('zoe');
const dana = person('dana', 'leads');
const oneStage = policy('p', ['ledger'], stage(1, 'leads'));
const twoOfLeads = policy('p', ['ledger'], stage(2, 'leads'));
const forAnna = { absences: [absent(anna)] };
const again = (name: string) => ({ decisionId: idOf(name) });

describe('whoever stands in for an approver who is away', () => {
  it('decides as that approver could, and is recorded as who decided and for whom', () => {
    const waiting = inApproval(asking([oneStage]));
    const named = { decider: { userId: zoe.userId, userName: zoe.userName }, onBehalfOf: { userId: anna.userId, userName: anna.userName } };
    expect(only(waiting.meet(decision(zoe, forAnna)), 'ApprovalRecorded.v1')).toMatchObject(named);
    const approve = { type: 'approve', agreedAt: start, proofs: { [idOf('ledger')]: 'e30.e30.cHJvb2Y' } } as const;
    expect(only(waiting.meet(approve), 'AccessApproved.v1').approvals).toMatchObject([named]);
  });

  it('may deny', () => {
    const denied = only(inApproval(asking([oneStage])).meet(decision(zoe, { ...forAnna, verdict: 'deny' })), 'AccessDenied.v1');
    expect(denied).toMatchObject({ decider: { userId: zoe.userId }, reason: { code: 'ERR_DENIED_BY_APPROVER', message: expect.stringContaining('in the place of anna') } });
  });

  it('decides in their own right where they have one', () => {
    const recorded = only(inApproval(asking([twoOfLeads])).meet(decision(ben, forAnna)), 'ApprovalRecorded.v1');
    expect(recorded).not.toHaveProperty('onBehalfOf');
  });

  it('decides for other targets in another decision, each in one capacity', () => {
    const waiting = inApproval(asking([oneStage, policy('q', ['vault'], stage(1, 'security'))], request(['ledger', 'vault'])));
    const sam = person('sam', 'security');
    expect(only(waiting.meet(decision(sam, forAnna)), 'ApprovalRecorded.v1').grantIds).toEqual([idOf('vault')]);
    expect(only(waiting.meet(decision(sam, { ...forAnna, ...again('for anna') })), 'ApprovalRecorded.v1')).toMatchObject({
      grantIds: [idOf('ledger')],
      onBehalfOf: { userId: anna.userId },
    });
    expect(waiting.state()?.phase).toBe('agreed');
  });

  it.each([
    ['before it begins', [absent(anna, start + 1)], ['ERR_NOT_AN_APPROVER']],
    ['once it is over', [absent(anna, start - 2, start)], ['ERR_NOT_AN_APPROVER']],
    ['for somebody who is no approver now', [absent(person('anna'))], ['ERR_NOT_AN_APPROVER']],
    ['for somebody who is disabled', [absent({ ...anna, enabled: false })], ['ERR_NOT_AN_APPROVER']],
    ['for the requester', [absent(dana)], ['ERR_SELF_APPROVAL', 'ERR_NOT_AN_APPROVER']],
    ['for nobody', [], ['ERR_NOT_AN_APPROVER']],
  ])('does not decide %s', (_case, absences, codes) => {
    expect(refusalCodes(inApproval(asking([oneStage])).meet(decision(zoe, { absences })))).toEqual(codes);
  });

  it('never decides on what they asked for themselves or for another, in nobody’s place', () => {
    const forZoe = request(['ledger'], { askedBy: { userId: zoe.userId, userName: zoe.userName } });
    for (const who of [zoe, dana]) {
      expect(refusalCodes(inApproval(asking([oneStage], forZoe)).meet(decision(who, forAnna)))).toContain('ERR_SELF_APPROVAL');
    }
  });

  it('never decides for who asked for another', () => {
    const byAnna = request(['ledger'], { askedBy: { userId: anna.userId, userName: anna.userName } });
    expect(refusalCodes(inApproval(asking([oneStage], byAnna)).meet(decision(zoe, forAnna)))).toEqual(['ERR_SELF_APPROVAL', 'ERR_NOT_AN_APPROVER']);
  });
});

describe('one person counts once', () => {
  const twice = 'ERR_ALREADY_DECIDED';
  it.each([
    ['the approver, after somebody decided in their place', decision(zoe, forAnna), decision(anna), [twice]],
    ['somebody in the place of an approver who decided', decision(anna), decision(zoe, forAnna), [twice]],
    ['somebody who decided for one approver, for another', decision(zoe, forAnna), decision(zoe, { absences: [absent(ben)], ...again('for ben') }), [twice]],
    ['somebody who decided themselves, for another', decision(ben), decision(ben, { ...forAnna, ...again('for anna') }), [twice]],
    ['another who stands in for the same approver', decision(zoe, forAnna), decision(person('yves'), forAnna), [twice]],
  ])('%s, does not count again', (_case, first, second, codes) => {
    const waiting = inApproval(asking([twoOfLeads]), first);
    expect(refusalCodes(waiting.meet(second))).toEqual(codes);
    expect(waiting.state()?.phase).toBe('pending');
  });

  it('also across stages', () => {
    const waiting = inApproval(asking([policy('p', ['ledger'], stage(1, 'leads'), stage(1, 'security'))]), decision(zoe, forAnna));
    const sam = person('sam', 'security');
    expect(refusalCodes(waiting.meet(decision(zoe, { absences: [absent(sam)], ...again('for sam') })))).toEqual([twice]);
    expect(refusalCodes(waiting.meet(decision(person('anna', 'security'))))).toEqual([twice]);
    expect(waiting.facts(decision(sam, { at: start + minute }), start + minute)).toEqual(['ApprovalRecorded.v1']);
  });

  it('and who approved may think again, as may who stands in for them', () => {
    const waiting = () => inApproval(asking([twoOfLeads]), decision(zoe, forAnna));
    for (const no of [decision(anna, { verdict: 'deny' }), decision(zoe, { ...forAnna, verdict: 'deny', ...again('no') })])
      expect(waiting().facts(no)).toContain('AccessDenied.v1');
  });
});
