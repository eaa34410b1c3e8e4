import { escalatesAt } from './escalation.ts';
import type { Person, Principals } from './people.ts';
import type { PolicyProgress } from './progress.ts';
import { reviewDueAt, type PlannedReview, type Review } from './review.ts';

/** One permission set in one account, as AWS names them when approval begins. */
export interface Grant {
  readonly grantId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSetArn: string;
  readonly permissionSetName: string;
  readonly sessionDurationMinutes: number;
}

/** Requests of which each prolongs the one before. */
export interface Stretch {
  readonly requestId: string;
  readonly durationMinutes: number;
}

/** What was asked, as accepted. */
export interface AcceptedRequest {
  readonly requestId: string;
  readonly requestDigest: string;
  readonly requester: Person;
  readonly askedBy?: Person | undefined;
  readonly grants: readonly Grant[];
  readonly startAt?: string | undefined;
  readonly durationMinutes: number;
  readonly justification?: string | undefined;
  readonly ticket?: { readonly id: string; readonly system?: string | undefined; readonly url?: string | undefined } | undefined;
  readonly breakGlass: boolean;
  /** Whoever decides must say why. */
  readonly commentRequired?: boolean | undefined;
  readonly extends?: string | undefined;
  /** With `extends`: the first request of the stretch, and how long the whole would last. */
  readonly stretch?: Stretch | undefined;
  /** With `extends`: the latest end of what is extended, as this service signed it (ISO 8601). */
  readonly extendedUntil?: string | undefined;
  readonly administrators: Principals;
  readonly acceptedAt: string;
  /** The request service's JWS. */
  readonly acceptance: string;
}

/** A yes that counted, with what proves it. */
export interface CountedApproval {
  readonly decisionId: string;
  readonly decider: Person;
  /** In whose place. */
  readonly onBehalfOf?: Person | undefined;
  readonly decidedAt: string;
  /** The channel's JWS. */
  readonly signature: string;
}

/** An intent and the envelope it came in. */
export interface Submitted {
  readonly requestId: string;
  /** Digest of the intent and of who put it on the bus: the same again is the same submission. */
  readonly digest: string;
  readonly source: string;
  readonly account: string;
  readonly eventId: string;
  readonly traceparent?: string | undefined;
  readonly occurredAt: string;
}

/** Somebody said yes or no. */
export interface DecisionSubmission extends Submitted {
  readonly decisionId: string;
  readonly verdict: 'approve' | 'deny';
  readonly decider: string;
  readonly comment?: string | undefined;
  readonly signature: string;
}

/** Somebody wants the request cancelled. */
export interface RevocationSubmission extends Submitted {
  readonly grantIds?: readonly string[] | undefined;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

/** Somebody says what they find of a break glass. */
export interface ReviewSubmission extends Submitted {
  readonly reviewer: string;
  readonly verdict: 'justified' | 'not-justified';
  readonly comment?: string | undefined;
  readonly signature: string;
}

/** What came before the request was known, and since when it waits for it (ms). */
export type Early<Submission> = Submission & { readonly waitsSince: number };

/** `arrivedAt`: when it first came (ms), by which it is judged; earlier than `waitsSince` where an outage lay between. */
export type EarlyDecision = Early<DecisionSubmission> & { readonly arrivedAt: number };

/** What is known of a request in every phase. Times are milliseconds since the epoch. */
interface Heard {
  readonly requestId: string;
  /** When this phase began. */
  readonly since: number;
  /** Digests of the last submissions that were answered with a refusal, oldest first. */
  readonly answered: readonly string[];
  /** Decisions that counted, by id, with the digest of their submission. */
  readonly counted: Readonly<Record<string, string>>;
  readonly early: {
    readonly decisions: readonly EarlyDecision[];
    readonly revocations: readonly Early<RevocationSubmission>[];
  };
}

/** A request while people decide on it. */
export interface Pending {
  readonly request: AcceptedRequest;
  /** Empty where no approval is needed. */
  readonly policies: readonly PolicyProgress[];
  readonly approvals: readonly CountedApproval[];
  /** When people are reminded next (ms), if they still are: `nextReminderAt`. */
  readonly remindAt: number;
  /** How often they have been. */
  readonly reminders: number;
  /** Absent: they are reminded once. */
  readonly remindEveryMs?: number | undefined;
  readonly deadlineAt: number;
  /** How it is reviewed once it is over, where it is break glass. */
  readonly review?: PlannedReview | undefined;
}

export type Over = 'approved' | 'denied' | 'expired' | 'cancelled';

/**
 * One request in approval.
 * `unknown`: something came for it before its acceptance. `pending`: people are asked. `agreed`: all have agreed, since `since`, and
 * the proofs are being signed. Everything else is over and keeps only what is needed to know what comes late or twice, and of a break glass
 * that was approved its review.
 */
export type State =
  | (Heard & { readonly phase: 'unknown' })
  | (Heard & { readonly phase: 'pending' | 'agreed'; readonly pending: Pending })
  | (Heard & {
      readonly phase: 'approved';
      readonly review?: Review | undefined;
      /** Nothing of it may remain after that (ISO 8601). */
      readonly latestEnd?: string;
    })
  | (Heard & { readonly phase: Exclude<Over, 'approved'> });

const minuteMs = 60_000;

/** What comes for a request that is not known is kept this long; then its sender is told that there is no such request. */
export const unknownForMs = 15 * minuteMs;
/**
 * What a handler leaves unfinished in a crash is taken up after this time: beyond the sweep's look-ahead, so that a handler that
 * finishes leaves no timer behind.
 */
export const resumeAfterMs = 3 * minuteMs;
/** Longer than any request can live: a start 90 days ahead, 30 days of duration. */
const rememberedForMs = 400 * 24 * 60 * minuteMs;

/** However often a policy wants them reminded. */
const mostReminders = 10;

/** When people are reminded next (ms); `undefined` where they have been often enough. */
export function nextReminderAt({ remindAt, reminders, remindEveryMs }: Pending): number | undefined {
  return reminders < (remindEveryMs === undefined ? 1 : mostReminders) ? remindAt : undefined;
}

/** When the request next has something to do by itself. */
export function dueAt(state: State): number | undefined {
  const early = [...state.early.decisions, ...state.early.revocations];
  if (state.phase === 'unknown')
    return early.length === 0 ? undefined : Math.min(...early.map(({ waitsSince }) => waitsSince)) + unknownForMs;
  if (early.length > 0 || state.phase === 'agreed') return state.since + resumeAfterMs;
  if (state.phase === 'approved') return reviewDueAt(state.review);
  if (state.phase !== 'pending') return undefined;
  const { policies, deadlineAt } = state.pending;
  return Math.min(deadlineAt, nextReminderAt(state.pending) ?? Infinity, ...policies.map((policy) => escalatesAt(policy) ?? Infinity));
}

/** When nothing can come for it any more. What nobody has reviewed is not forgotten. */
export function forgetAt(state: State): number {
  const review = state.phase === 'approved' ? reviewDueAt(state.review) : undefined;
  return Math.max(state.since, review ?? 0) + rememberedForMs;
}
