import type { Sender } from './emitter.ts';
import type { Person, Principals } from './people.ts';
import type { Reason, RejectionReason } from './reasons.ts';

export interface Ticket {
  readonly id: string;
  readonly system?: string | undefined;
  readonly url?: string | undefined;
}

/** One permission set in one account, named by ARN or by name. */
export type NamedTarget =
  { readonly accountId: string; readonly permissionSetArn: string } | { readonly accountId: string; readonly permissionSetName: string };

/** A target, or several under the name of a bundle. */
export type AskedTarget = NamedTarget | { readonly bundle: string };

/** Requests of which each prolongs the one before: the first of them, and how long all last together. */
export interface Stretch {
  readonly requestId: string;
  readonly durationMinutes: number;
}

/** What somebody asks for, in their words. */
export interface AskedRequest {
  readonly requestId: string;
  /** User id or user name. */
  readonly requester: string;
  readonly targets: readonly AskedTarget[];
  /** ISO 8601 in UTC. Absent: as soon as it is approved. */
  readonly startAt?: string | undefined;
  /** Absent: what the limits say. */
  readonly durationMinutes?: number | undefined;
  readonly justification?: string | undefined;
  readonly ticket?: Ticket | undefined;
  readonly breakGlass?: boolean | undefined;
  readonly extends?: string | undefined;
  readonly askedBy?: string | undefined;
}

/** One target that a policy allows, as AWS names it. */
export interface AcceptedTarget {
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSetArn: string;
  readonly permissionSetName: string;
  readonly sessionDurationMinutes: number;
  readonly organizationalUnitIds: readonly string[];
  readonly policyId: string;
}

export interface AcceptedGrant extends AcceptedTarget {
  readonly grantId: string;
}

/** The part of an acceptance for which its digest stands: what people decide on, by when, and who may end it besides them. */
export interface AcceptedContent {
  readonly requestId: string;
  readonly requester: Person;
  readonly askedBy?: Person | undefined;
  readonly grants: readonly AcceptedGrant[];
  readonly startAt?: string | undefined;
  readonly durationMinutes: number;
  readonly justification?: string | undefined;
  readonly ticket?: Ticket | undefined;
  readonly breakGlass: boolean;
  /** The request that this one prolongs. */
  readonly extends?: string | undefined;
  /** With `extends`, and only then. */
  readonly stretch?: Stretch | undefined;
  /** Whoever decides must say why. */
  readonly commentRequired?: boolean | undefined;
  /** Break glass: how long after its end it may go without review. */
  readonly reviewWithinMinutes?: number | undefined;
  readonly approvalRequired: boolean;
  readonly approvalDeadlineMinutes: number;
  readonly administrators: Principals;
}

/** An acceptance before it is signed. */
export interface UnsignedAcceptance extends AcceptedContent {
  readonly requestDigest: string;
  readonly emitter: Sender & { readonly name: string };
  readonly warnings: readonly Reason[];
  readonly acceptedAt: string;
}

export interface AcceptedRequest extends UnsignedAcceptance {
  /** Compact JWS. */
  readonly acceptance: string;
}

interface OfRequest {
  readonly requestId: string;
}

interface OfOpening extends OfRequest {
  readonly grantIds: readonly string[];
  readonly openingDueId: string;
}

/** What leaves the service, by detail-type. */
interface Facts {
  'AccessRequestAccepted.v1': AcceptedRequest;
  'AccessRequestRejected.v1': OfRequest & {
    readonly requester?: string;
    readonly reasons: readonly RejectionReason[];
    readonly rejectedAt: string;
  };
  'DuplicateRequestIgnored.v1': OfRequest & {
    readonly reason: Reason;
    readonly firstDigest: string;
    readonly ignoredDigest: string;
    readonly emitter: Sender;
  };
  'EligibilityConfirmed.v1': OfOpening & { readonly confirmedAt: string };
  'EligibilityLapsed.v1': OfOpening & { readonly reasons: readonly Reason[]; readonly lapsedAt: string };
}

/** What first came under a request id: its digest, who sent it, and when (ms since the epoch). */
export interface Claim extends OfRequest {
  readonly contentDigest: string;
  readonly emitter: Sender;
  readonly receivedAt: number;
}

/** What only moves the state. */
interface Steps {
  /** A request id is claimed; `asked` is absent where what came breaks its contract. */
  RequestReceived: Claim & { readonly asked?: AskedRequest };
  /** An opening is due under an id of which nothing was ever heard here: the id is used up, and never accepted. */
  RequestDisowned: Claim;
  JudgementResumed: { readonly at: number };
}

type Events = Facts & Steps;

/** What can happen to a request. */
export type RequestEvent = { [Type in keyof Events]: { readonly type: Type; readonly data: Events[Type] } }[keyof Events];

/** The data of one event. */
export type DataOf<Type extends keyof Events> = Events[Type];
