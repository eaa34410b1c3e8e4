import type { WindowBounds } from './state.ts';

/** What the request service signed when it accepted. */
export interface Acceptance {
  readonly requestId: string;
  readonly requester: string;
  readonly askedBy?: string | undefined;
  readonly grantIds: readonly string[];
  readonly durationMinutes: number;
  readonly breakGlass: boolean;
  readonly extends?: string | undefined;
  readonly acceptedAt: string;
}

/** What the approval service signed for one grant. */
export interface Proof extends WindowBounds {
  readonly grantId: string;
  readonly requestId: string;
  readonly principalId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly acceptanceHash: string;
  readonly decisionHashes: readonly string[];
  readonly approvalDigest: string;
}

interface ApprovedGrant {
  readonly grantId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
}

/** What an event says was approved. */
interface Said {
  readonly requestId: string;
  readonly requester: { readonly userId: string };
  readonly askedBy?: { readonly userId: string } | undefined;
  readonly grants: readonly ApprovedGrant[];
  readonly window: WindowBounds;
  readonly acceptedAt: string;
  readonly breakGlass: boolean;
  readonly extends?: string | undefined;
}

/** An approval beside what was signed; the signatures were checked before. */
export interface SignedApproval {
  readonly said: Said;
  /** Of all that the event says, without the proofs. */
  readonly digest: string;
  readonly acceptance: Acceptance;
  /** Hashes of the acceptance and the decisions that came with the event. */
  readonly acceptanceHash: string;
  readonly decisionHashes: readonly string[];
  /** In the order of the grants. */
  readonly proofs: readonly Proof[];
}

/** What is wrong with the evidence of an approval. */
export interface Flaw {
  readonly code: `ERR_${string}`;
  readonly message: string;
}

interface Rule<Subject> {
  readonly code: Flaw['code'];
  readonly says: string;
  holds(approval: SignedApproval, subject: Subject): boolean;
}

const sameWindow = (a: WindowBounds, b: WindowBounds): boolean =>
  a.notBefore === b.notBefore && a.openBy === b.openBy && a.durationMinutes === b.durationMinutes && a.latestEnd === b.latestEnd;

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);

const acceptanceRules: readonly Rule<Acceptance>[] = [
  {
    code: 'ERR_ACCEPTANCE_REQUEST',
    says: 'the acceptance is of another request',
    holds: ({ said }, acceptance) => acceptance.requestId === said.requestId,
  },
  {
    code: 'ERR_ACCEPTANCE_REQUESTER',
    says: 'the accepted request is another person’s',
    holds: ({ said }, acceptance) => acceptance.requester === said.requester.userId,
  },
  {
    code: 'ERR_ACCEPTANCE_ASKED_BY',
    says: 'somebody else asked',
    holds: ({ said }, acceptance) => acceptance.askedBy === said.askedBy?.userId,
  },
  {
    code: 'ERR_ACCEPTANCE_GRANT',
    says: 'the accepted request has other grants',
    holds: ({ said: { grants } }, { grantIds }) => sameList(grants.map(({ grantId }) => grantId).toSorted(), grantIds.toSorted()),
  },
  {
    code: 'ERR_ACCEPTANCE_DURATION',
    says: 'another duration was accepted',
    holds: ({ said }, acceptance) => acceptance.durationMinutes === said.window.durationMinutes,
  },
  {
    code: 'ERR_ACCEPTANCE_TIME',
    says: 'it was accepted at another time',
    holds: ({ said }, acceptance) => acceptance.acceptedAt === said.acceptedAt,
  },
  {
    code: 'ERR_ACCEPTANCE_BREAK_GLASS',
    says: 'the acceptance and the event differ on break glass',
    holds: ({ said }, acceptance) => acceptance.breakGlass === said.breakGlass,
  },
  {
    code: 'ERR_ACCEPTANCE_EXTENDS',
    says: 'the accepted request extends another one',
    holds: ({ said }, acceptance) => acceptance.extends === said.extends,
  },
];

/** For each grant, with its proof. */
const proofRules: readonly Rule<{ readonly grant: ApprovedGrant; readonly proof: Proof }>[] = [
  {
    code: 'ERR_PROOF_REQUEST',
    says: 'a proof is for another request',
    holds: ({ said }, { proof }) => proof.requestId === said.requestId,
  },
  {
    code: 'ERR_PROOF_GRANT',
    says: 'a proof is for another grant',
    holds: (_approval, { grant, proof }) => proof.grantId === grant.grantId,
  },
  {
    code: 'ERR_PROOF_PRINCIPAL',
    says: 'a proof is for another person',
    holds: ({ said }, { proof }) => proof.principalId === said.requester.userId,
  },
  {
    code: 'ERR_PROOF_TARGET',
    says: 'a proof is for another account or permission set',
    holds: (_approval, { grant, proof }) => proof.accountId === grant.accountId && proof.permissionSetArn === grant.permissionSetArn,
  },
  {
    code: 'ERR_PROOF_WINDOW',
    says: 'the window is not the one that a proof bounds',
    holds: ({ said }, { proof }) => sameWindow(proof, said.window),
  },
  {
    code: 'ERR_PROOF_ACCEPTANCE',
    says: 'a proof names another acceptance',
    holds: ({ acceptanceHash }, { proof }) => proof.acceptanceHash === acceptanceHash,
  },
  {
    code: 'ERR_PROOF_DECISIONS',
    says: 'a proof names other decisions',
    holds: ({ decisionHashes }, { proof }) => sameList(proof.decisionHashes, decisionHashes),
  },
  {
    code: 'ERR_PROOF_APPROVAL',
    says: 'the approval service signed another text: who may end access, a name or a time was changed',
    holds: ({ digest }, { proof }) => proof.approvalDigest === digest,
  },
];

/** Why an approval is not the one that was signed; nothing where it is. The first link that does not hold is named. */
export function flawIn(approval: SignedApproval): Flaw | undefined {
  const { said, acceptance, proofs } = approval;
  const pairs = said.grants.flatMap((grant, i) => {
    const proof = proofs[i];
    return proof === undefined ? [] : [{ grant, proof }];
  });
  if (pairs.length < said.grants.length) return flawOf({ code: 'ERR_PROOF_MISSING', says: 'a grant has no proof' });
  const broken =
    acceptanceRules.find((rule) => !rule.holds(approval, acceptance)) ??
    proofRules.find((rule) => !pairs.every((pair) => rule.holds(approval, pair)));
  return broken && flawOf(broken);
}

const flawOf = ({ code, says }: Pick<Rule<never>, 'code' | 'says'>): Flaw => ({
  code,
  message: `the evidence is not of this approval: ${says}`,
});
