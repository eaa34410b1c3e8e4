/** A person as a fact names them; only what the emitter wrote, where nobody looked them up. */
export interface Person {
  readonly userId?: string | undefined;
  readonly userName: string;
  readonly displayName?: string | undefined;
}

/** Who caused a thing. */
export type Actor =
  | { readonly kind: 'person'; readonly userId: string; readonly userName: string }
  | { readonly kind: 'emitter'; readonly name: string }
  | { readonly kind: 'service'; readonly name: string };

/** `code` starts with `ERR_`; `message` is for people. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

/** One permission set in one account. */
export interface Target {
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSetArn: string;
  readonly permissionSetName: string;
  readonly sessionDurationMinutes: number;
}

/** What provisioning says of a grant concerns this assignment. */
export interface Assignment {
  readonly principalId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
}

/** What the person did, as it was collected last. */
export interface Activity {
  readonly reads: number;
  readonly writes: number;
  readonly errors: number;
  readonly afterRemoval: number;
  readonly services: readonly string[];
  readonly state: 'complete' | 'partial' | 'missing';
  readonly detailLocation?: string | undefined;
  readonly collectedAt: string;
}

/** What is known of one grant. Times are ISO 8601 UTC, as facts carry them; absent: not heard. */
export interface Grant {
  readonly target?: Target;
  /** For which assignment provisioning speaks; what it says of another than the target's is not believed. */
  readonly assignment?: Assignment;
  readonly scheduledAt?: string;
  readonly openingDueAt?: string;
  readonly eligibility?: { readonly verdict: 'confirmed' | 'lapsed'; readonly at: string };
  readonly openedAt?: string;
  readonly grantedAt?: string;
  readonly how?: string;
  readonly endsAt?: string;
  readonly failed?: { readonly at: string; readonly reason: Reason };
  /** It goes on under an extension until then. */
  readonly extended?: { readonly requestId: string; readonly endsAt: string };
  /** Its end was said. */
  readonly ended?: { readonly at: string; readonly by?: Actor | undefined; readonly reason?: Reason | undefined };
  readonly overdueSince?: string;
  readonly removalDelayed?: Reason;
  /** Nothing of it is left. */
  readonly over?: { readonly at: string; readonly how: string; readonly removedAt?: string | undefined; readonly credentialsUselessBy?: string | undefined };
  readonly activity?: Activity;
}

/** One approver's word that counted. */
export interface Decision {
  readonly decider: Person;
  readonly onBehalfOf?: Person | undefined;
  readonly verdict: 'approve' | 'deny';
  readonly comment?: string | undefined;
  readonly at: string;
}

/** What was asked, as the request service accepted it. */
export interface Asked {
  readonly at: string;
  readonly requester: Person;
  readonly askedBy?: Person | undefined;
  readonly emitter?: string | undefined;
  readonly startAt?: string | undefined;
  readonly durationMinutes?: number | undefined;
  readonly justification?: string | undefined;
  readonly ticket?: { readonly id: string; readonly system?: string | undefined; readonly url?: string | undefined } | undefined;
  readonly breakGlass: boolean;
  readonly approvalRequired?: boolean | undefined;
  readonly reviewWithinMinutes?: number | undefined;
  readonly extends?: string | undefined;
}

export interface Window {
  readonly notBefore: string;
  readonly openBy: string;
  readonly durationMinutes: number;
  readonly latestEnd: string;
}

/** An event that was heard. */
export interface Seen {
  readonly detailType: string;
  readonly eventId: string;
  readonly at: string;
}

/** Something is missing, and was said to be. */
export interface Stall {
  readonly grantId?: string;
  readonly missing: readonly string[];
  readonly boundSeconds: number;
  /** ISO 8601 UTC: by when it should have come. */
  readonly since: string;
  readonly lastSeen: Seen;
}

/** Everything that is known of one request: who asked for what, who decided, what was given, when it ended, what was done with it. */
export interface Lifecycle {
  readonly requestId: string;
  /** When something new was last heard of it, by this service's clock (ms). */
  readonly heardAt: number;
  /** The newest event by its own time. */
  readonly lastSeen: Seen;
  /** When somebody wished it, by this service's clock (ms): what emitters say of time is not believed. */
  readonly wishedAt?: number;
  /** An intent that nobody answered for so long that nobody will. */
  readonly abandoned?: true;
  readonly asked?: Asked;
  /** It was accepted or ignored as a duplicate: the wish was answered. */
  readonly answered?: true;
  readonly rejected?: { readonly at: string; readonly reasons: readonly Reason[]; readonly requester?: string | undefined };
  readonly approvalRequested?: { readonly at: string; readonly deadlineAt: string };
  /** By decision id. */
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly approved?: { readonly at: string; readonly window: Window; readonly byPolicy: boolean };
  readonly denied?: { readonly at: string; readonly reason: Reason };
  readonly approvalExpiredAt?: string;
  readonly cancelled?: { readonly at: string; readonly by: Actor; readonly reason?: string | undefined };
  /** By grant id. */
  readonly grants: Readonly<Record<string, Grant>>;
  readonly review?: {
    readonly requestedAt?: string;
    readonly reviewBy?: string;
    readonly overdueAt?: string;
    readonly reviewed?: { readonly at: string; readonly reviewer: Person; readonly verdict: string; readonly comment?: string | undefined };
  };
  /** Access that should be over is still there: seen to stand until then at least (ISO 8601 UTC). */
  readonly standingUntil?: string;
  /** What is missing now, by the name of the step. */
  readonly stalls: Readonly<Record<string, Stall>>;
}

/** Status of a grant as people see it; the words of the contracts. */
export type GrantStatus = 'scheduled' | 'activating' | 'active' | 'ending' | 'ended' | 'revoked' | 'failed';
/** Status of a request before its grants have their own. */
export type PendingStatus = 'pending' | 'rejected' | 'denied' | 'cancelled' | 'approval-expired';

/** Status of a grant from what was heard of it, in whatever order. */
export function grantStatusOf({ ended, over, failed, grantedAt, openedAt }: Grant): GrantStatus {
  if (ended !== undefined && over === undefined) return 'ending';
  if (ended !== undefined) return ended.by === undefined ? 'ended' : 'revoked';
  if (over !== undefined) return 'ended';
  if (grantedAt !== undefined) return 'active';
  if (failed !== undefined) return 'failed';
  return openedAt === undefined ? 'scheduled' : 'activating';
}

/** Statuses of the grants of an approved request; otherwise the one that the request has itself. */
export function statusOf(lifecycle: Lifecycle): PendingStatus | readonly GrantStatus[] {
  const grants = Object.values(lifecycle.grants);
  if (lifecycle.approved !== undefined && grants.length > 0) return grants.map(grantStatusOf);
  // A rejection of an id that was accepted answers another request that used it again.
  if (lifecycle.rejected !== undefined && lifecycle.asked === undefined) return 'rejected';
  if (lifecycle.denied !== undefined) return 'denied';
  if (lifecycle.cancelled !== undefined) return 'cancelled';
  return lifecycle.approvalExpiredAt === undefined ? 'pending' : 'approval-expired';
}

/** Whether the person could use the grant at some time, and from when until when; ISO 8601 UTC. */
export interface Reach {
  readonly from: string;
  /** When the assignment was removed; absent while it stands. */
  readonly until?: string | undefined;
  /** Until when credentials that were issued under it may have worked; absent while it stands. */
  readonly credentialsUntil?: string | undefined;
}

/** When access under a grant was possible; undefined where it never was. What was removed had been there, though nobody was heard saying so. */
export function reachOf({ grantedAt, openedAt, over }: Grant): Reach | undefined {
  const from = grantedAt ?? (over === undefined || over.how === 'never_created' ? undefined : openedAt);
  if (from === undefined) return undefined;
  if (over === undefined) return { from };
  const until = over.removedAt ?? over.at;
  return { from, until, credentialsUntil: over.credentialsUselessBy ?? until };
}
