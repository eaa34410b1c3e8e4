import { findEmitter, type Actor, type EmitterRegistration, type Principals, type Reason } from '@team/contracts';
import { digestOf, EvidenceError, policyDecisionClaims, verifyClaims, type PolicyDecisionClaims, type Verifier } from '@team/runtime';

/** A person as AWS knows them now. */
export interface KnownPerson {
  readonly userId: string;
  readonly userName: string;
  readonly enabled: boolean;
  readonly groupIds: ReadonlySet<string>;
}

/** Somebody looked up by user id or user name. */
export type FoundPerson = KnownPerson | 'ambiguous' | undefined;

/** Where an event came from, by the bus's word. */
export interface Sender {
  readonly source: string;
  readonly account: string;
}

/** What a second administrator agrees to. */
export const changeDigestOf = (change: { readonly kind: string; readonly subject: string; readonly expectedVersion: number; readonly after?: unknown }): string =>
  digestOf({ kind: change.kind, subject: change.subject, expectedVersion: change.expectedVersion, after: change.after ?? null });

const maximumSignInAgeSeconds = 15 * 60;
const clockDifferenceSeconds = 60;

/** Whether these principals include this person now; letter case tells no ids apart. */
export function isAmong({ userIds, groupIds }: Principals, person: KnownPerson): boolean {
  const memberOf = new Set([...person.groupIds].map((id) => id.toLowerCase()));
  return userIds.some((id) => id.toLowerCase() === person.userId.toLowerCase()) || groupIds.some((id) => memberOf.has(id.toLowerCase()));
}

/** Who submits a change: a registered system on its own account, or an administrator through one that may. Otherwise every reason why not. */
export function submitterOf(
  emitters: readonly EmitterRegistration[],
  sender: Sender,
  detailType: string,
  submittedBy: string,
  person: FoundPerson,
  administrators: Principals,
): Actor | readonly Reason[] {
  const emitter = findEmitter(emitters, sender, detailType);
  if (emitter === undefined) return [{ code: 'ERR_EMITTER_UNKNOWN', message: 'no emitter is registered with this source, account and detail-type' }];
  if (submittedBy === emitter.name) {
    if (emitter.mayAdminister === true) return { kind: 'emitter', name: emitter.name };
    return [{ code: 'ERR_EMITTER_MAY_NOT_ADMINISTER', message: `emitter "${emitter.name}" may not change policies on its own account` }];
  }
  const reasons: Reason[] = [];
  // An approval channel authenticates people; a system that may administer is trusted with more than saying who asked it to.
  if (emitter.mayAdminister !== true && emitter.mayDecide === undefined) {
    reasons.push({ code: 'ERR_EMITTER_MAY_NOT_ADMINISTER', message: `emitter "${emitter.name}" may not change policies for anybody` });
  }
  reasons.push(...administratorProblems(person, submittedBy, administrators));
  return reasons.length > 0 || typeof person !== 'object' ? reasons : { kind: 'person', userId: person.userId, userName: person.userName };
}

function administratorProblems(person: FoundPerson, ref: string, administrators: Principals): readonly Reason[] {
  if (person === undefined) return [{ code: 'ERR_USER_UNKNOWN', message: `the identity store has no user "${ref}"` }];
  if (person === 'ambiguous') return [{ code: 'ERR_USER_AMBIGUOUS', message: `several users are called "${ref}"; give the user id` }];
  if (!person.enabled) return [{ code: 'ERR_USER_DISABLED', message: `user "${person.userName}" is disabled` }];
  return isAmong(administrators, person) ? [] : [{ code: 'ERR_NOT_AN_ADMINISTRATOR', message: `${person.userName} is no administrator of TEAM` }];
}

/** A decision as it came. Times in ms since the epoch. */
export interface SubmittedDecision {
  readonly changeId: string;
  readonly decider: string;
  readonly verdict: 'agree' | 'disagree';
  readonly signature: string;
  readonly occurredAt: number;
  readonly arrivedAt: number;
}

/** What is wrong with a decision on a change that was proposed by `proposedBy` and has this digest; empty where it counts. */
export async function decisionProblems(
  decision: SubmittedDecision,
  channel: EmitterRegistration | undefined,
  person: FoundPerson,
  administrators: Principals,
  change: { readonly digest: string; readonly by: Actor } | undefined,
  verifier: Verifier,
): Promise<readonly Reason[]> {
  const keyId = channel?.mayDecide?.keyId;
  if (keyId === undefined) return [{ code: 'ERR_CHANNEL_UNKNOWN', message: 'the emitter is not registered as a channel that may pass on decisions' }];
  const reasons = [...administratorProblems(person, decision.decider, administrators)];
  if (typeof person === 'object' && change?.by.kind === 'person' && change.by.userId.toLowerCase() === person.userId.toLowerCase()) {
    reasons.push({ code: 'ERR_SELF_AGREEMENT', message: `${person.userName} proposed this; another administrator must agree` });
  }
  const claims = await verifiedClaims(verifier, decision.signature, keyId);
  if ('code' in claims) return [...reasons, claims];
  return [...reasons, ...claimProblems(claims, decision, person, change)];
}

async function verifiedClaims(verifier: Verifier, signature: string, keyId: string): Promise<PolicyDecisionClaims | Reason> {
  try {
    return await verifyClaims(verifier, signature, { type: 'team-policy-decision+jws', keyId }, policyDecisionClaims);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    return { code: 'ERR_DECISION_SIGNATURE', message: `the signature is not this channel's: ${error.message}`.slice(0, 500) };
  }
}

function claimProblems(claims: PolicyDecisionClaims, { changeId, verdict, occurredAt, arrivedAt }: SubmittedDecision, person: FoundPerson, change: { readonly digest: string } | undefined): Reason[] {
  const reasons: Reason[] = [];
  if (arrivedAt > claims.exp * 1_000) reasons.push({ code: 'ERR_DECISION_EXPIRED', message: `the signature was good until ${claims.exp} (seconds since 1970) only; decide again` });
  const sinceSignIn = occurredAt / 1_000 - claims.auth_time;
  if (sinceSignIn > maximumSignInAgeSeconds || sinceSignIn < -clockDifferenceSeconds) {
    reasons.push({ code: 'ERR_SIGN_IN_TOO_OLD', message: `the person must have signed in within the ${maximumSignInAgeSeconds / 60} minutes before deciding; sign in and decide again` });
  }
  const same = {
    changeId: claims.changeId === changeId,
    verdict: claims.verdict === verdict,
    decider: typeof person !== 'object' || claims.decider === person.userId,
    changeDigest: change === undefined || claims.changeDigest === change.digest,
  };
  const differing = Object.entries(same).flatMap(([field, isSame]) => (isSame ? [] : [field]));
  if (differing.length > 0) reasons.push({ code: 'ERR_DECISION_MISMATCH', message: `the signature says something else than the event about ${differing.join(', ')}` });
  return reasons;
}
