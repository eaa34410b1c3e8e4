import { asking, decision, inApproval, person, policy, refusalCodes, request, stage } from '../../test/scenario.ts';

const anna = person('anna', 'leads');
const asked = asking([policy('p', ['ledger'], stage(1, 'leads'))], request(['ledger'], { commentRequired: true }));

describe('a decision on a request that asks for a comment', () => {
  it.each([
    ['without one', {}],
    ['with a blank one', { comment: ' \n' }],
    ['without one, though it denies', { verdict: 'deny' as const }],
  ])('%s is refused, and the request waits on', (_case, said) => {
    const waiting = inApproval(asked);
    expect(refusalCodes(waiting.meet(decision(anna, said)))).toEqual(['ERR_COMMENT_MISSING']);
    expect(waiting.state()?.phase).toBe('pending');
    expect(waiting.facts(decision(anna, { comment: 'incident 7' }))).toEqual(['ApprovalRecorded.v1']);
  });
});
