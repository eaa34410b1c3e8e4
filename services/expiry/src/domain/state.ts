/** A person as the approval names them. */
export interface Person {
  readonly userId: string;
  readonly userName: string;
  readonly displayName?: string | undefined;
}

/** Who ended access: a person, a registered system, or a service by itself. */
export type Actor =
  | { readonly kind: 'person'; readonly userId: string; readonly userName: string }
  | { readonly kind: 'emitter'; readonly name: string }
  | { readonly kind: 'service'; readonly name: string };

/** `code` starts with `ERR_`; `message` is for people, at most 500 characters. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

/** One permission set in one account. */
export interface Grant {
  readonly grantId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSetArn: string;
  readonly permissionSetName: string;
  readonly sessionDurationMinutes: number;
}

/** Bounds as the proofs state them: the texts travel on unchanged. */
export interface WindowBounds {
  readonly notBefore: string;
  readonly openBy: string;
  readonly durationMinutes: number;
  readonly latestEnd: string;
}

/** What the approval said; never changes afterwards. */
export interface Approval {
  readonly requester: Person;
  readonly askedBy?: Person | undefined;
  readonly grants: Readonly<Record<string, Grant>>;
  readonly window: WindowBounds;
  readonly acceptedAt: string;
  readonly approvedAt: string;
  readonly acceptance: string;
  readonly decisions: readonly string[];
  readonly revocableBy: { readonly groupIds: readonly string[]; readonly userIds: readonly string[] };
  readonly breakGlass: boolean;
  /** The request that this one extends, and the first of the stretch, in whose item all of them live. */
  readonly extends?: string | undefined;
  readonly stretch?: { readonly requestId: string; readonly durationMinutes: number } | undefined;
}

/** A wish to end access, as it came in. */
export interface Revocation {
  /** Same for the same event with the same content; another for anything else. */
  readonly revocationId: string;
  /** Absent: the request whose item this is. */
  readonly requestId?: string;
  readonly emitter: Speaker;
  /** Absent: all grants of the request. */
  readonly grantIds?: readonly string[] | undefined;
  /** User id or user name of the person for whom the emitter speaks. */
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

/** A registered system, and what its word counts for when it asks to end access. */
export interface Speaker {
  readonly name: string;
  /** It may end anybody's access on its own account. */
  readonly mayRevoke: boolean;
  /** It authenticates people: it may say which person asks. */
  readonly speaksForPeople: boolean;
}

/** The end of a grant, said but perhaps not yet confirmed. Times in ms since the epoch. */
export interface Ending {
  readonly endedAt: number;
  readonly cause:
    { readonly kind: 'time' } | { readonly kind: 'revoked'; readonly by: Actor; readonly reason: Reason; readonly opened: boolean };
  /** How often it was said again, and when it was last said. */
  readonly repetition: number;
  readonly saidAt: number;
  readonly overdue: boolean;
}

/** What is known of one grant. Times in ms since the epoch; absent: not yet. */
export interface Progress {
  /** When it was last asked whether the requester is still eligible. */
  readonly askedAt?: number;
  readonly eligible?: boolean;
  readonly openedAt?: number;
  /** The first time only: a later one must not move the end. */
  readonly grantedAt?: number;
  readonly failed?: boolean;
  readonly ending?: Ending;
  /** Provisioning confirmed that nothing of the grant is left. Final. */
  readonly confirmed?: boolean;
}

/**
 * A request with all its grants, and with all that extends it: one aggregate, so that a revocation never races the grants it is for. The
 * item of an extension only points to it.
 */
export interface RequestState {
  readonly requestId: string;
  /** When this request was first heard of (ms since the epoch). */
  readonly since: number;
  /** Absent while only forerunners have come: a revocation, or what provisioning says about a grant. */
  readonly approval?: Approval;
  /** Approvals of what extends it, or extends an extension of it, by request id. */
  readonly extensions?: Readonly<Record<string, Approval>>;
  /** This request extends another, in whose item it lives; until when that may last (ms since the epoch). */
  readonly partOf?: { readonly requestId: string; readonly latestEnd: number };
  /** By grant id; may name grants of which the approval is not yet known. */
  readonly progress: Readonly<Record<string, Progress>>;
  /** Proofs of grants that are not opened, by grant id. */
  readonly proofs: Readonly<Record<string, string>>;
  /** Kept until somebody has looked up whether they are entitled; nothing opens while one stands here. */
  readonly unjudged: readonly Revocation[];
  /** When the unjudged ones are taken up again at the latest (ms since the epoch). */
  readonly judgementDueAt?: number;
  /** Ids of the latest revocations that were answered. */
  readonly answered: readonly string[];
  readonly lastOpenedAt?: number;
}

/** Status of one grant as people see it. */
export type GrantStatus = 'scheduled' | 'activating' | 'active' | 'ending' | 'ended' | 'revoked' | 'failed';

/** `failed` is final but for one case: access that arrives although it had been given up is ended like any other. */
export function statusOf(progress: Progress): GrantStatus {
  const { ending, confirmed, failed, grantedAt, openedAt } = progress;
  if (ending !== undefined && confirmed !== true) return 'ending';
  if (ending !== undefined) return ending.cause.kind === 'time' ? 'ended' : 'revoked';
  if (failed === true) return 'failed';
  if (confirmed === true) return 'ended';
  if (grantedAt !== undefined) return 'active';
  return openedAt === undefined ? 'scheduled' : 'activating';
}

/** Whether nothing more is to be done for a grant. */
export function isOver(progress: Progress): boolean {
  return ['ended', 'revoked', 'failed'].includes(statusOf(progress));
}

/** What is known of a grant; nothing, where nothing has happened. */
export const progressOf = (state: RequestState, grantId: string): Progress => state.progress[grantId] ?? {};
