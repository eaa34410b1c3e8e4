import * as z from 'zod';
import { accountId, digest, maximumDecisions, minutes, permissionSetArn, timestamp, userId, uuid, windowBounds, type AccessRequestAcceptedV1 } from '@team/contracts';
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

/** What an approval channel signs when a person, signed in there, decides. */
export const decisionClaims = z.object({
  requestId: uuid,
  requestDigest: digest,
  decisionId: uuid,
  /** Identity Store user id. */
  decider: userId,
  verdict: z.enum(['approve', 'deny']),
  /** Seconds since the epoch: when the person signed in (OpenID Connect Core §2). */
  auth_time: z.int(),
  /** Seconds since the epoch: the decision must have arrived by then (RFC 7519 §4.1.4). */
  exp: z.int(),
});
export type DecisionClaims = z.infer<typeof decisionClaims>;

/** What the approval service signs for each grant: the bounds within which provisioning may create, and on what grounds. */
export const proofClaims = windowBounds.extend({
  grantId: uuid,
  requestId: uuid,
  principalId: userId,
  accountId,
  permissionSetArn,
  acceptanceHash: digest,
  decisionHashes: z.array(digest).max(maximumDecisions),
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
  | 'extends'
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
    extends: accepted.extends,
    approvalRequired,
    approvalDeadlineMinutes,
    administrators,
  });
}

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
