import { flawIn, type Acceptance, type Proof, type SignedApproval } from './evidence.ts';

const window = {
  notBefore: '2026-11-22T10:05:00.000Z',
  openBy: '2026-11-22T11:05:00.000Z',
  durationMinutes: 60,
  latestEnd: '2026-11-22T12:20:00.000Z',
};
const target = (grantId: string) => ({ grantId, accountId: `account of ${grantId}`, permissionSetArn: 'arn:set' });
const proofOf = (grantId: string): Proof => ({
  requestId: 'r',
  principalId: 'alice',
  ...target(grantId),
  ...window,
  acceptanceHash: 'hash of acceptance',
  decisionHashes: ['d1', 'd2'],
  approvalDigest: 'digest',
});

const whole = {
  said: {
    requestId: 'r',
    requester: { userId: 'alice' },
    askedBy: { userId: 'carol' },
    grants: [target('g1'), target('g2')],
    window,
    acceptedAt: '2026-11-22T10:00:00.000Z',
    breakGlass: false,
    extends: 'earlier',
  },
  digest: 'digest',
  acceptance: {
    requestId: 'r',
    requester: 'alice',
    askedBy: 'carol',
    grantIds: ['g2', 'g1'],
    durationMinutes: 60,
    breakGlass: false,
    extends: 'earlier',
    acceptedAt: '2026-11-22T10:00:00.000Z',
  },
  acceptanceHash: 'hash of acceptance',
  decisionHashes: ['d1', 'd2'],
  proofs: [proofOf('g1'), proofOf('g2')],
} satisfies SignedApproval;

const withAcceptance = (claims: Partial<Acceptance>): SignedApproval => ({ ...whole, acceptance: { ...whole.acceptance, ...claims } });
const saying = (said: Partial<SignedApproval['said']>): SignedApproval => ({ ...whole, said: { ...whole.said, ...said } });
/** The last of its proofs says something else. */
const withProof = (claims: Partial<Proof>): SignedApproval => ({ ...whole, proofs: [proofOf('g1'), { ...proofOf('g2'), ...claims }] });

describe('the evidence of an approval', () => {
  it('is whole where every link holds, in whatever order the grants were accepted', () => {
    expect(flawIn(whole)).toBeUndefined();
  });

  it('is whole for a request of somebody’s own that extends nothing and took no decision', () => {
    const { askedBy: _askedBy, extends: _extends, ...said } = whole.said;
    const acceptance = { ...whole.acceptance, askedBy: undefined, extends: undefined };
    const proofs = whole.proofs.map((proof) => ({ ...proof, decisionHashes: [] }));
    expect(flawIn({ ...whole, said, acceptance, proofs, decisionHashes: [] })).toBeUndefined();
  });

  const cases: readonly (readonly [what: string, code: string, approval: SignedApproval])[] = [
    ['the acceptance of another request', 'ERR_ACCEPTANCE_REQUEST', withAcceptance({ requestId: 'other' })],
    ['the acceptance of another person’s request', 'ERR_ACCEPTANCE_REQUESTER', withAcceptance({ requester: 'mallory' })],
    ['the acceptance of what somebody else asked', 'ERR_ACCEPTANCE_ASKED_BY', withAcceptance({ askedBy: 'mallory' })],
    ['somebody who is said to have asked', 'ERR_ACCEPTANCE_ASKED_BY', withAcceptance({ askedBy: undefined })],
    ['a grant that was not accepted', 'ERR_ACCEPTANCE_GRANT', withAcceptance({ grantIds: ['g1'] })],
    ['a grant fewer than were accepted', 'ERR_ACCEPTANCE_GRANT', saying({ grants: [target('g1')] })],
    ['a grant twice', 'ERR_ACCEPTANCE_GRANT', saying({ grants: [target('g1'), target('g1')] })],
    ['another duration than was accepted', 'ERR_ACCEPTANCE_DURATION', withAcceptance({ durationMinutes: 61 })],
    ['another time of acceptance', 'ERR_ACCEPTANCE_TIME', saying({ acceptedAt: window.notBefore })],
    ['break glass that was not accepted', 'ERR_ACCEPTANCE_BREAK_GLASS', saying({ breakGlass: true })],
    ['another request that it extends', 'ERR_ACCEPTANCE_EXTENDS', saying({ extends: undefined })],
    ['the proof of another request', 'ERR_PROOF_REQUEST', withProof({ requestId: 'other' })],
    ['the proof of another grant', 'ERR_PROOF_GRANT', withProof({ grantId: 'g1' })],
    ['the proof of another person', 'ERR_PROOF_PRINCIPAL', withProof({ principalId: 'mallory' })],
    ['the proof of another account', 'ERR_PROOF_TARGET', withProof({ accountId: 'other' })],
    ['the proof of another permission set', 'ERR_PROOF_TARGET', withProof({ permissionSetArn: 'other' })],
    ['a window that begins earlier', 'ERR_PROOF_WINDOW', withProof({ notBefore: '2026-11-22T10:06:00.000Z' })],
    ['a window that can be opened for longer', 'ERR_PROOF_WINDOW', withProof({ openBy: '2026-11-22T11:00:00.000Z' })],
    ['a window of another duration', 'ERR_PROOF_WINDOW', withProof({ durationMinutes: 59 })],
    ['a window that ends later', 'ERR_PROOF_WINDOW', withProof({ latestEnd: '2026-11-22T12:19:00.000Z' })],
    ['another acceptance than the proof names', 'ERR_PROOF_ACCEPTANCE', { ...whole, acceptanceHash: 'other' }],
    ['a decision more than the proof names', 'ERR_PROOF_DECISIONS', { ...whole, decisionHashes: ['d1', 'd2', 'd3'] }],
    ['a decision fewer than the proof names', 'ERR_PROOF_DECISIONS', { ...whole, decisionHashes: ['d1'] }],
    ['another decision than the proof names', 'ERR_PROOF_DECISIONS', { ...whole, decisionHashes: ['d1', 'other'] }],
    ['anything said that was not signed', 'ERR_PROOF_APPROVAL', { ...whole, digest: 'other' }],
    ['a grant without a proof', 'ERR_PROOF_MISSING', { ...whole, proofs: [proofOf('g1')] }],
  ];
  it.each(cases)('does not hold for %s: %s', (_what, code, approval) => {
    expect(flawIn(approval)).toMatchObject({ code });
  });
});
