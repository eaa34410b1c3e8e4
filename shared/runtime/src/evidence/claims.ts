import * as z from 'zod';
import {
  accountId,
  digest,
  maximumDecisions,
  minutes,
  permissionSetArn,
  timestamp,
  userId,
  uuid,
  windowBounds,
  type AccessApprovedV1,
  type AccessRequestAcceptedV1,
  type Stretch,
} from '@team/contracts';
import { canonicalJson, digestOf, sha256Hex } from '../canonical.ts';
import { EvidenceError, type EvidenceType, type Verifier } from './jws.ts';

/** What the request service signs when it accepts. */
export const acceptanceClaims = z.object({
  requestId: uuid,
  requestDigest: digest,
  requester: userId,
  askedBy: userId.optional(),
  grantIds: z.array(uuid).min(1).max(50),
  durationMinutes: minutes,
  startAt: timestamp.optional(),
  approvalRequired: z.boolean(),
  breakGlass: z.boolean(),
  extends: uuid.optional(),
  acceptedAt: timestamp,
});
export type AcceptanceClaims = z.infer<typeof acceptanceClaims>;

/** What a channel signs of every word of a person who is signed in there. */
const signedIn = {
  /** Seconds since the epoch: when the person signed in (OpenID Connect Core §2). */
  auth_time: z.int(),
  /** Seconds since the epoch: what was said must have arrived by then (RFC 7519 §4.1.4). */
  exp: z.int(),
};

/** What an approval channel signs when a person, signed in there, decides. */
export const decisionClaims = z.object({
  requestId: uuid,
  requestDigest: digest,
  decisionId: uuid,
  /** Identity Store user id. */
  decider: userId,
  verdict: z.enum(['approve', 'deny']),
  ...signedIn,
});
export type DecisionClaims = z.infer<typeof decisionClaims>;

/** What an approval channel signs when a person, signed in there, reviews a use of break glass. */
export const reviewClaims = z.object({
  requestId: uuid,
  /** Identity Store user id. */
  reviewer: userId,
  verdict: z.enum(['justified', 'not-justified']),
  ...signedIn,
});
export type ReviewClaims = z.infer<typeof reviewClaims>;

/** What an approval channel signs when an administrator, signed in there, decides on a change of policy. */
export const policyDecisionClaims = z.object({
  changeId: uuid,
  changeDigest: digest,
  /** Identity Store user id. */
  decider: userId,
  verdict: z.enum(['agree', 'disagree']),
  ...signedIn,
});
export type PolicyDecisionClaims = z.infer<typeof policyDecisionClaims>;

/** What the approval service signs for each grant: the bounds within which provisioning may create, and on what grounds. */
export const proofClaims = windowBounds.extend({
  grantId: uuid,
  requestId: uuid,
  principalId: userId,
  accountId,
  permissionSetArn,
  acceptanceHash: digest,
  decisionHashes: z.array(digest).max(maximumDecisions),
  /** Of what the approval says about the whole request: `approvalDigestOf`. */
  approvalDigest: digest,
});
export type ProofClaims = z.infer<typeof proofClaims>;

/** What was asked, as accepted: the part of `AccessRequestAccepted` that people decide on. */
export type AcceptedRequest = Pick<
  AccessRequestAcceptedV1,
  | 'requestId'
  | 'requester'
  | 'askedBy'
  | 'grants'
  | 'startAt'
  | 'durationMinutes'
  | 'justification'
  | 'ticket'
  | 'breakGlass'
  | 'commentRequired'
  | 'reviewWithinMinutes'
  | 'extends'
  | 'stretch'
  | 'approvalRequired'
  | 'approvalDeadlineMinutes'
  | 'administrators'
>;

/** Digest of what was asked, as accepted (SHA-256 of canonical JSON). Whoever holds the event can compute it again. */
export function requestDigestOf(accepted: AcceptedRequest): string {
  const { requestId, requester, askedBy, grants, startAt, durationMinutes, justification, ticket, breakGlass } = accepted;
  const { approvalRequired, approvalDeadlineMinutes, administrators } = accepted;
  return digestOf({
    requestId,
    requester: requester.userId,
    askedBy: askedBy?.userId,
    grants: grants.map((grant) => {
      const { grantId, policyId } = grant;
      return { grantId, accountId: grant.accountId, permissionSetArn: grant.permissionSetArn, policyId };
    }),
    startAt,
    durationMinutes,
    justification,
    ticket,
    breakGlass,
    commentRequired: accepted.commentRequired,
    reviewWithinMinutes: accepted.reviewWithinMinutes,
    extends: accepted.extends,
    stretch: accepted.stretch && stretchOf(accepted.stretch),
    approvalRequired,
    approvalDeadlineMinutes,
    administrators,
  });
}

type Stripped<Value> = Value extends readonly (infer Item)[]
  ? readonly Stripped<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value as Key extends 'proof' ? never : Key]: Stripped<Value[Key]> }
    : Value;
/** What an approval says, without the proofs. */
export type ApprovedContent = Stripped<AccessApprovedV1>;

/**
 * Digest of what an approval says, without the proofs (SHA-256 of canonical JSON). Stands in each proof, so that nothing of the event can
 * be changed. Member by member: one that a later minor adds is not covered, and both sides of a roll-out compute the same.
 */
export function approvalDigestOf(approved: ApprovedContent): string {
  const { requestId, requester, askedBy, window, acceptedAt, acceptance, decisions, revocableBy, breakGlass, approvedAt } = approved;
  const { notBefore, openBy, durationMinutes, latestEnd } = window;
  const { groupIds, userIds } = revocableBy;
  return digestOf({
    requestId,
    requester: personOf(requester),
    askedBy: askedBy && personOf(askedBy),
    grants: approved.grants.map((grant) => {
      const { grantId, accountId, accountName, permissionSetArn, permissionSetName, sessionDurationMinutes } = grant;
      return { grantId, accountId, accountName, permissionSetArn, permissionSetName, sessionDurationMinutes };
    }),
    window: { notBefore, openBy, durationMinutes, latestEnd },
    approvals: approved.approvals.map(({ decisionId, decider, onBehalfOf, decidedAt }) => {
      return { decisionId, decider: personOf(decider), onBehalfOf: onBehalfOf && personOf(onBehalfOf), decidedAt };
    }),
    acceptedAt,
    acceptance,
    decisions,
    revocableBy: { groupIds, userIds },
    breakGlass,
    extends: approved.extends,
    stretch: approved.stretch && stretchOf(approved.stretch),
    approvedAt,
  });
}

const stretchOf = ({ requestId, durationMinutes }: Stretch): Stretch => ({ requestId, durationMinutes });

const personOf = ({ userId, userName, displayName }: ApprovedContent['requester']) => ({ userId, userName, displayName });

/** SHA-256 of a JWS's own text: how one piece of evidence names another. */
export const evidenceHash = sha256Hex;

/** Signature, key, kind and shape at once. */
export async function verifyClaims<Claims>(
  verifier: Verifier,
  jws: string,
  expected: { readonly type: EvidenceType; readonly keyId: string },
  schema: z.ZodType<Claims>,
): Promise<Claims> {
  const payload = await verifier.verify(jws, expected);
  const result = schema.safeParse(payload);
  if (!result.success) throw new EvidenceError('ERR_EVIDENCE_CLAIMS', `${expected.type}: ${canonicalJson(result.error.issues.map((issue) => issue.path.join('.')))}`);
  return result.data;
}
