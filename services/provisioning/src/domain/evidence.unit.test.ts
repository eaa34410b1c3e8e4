import { flawIn, type Decision, type EvidenceChain, type Signed } from './evidence.ts';

const window = { notBefore: '2026-11-22T10:00:00.000Z', openBy: '2026-11-22T11:00:00.000Z', durationMinutes: 60, latestEnd: '2026-11-22T12:15:00.000Z' };
const target = { principalId: 'aaaa', accountId: '111122223333', permissionSetArn: 'arn:set' };

const decision = (hash: string, claims: Partial<Decision> = {}): Signed<Decision> => ({
  hash,
  claims: { requestId: 'r', requestDigest: 'digest', decider: 'bbbb', verdict: 'approve', ...claims },
});

const acceptance: EvidenceChain['acceptance'] = {
  hash: 'acceptance',
  claims: {
    requestId: 'r',
    requestDigest: 'digest',
    requester: 'aaaa',
    askedBy: 'cccc',
    grantIds: ['g0', 'g'],
    durationMinutes: 60,
    startAt: '2026-11-22T10:00:00Z',
    acceptedAt: '2026-11-22T09:00:00.000Z',
    approvalRequired: true,
    breakGlass: false,
  },
};

const whole: EvidenceChain = {
  asked: { requestId: 'r', grantId: 'g', ...target, breakGlass: false, window },
  derivedGrantId: 'g',
  proof: { hash: 'proof', claims: { requestId: 'r', grantId: 'g', ...target, ...window, acceptanceHash: 'acceptance', decisionHashes: ['d1', 'd2'] } },
  acceptance,
  decisions: [decision('d1'), decision('d2', { decider: 'dddd' })],
};

const withProof = (claims: Partial<EvidenceChain['proof']['claims']>): EvidenceChain => ({
  ...whole,
  proof: { ...whole.proof, claims: { ...whole.proof.claims, ...claims } },
});
const withAcceptance = (claims: Partial<EvidenceChain['acceptance']['claims']>): EvidenceChain => ({
  ...whole,
  acceptance: { ...acceptance, claims: { ...acceptance.claims, ...claims } },
});
const withAsked = (asked: Partial<EvidenceChain['asked']>): EvidenceChain => ({ ...whole, asked: { ...whole.asked, ...asked } });
const withSecond = (claims: Partial<Decision>): EvidenceChain => ({ ...whole, decisions: [decision('d1'), decision('d2', claims)] });

describe('the evidence chain', () => {
  it('allows what every link supports', () => {
    expect(flawIn(whole)).toBeUndefined();
  });

  it('allows what needs no approval without a decision', () => {
    const chain = withAcceptance({ approvalRequired: false });
    expect(flawIn({ ...chain, proof: withProof({ decisionHashes: [] }).proof, decisions: [] })).toBeUndefined();
  });

  it('allows an extension to say when it ends, up to its latest end', () => {
    const extension = withAcceptance({ extends: 'earlier' });
    expect(flawIn({ ...extension, asked: { ...whole.asked, endsAt: window.latestEnd } })).toBeUndefined();
    expect(flawIn({ ...extension, asked: { ...whole.asked, endsAt: '2026-11-22T12:15:00.001Z' } })?.code).toBe('ERR_WINDOW_END');
  });

  it.each<[string, string, EvidenceChain]>([
    ['an end of its own, without being an extension', 'ERR_WINDOW_END', withAsked({ endsAt: '2026-11-22T11:00:00.000Z' })],
    ['another request’s proof', 'ERR_PROOF_REQUEST', withProof({ requestId: 'r2' })],
    ['another grant’s proof', 'ERR_PROOF_GRANT', withProof({ grantId: 'g0' })],
    ['another person’s proof', 'ERR_PROOF_PRINCIPAL', withProof({ principalId: 'eeee' })],
    ['another person in the event', 'ERR_PROOF_PRINCIPAL', withAsked({ principalId: 'eeee' })],
    ['another account', 'ERR_PROOF_TARGET', withAsked({ accountId: '999988887777' })],
    ['another permission set', 'ERR_PROOF_TARGET', withAsked({ permissionSetArn: 'arn:admin' })],
    ['an earlier start', 'ERR_PROOF_WINDOW', withAsked({ window: { ...window, notBefore: '2026-11-22T09:00:00.000Z' } })],
    ['a later opening', 'ERR_PROOF_WINDOW', withAsked({ window: { ...window, openBy: '2026-11-22T11:30:00.000Z' } })],
    ['a longer duration', 'ERR_PROOF_WINDOW', withAsked({ window: { ...window, durationMinutes: 600 } })],
    ['a later end', 'ERR_PROOF_WINDOW', withAsked({ window: { ...window, latestEnd: '2026-11-23T12:15:00.000Z' } })],
    ['a grant id that is not the target’s', 'ERR_GRANT_ID', { ...whole, derivedGrantId: 'g1' }],
    ['another acceptance than the proof names', 'ERR_PROOF_ACCEPTANCE', { ...whole, acceptance: { ...acceptance, hash: 'other' } }],
    ['a decision that the proof does not name', 'ERR_PROOF_DECISIONS', { ...whole, decisions: [...whole.decisions, decision('d3')] }],
    ['a decision fewer than the proof names', 'ERR_PROOF_DECISIONS', { ...whole, decisions: [decision('d1')] }],
    ['decisions in another order', 'ERR_PROOF_DECISIONS', { ...whole, decisions: whole.decisions.toReversed() }],
    ['one decision twice', 'ERR_PROOF_DECISIONS', { ...withProof({ decisionHashes: ['d1', 'd1'] }), decisions: [decision('d1'), decision('d1')] }],
    ['another request’s acceptance', 'ERR_ACCEPTANCE_REQUEST', withAcceptance({ requestId: 'r2' })],
    ['another person’s acceptance', 'ERR_ACCEPTANCE_REQUESTER', withAcceptance({ requester: 'eeee' })],
    ['an acceptance without this grant', 'ERR_ACCEPTANCE_GRANT', withAcceptance({ grantIds: ['g0'] })],
    ['an acceptance of another duration', 'ERR_ACCEPTANCE_DURATION', withAcceptance({ durationMinutes: 30 })],
    ['a start later than the window', 'ERR_ACCEPTANCE_START', withAcceptance({ startAt: '2026-11-22T10:00:00.001Z' })],
    ['an acceptance later than the window', 'ERR_ACCEPTANCE_START', withAcceptance({ startAt: undefined, acceptedAt: '2026-11-22T10:00:00.001Z' })],
    ['break glass that was not accepted', 'ERR_ACCEPTANCE_BREAK_GLASS', withAsked({ breakGlass: true })],
    ['a decision on another request', 'ERR_DECISION_REQUEST', withSecond({ requestId: 'r2' })],
    ['a decision on other content', 'ERR_DECISION_DIGEST', withSecond({ requestDigest: 'other' })],
    ['a denial', 'ERR_DECISION_VERDICT', withSecond({ verdict: 'deny' })],
    ['the requester’s own decision', 'ERR_DECISION_OWN', withSecond({ decider: 'aaaa' })],
    ['the requester’s own decision in other letters', 'ERR_DECISION_OWN', withSecond({ decider: 'AAAA' })],
    ['the decision of who asked', 'ERR_DECISION_OWN', withSecond({ decider: 'cccc' })],
    ['no decision where one is required', 'ERR_DECISION_MISSING', { ...withProof({ decisionHashes: [] }), decisions: [] }],
  ])('refuses %s with %s', (_what, code, chain) => {
    expect(flawIn(chain)?.code).toBe(code);
  });
});
