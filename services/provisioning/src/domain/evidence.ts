import type { AssignmentId } from './assignment.ts';
import type { Reason } from './events.ts';
import { reasonOf } from './facts.ts';

/** Claims of a piece of evidence whose signature was checked; `hash` is of its own text. */
export interface Signed<Claims> {
  readonly claims: Claims;
  readonly hash: string;
}

interface WindowText {
  readonly notBefore: string;
  readonly openBy: string;
  readonly durationMinutes: number;
  readonly latestEnd: string;
}

export interface Proof extends AssignmentId, WindowText {
  readonly grantId: string;
  readonly requestId: string;
  readonly acceptanceHash: string;
  readonly decisionHashes: readonly string[];
}

export interface Acceptance {
  readonly requestId: string;
  readonly requestDigest: string;
  readonly requester: string;
  readonly askedBy?: string | undefined;
  readonly grantIds: readonly string[];
  readonly durationMinutes: number;
  readonly startAt?: string | undefined;
  readonly acceptedAt: string;
  readonly approvalRequired: boolean;
  readonly breakGlass: boolean;
  readonly extends?: string | undefined;
}

export interface Decision {
  readonly requestId: string;
  readonly requestDigest: string;
  readonly decider: string;
  readonly verdict: 'approve' | 'deny';
}

/** What an event asks to open, and with which evidence. */
export interface EvidenceChain {
  readonly asked: AssignmentId & { readonly requestId: string; readonly grantId: string; readonly breakGlass: boolean; readonly window: WindowText; readonly endsAt?: string | undefined };
  /** The only id that this target of this request can have. */
  readonly derivedGrantId: string;
  readonly proof: Signed<Proof>;
  readonly acceptance: Signed<Acceptance>;
  readonly decisions: readonly Signed<Decision>[];
}

interface Rule {
  readonly code: Reason['code'];
  readonly says: string;
  holds(chain: EvidenceChain): boolean;
}

/** Ids of people may be spelled in either letter case, yet name one person. */
const samePerson = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const sameWindow = (a: WindowText, b: WindowText): boolean =>
  a.notBefore === b.notBefore && a.openBy === b.openBy && a.durationMinutes === b.durationMinutes && a.latestEnd === b.latestEnd;

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);

/** Every link from what is asked to the people and policies behind it. The first that does not hold is named. */
const rules: readonly Rule[] = [
  {
    code: 'ERR_PROOF_REQUEST',
    says: 'the proof is for another request',
    holds: ({ asked, proof }) => proof.claims.requestId === asked.requestId,
  },
  {
    code: 'ERR_PROOF_GRANT',
    says: 'the proof is for another grant',
    holds: ({ asked, proof }) => proof.claims.grantId === asked.grantId,
  },
  {
    code: 'ERR_PROOF_PRINCIPAL',
    says: 'the proof is for another person',
    holds: ({ asked, proof }) => proof.claims.principalId === asked.principalId,
  },
  {
    code: 'ERR_PROOF_TARGET',
    says: 'the proof is for another account or permission set',
    holds: ({ asked, proof }) => proof.claims.accountId === asked.accountId && proof.claims.permissionSetArn === asked.permissionSetArn,
  },
  {
    code: 'ERR_PROOF_WINDOW',
    says: 'the window is not the one that the proof bounds',
    holds: ({ asked, proof }) => sameWindow(proof.claims, asked.window),
  },
  {
    code: 'ERR_WINDOW_END',
    says: 'only an extension says when it ends, and never beyond the latest end',
    holds: ({ asked: { endsAt }, proof, acceptance }) =>
      endsAt === undefined || (acceptance.claims.extends !== undefined && Date.parse(endsAt) <= Date.parse(proof.claims.latestEnd)),
  },
  {
    code: 'ERR_GRANT_ID',
    says: 'the grant id is not that of this target of this request',
    holds: ({ asked, derivedGrantId }) => asked.grantId === derivedGrantId,
  },
  {
    code: 'ERR_PROOF_ACCEPTANCE',
    says: 'the proof names another acceptance',
    holds: ({ proof, acceptance }) => proof.claims.acceptanceHash === acceptance.hash,
  },
  {
    code: 'ERR_PROOF_DECISIONS',
    says: 'the proof names other decisions, or one twice',
    holds: ({ proof, decisions }) => {
      const hashes = decisions.map(({ hash }) => hash);
      return sameList(proof.claims.decisionHashes, hashes) && new Set(hashes).size === hashes.length;
    },
  },
  {
    code: 'ERR_ACCEPTANCE_REQUEST',
    says: 'the acceptance is of another request',
    holds: ({ asked, acceptance }) => acceptance.claims.requestId === asked.requestId,
  },
  {
    code: 'ERR_ACCEPTANCE_REQUESTER',
    says: 'the accepted request is another person’s',
    holds: ({ asked, acceptance }) => acceptance.claims.requester === asked.principalId,
  },
  {
    code: 'ERR_ACCEPTANCE_GRANT',
    says: 'the accepted request has no such grant',
    holds: ({ asked, acceptance }) => acceptance.claims.grantIds.includes(asked.grantId),
  },
  {
    code: 'ERR_ACCEPTANCE_DURATION',
    says: 'another duration was accepted',
    holds: ({ proof, acceptance }) => acceptance.claims.durationMinutes === proof.claims.durationMinutes,
  },
  {
    code: 'ERR_ACCEPTANCE_START',
    says: 'the window begins before the start that was accepted',
    holds: ({ proof, acceptance: { claims } }) => Date.parse(proof.claims.notBefore) >= Date.parse(claims.startAt ?? claims.acceptedAt),
  },
  {
    code: 'ERR_ACCEPTANCE_BREAK_GLASS',
    says: 'the acceptance and the event differ on break glass',
    holds: ({ asked, acceptance }) => acceptance.claims.breakGlass === asked.breakGlass,
  },
  {
    code: 'ERR_DECISION_REQUEST',
    says: 'a decision is on another request',
    holds: ({ asked, decisions }) => decisions.every(({ claims }) => claims.requestId === asked.requestId),
  },
  {
    code: 'ERR_DECISION_DIGEST',
    says: 'a decision was taken on other content than what was accepted',
    holds: ({ acceptance, decisions }) => decisions.every(({ claims }) => claims.requestDigest === acceptance.claims.requestDigest),
  },
  {
    code: 'ERR_DECISION_VERDICT',
    says: 'a decision does not approve',
    holds: ({ decisions }) => decisions.every(({ claims }) => claims.verdict === 'approve'),
  },
  {
    code: 'ERR_DECISION_OWN',
    says: 'the requester, or the one who asked, decided',
    holds: ({ acceptance: { claims }, decisions }) =>
      decisions.every(
        ({ claims: { decider } }) =>
          !samePerson(decider, claims.requester) && (claims.askedBy === undefined || !samePerson(decider, claims.askedBy)),
      ),
  },
  {
    code: 'ERR_DECISION_MISSING',
    says: 'approval is required and nobody approved',
    holds: ({ acceptance, decisions }) => !acceptance.claims.approvalRequired || decisions.length > 0,
  },
];

/** Why the evidence does not allow what is asked; nothing where it does. Signatures were checked before. */
export function flawIn(chain: EvidenceChain): Reason | undefined {
  const broken = rules.find((rule) => !rule.holds(chain));
  return broken === undefined ? undefined : reasonOf(broken.code, `the evidence does not allow this: ${broken.says}`);
}
