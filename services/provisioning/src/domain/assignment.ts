/** An account assignment as Identity Center knows it: who, where, what. */
export interface AssignmentId {
  readonly principalId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
}

/** The signed bounds of a grant, and of an extension its end, which lies within them. Milliseconds since the epoch. */
export interface Bounds {
  readonly notBefore: number;
  /** No creation starts for this grant afterwards. */
  readonly openBy: number;
  readonly durationMinutes: number;
  /** Nothing of the grant may be wanted afterwards, whenever it was granted. */
  readonly latestEnd: number;
  /** When it ends, where that is not its duration after it was granted. */
  readonly endsAt?: number;
}

export type GrantedHow = 'created' | 'shared' | 'existed_before';
export type EndedHow = 'deleted' | 'kept_for_other_grant' | 'existed_before' | 'never_created';

/** How a grant's end was answered; the same answer is given whenever it is asked for again. Milliseconds since the epoch. */
export interface EndAnswer {
  readonly how: EndedHow;
  readonly endedAt: number;
  readonly removedAt?: number;
  readonly credentialsUselessBy?: number;
}

/**
 * A grant whose window was opened here.
 * `waiting`: wanted, not yet granted. `held`: granted. `ending`: over, and the assignment is still to be removed.
 * `failed`: given up before it was granted; nothing was ever promised.
 */
export interface OpenedHold extends Bounds {
  readonly status: 'waiting' | 'held' | 'ending' | 'failed';
  readonly requestId: string;
  readonly windowEventId: string;
  readonly breakGlass: boolean;
  /** How long a session of the permission set lasted when the grant was asked for (minutes). Absent in what was stored before it was noted. */
  readonly sessionMinutes?: number;
  /** When its window event was taken in. */
  readonly heldSince: number;
  readonly grantedAt?: number;
}

/** The tombstone of a grant: its id was used and never serves again. */
export interface EndedHold {
  readonly status: 'ended';
  readonly requestId: string;
  /** Absent where the end came before the window, or without one. */
  readonly windowEventId?: string;
  /** Absent where no window was ever seen. */
  readonly openBy?: number;
  readonly answer: EndAnswer;
  readonly keepUntil: number;
}

export type Hold = OpenedHold | EndedHold;

/** What may fail and is tried again later: an operation, or a mere look. */
export type Direction = Operation['kind'] | 'look';

/** A call to AWS that was decided, was perhaps made, and has not been answered for good. While it stands nobody calls AWS for this assignment anew. */
export interface Operation {
  readonly kind: 'create' | 'delete';
  /** Its number on this assignment; what is learned about an operation names it by this. */
  readonly epoch: number;
  readonly startedAt: number;
  /** Until then the one who stored it may still be calling; afterwards anybody may find out what became of it. */
  readonly until: number;
  /** The grant that it creates the assignment for. */
  readonly grantId?: string;
  /** AWS's id of it, once AWS has told. */
  readonly awsRequestId?: string;
}

/**
 * Whose assignment it is.
 * `existed_before`: it stood when we first looked, before any call of ours; never deleted. Lasts while a live hold stands.
 * `ours`: from the write that stores our first Create, made or not, until AWS reports it absent; and what
 * turns up soon after that, while it is in doubt.
 */
export type Ownership = 'unknown' | 'existed_before' | 'ours';

/** Everything that provisioning knows about one assignment. JSON. */
export interface AssignmentState {
  readonly assignment: AssignmentId;
  /** By grant id. */
  readonly holds: Readonly<Record<string, Hold>>;
  readonly ownership: Ownership;
  /** AWS confirmed that it is there, and nothing that could have changed this was begun since. Only with `ours`. */
  readonly confirmed: boolean;
  /** AWS confirmed, at any time since it became ours, that it was there: somebody may have used it. */
  readonly stood: boolean;
  /** The longest session of any grant that was given it while a live hold stood (minutes): credentials last as long as when they were issued. */
  readonly longestSession?: number;
  /** How many operations were begun so far. */
  readonly epoch: number;
  readonly op?: Operation;
  /** Failed tries in one direction; the next not before `nextAt`. */
  readonly backOff?: { readonly kind: Direction; readonly attempts: number; readonly nextAt: number };
  /** When AWS last reported that what was ours is gone. */
  readonly goneAt?: number;
  /** Something was concluded from a look, of which AWS's own word is missing. Until it has said twice more that nothing is there. */
  readonly unsure?: true;
  /** Since when the dispatcher is to ask AWS whether it is there, only in order to know. */
  readonly lookAsked?: number;
  /** When AWS last answered a look. */
  readonly lookedAt?: number;
  /** It was said that AWS does not hold what is wanted; not said again before it was there again. */
  readonly missing: boolean;
  /** When the last thing happened. */
  readonly changedAt: number;
}

/** An assignment that nothing is known of yet. */
export function unknownAssignment(assignment: AssignmentId, now: number): AssignmentState {
  return { assignment, holds: {}, ownership: 'unknown', confirmed: false, stood: false, epoch: 0, missing: false, changedAt: now };
}

/** Key of the aggregate. User ids may be spelled in either letter case, yet name one user. */
export function assignmentKey({ principalId, accountId, permissionSetArn }: AssignmentId): string {
  return ['assignment', principalId.toLowerCase(), accountId, permissionSetArn].join('#');
}

/** What the dispatcher needs to know of an assignment before it loads it. */
export function partsOfKey(key: string): { readonly principal: string; readonly permissionSetArn: string; readonly role: string } {
  const [, principal = '', accountId = '', permissionSetArn = ''] = key.split('#');
  return { principal, permissionSetArn, role: `${accountId}#${permissionSetArn}` };
}
