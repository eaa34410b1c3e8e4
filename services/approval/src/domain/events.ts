import type { Actor, Person, Principals, Reason } from './people.ts';
import type { OpenStage } from './progress.ts';
import type { Review } from './review.ts';
import type { AcceptedRequest, CountedApproval, Early, EarlyDecision, Grant, Pending, RevocationSubmission, Stretch } from './state.ts';
import type { WindowBounds } from './window.ts';

interface OfRequest {
  readonly requestId: string;
}

/** What an approval says, without the proofs. */
export interface ApprovedContent extends OfRequest {
  readonly requester: Person;
  readonly askedBy?: Person | undefined;
  readonly grants: readonly Grant[];
  readonly window: WindowBounds;
  readonly approvals: readonly Omit<CountedApproval, 'signature'>[];
  readonly acceptedAt: string;
  readonly acceptance: string;
  readonly decisions: readonly string[];
  readonly revocableBy: Principals;
  readonly breakGlass: boolean;
  readonly extends?: string | undefined;
  readonly stretch?: Stretch | undefined;
  readonly approvedAt: string;
}

/** What leaves the service, by detail-type. */
interface Facts {
  'ApprovalRequested.v1': OfRequest &
    Omit<AcceptedRequest, 'extendedUntil' | 'administrators' | 'acceptedAt' | 'acceptance'> & {
      readonly openStages: readonly OpenStage[];
      readonly deadlineAt: string;
    };
  'ApprovalRecorded.v1': OfRequest & {
    readonly decisionId: string;
    readonly decider: Person;
    readonly onBehalfOf?: Person | undefined;
    readonly verdict: 'approve' | 'deny';
    readonly comment?: string | undefined;
    readonly grantIds: readonly string[];
    readonly decidedAt: string;
  };
  'ApprovalReminded.v1': OfRequest & {
    readonly requester: Person;
    readonly openStages: readonly OpenStage[];
    readonly reminder: number;
    readonly deadlineAt: string;
  };
  'AccessApproved.v1': ApprovedContent & { readonly grants: readonly (Grant & { readonly proof: string })[] };
  'AccessDenied.v1': OfRequest & {
    readonly reason: Reason;
    readonly decider?: Person;
    readonly comment?: string;
    readonly deniedAt: string;
  };
  'ApprovalExpired.v1': OfRequest & { readonly deadlineAt: string };
  'AccessCancelled.v1': OfRequest & { readonly by: Actor; readonly reason?: string; readonly cancelledAt: string };
  'CancellationRefused.v1': OfRequest & { readonly reason: Reason; readonly by?: string };
  'ApprovalDecisionRefused.v1': OfRequest & { readonly decisionId: string; readonly decider?: string; readonly reasons: readonly Reason[] };
  'AccessReviewRequested.v1': OfRequest & { readonly requester: Person; readonly reviewers: Principals; readonly reviewBy: string };
  'AccessReviewed.v1': OfRequest & {
    readonly reviewer: Person;
    readonly verdict: 'justified' | 'not-justified';
    readonly comment?: string;
    readonly reviewedAt: string;
  };
  'AccessReviewRefused.v1': OfRequest & { readonly reviewer: string; readonly reasons: readonly Reason[] };
  'AccessReviewOverdue.v1': OfRequest & {
    readonly requester: Person;
    readonly reviewers: Principals;
    readonly reviewBy: string;
    readonly repetition: number;
  };
}

/** What only moves the state. */
interface Steps {
  EarlyDecisionKept: OfRequest & { readonly decision: EarlyDecision };
  EarlyRevocationKept: OfRequest & { readonly revocation: Early<RevocationSubmission> };
  /** People are asked, or nobody needs to be. */
  ApprovalBegun: OfRequest & { readonly pending: Pending; readonly at: number };
  DecisionCounted: OfRequest & {
    readonly decisionId: string;
    readonly digest: string;
    /** A yes, and the chains for which it counts; absent for a no. */
    readonly approval?: { readonly counted: CountedApproval; readonly chains: readonly string[] };
  };
  /** The open stages of these chains have waited so long that more people are asked. */
  StagesEscalated: OfRequest & { readonly chains: readonly string[] };
  /** When people are reminded again (ms). */
  ReminderPlanned: OfRequest & { readonly remindAt: number };
  /** All have agreed; the proofs can be signed. */
  AllAgreed: OfRequest & { readonly at: number };
  /** A break glass is granted, and will be reviewed. */
  ReviewAwaited: OfRequest & { readonly review: Review };
  /** Nothing is left of a grant that will be reviewed. */
  GrantOver: OfRequest & { readonly grantId: string };
  /** When it is said again that nobody reviewed (ms). */
  ReviewReminderPlanned: OfRequest & { readonly at: number };
  /** A submission was refused, or is moot. */
  SubmissionAnswered: OfRequest & { readonly digest: string; readonly at: number };
}

type Events = Facts & Steps;

/** What can happen to a request in approval. */
export type ApprovalEvent = { [Type in keyof Events]: { readonly type: Type; readonly data: Events[Type] } }[keyof Events];

/** The data of one event. */
export type DataOf<Type extends keyof Events> = Events[Type];
