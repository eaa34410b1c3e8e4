import type { Cause, Received } from '@team/contracts';
import type { AssignmentId, AssignmentState, Operation } from '../domain/assignment.ts';
import type { AssignmentCommand, Refusal } from '../domain/commands.ts';
import type { Waiting } from '../domain/dispatcher/choose.ts';
import type { DispatcherCommand, DispatcherEvent } from '../domain/dispatcher/decide.ts';
import type { DispatcherState } from '../domain/dispatcher/state.ts';
import type { AssignmentEvent, Reason } from '../domain/events.ts';
import type { Acceptance, Decision, Proof, Signed } from '../domain/evidence.ts';
import type { WorkClass } from '../domain/next-step.ts';

export type { Cause, Received } from '@team/contracts';

/** Milliseconds since the epoch, now. */
export type Clock = () => number;

interface Outcome<State, Event> {
  readonly state: State | undefined;
  readonly events: readonly Event[];
}

/** The assignments, each with the grants that hold it. */
export interface Assignments {
  load(key: string): Promise<AssignmentState | undefined>;
  /** Decides, stores state and facts in one conditional write, publishes. Rejects with a retryable error while the store cannot answer. */
  execute(key: string, command: AssignmentCommand, cause?: Cause): Promise<Outcome<AssignmentState, AssignmentEvent>>;
}

/** The one dispatcher's own item. */
export interface Dispatcher {
  load(key: string): Promise<DispatcherState | undefined>;
  execute(key: string, command: DispatcherCommand): Promise<Outcome<DispatcherState, DispatcherEvent>>;
}

/** Assignments with something to do, found without loading them. Eventually consistent: what is found is loaded before acting. */
export interface Work {
  /** All of one class whose next try is due at `upTo` (ms), longest due first; what follows is read when it is asked for. */
  waiting(workClass: WorkClass, upTo: number): AsyncIterable<readonly Waiting[]>;
  /** Keys of the first `limit` of these. */
  find(workClass: WorkClass, upTo: number, limit: number): Promise<readonly string[]>;
}

/** Assignments whose time to be checked has come. Eventually consistent. */
export interface Checks {
  /** Where they stand, spread. */
  readonly shards: readonly string[];
  /** Keys of one shard due at `upTo` (ms), longest due first: all of them, each page read when it is asked for. */
  due(shard: string, upTo: number): AsyncIterable<readonly string[]>;
}

/** Wakes the dispatcher. Who wakes after a commit is heard after what runs now; `clock` wakes pass by a message that a dead pass still holds. */
export type Wake = (by: 'commit' | 'clock') => Promise<void>;

/** AWS's answer to a question; without one nothing was learned. `down`: AWS is down or throttles, so that asking anything else is no use now. */
export type Answer<T> =
  | { readonly answered: true; readonly value: T }
  | { readonly answered: false; readonly down: boolean; readonly reason: Reason };

/** AWS's answer to a call that changes something. `unclear`: it may have taken it, it may not. */
export type CallAnswer =
  | { readonly kind: 'accepted'; readonly awsRequestId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly throttled: boolean; readonly reason: Reason }
  | { readonly kind: 'unclear'; readonly reason: Reason };

/** What AWS says of an operation that it took. `forgotten`: it knows no such operation, or not any more. */
export type OperationStatus =
  | { readonly status: 'in-progress' | 'succeeded' | 'forgotten' }
  | { readonly status: 'failed'; readonly reason: Reason };

/** Identity Center's assignments of users to accounts. Nothing here rejects for what AWS or the network does; each is tried once. */
export interface AssignmentDirectory {
  create(assignment: AssignmentId): Promise<CallAnswer>;
  remove(assignment: AssignmentId): Promise<CallAnswer>;
  statusOf(kind: Operation['kind'], awsRequestId: string): Promise<Answer<OperationStatus>>;
  /** AWS's id of an operation of this kind that is under way for this very assignment. */
  findInProgress(kind: Operation['kind'], assignment: AssignmentId): Promise<Answer<string | undefined>>;
  isPresent(assignment: AssignmentId): Promise<Answer<boolean>>;
  /** How long a session of the permission set lasts (minutes). */
  sessionMinutes(permissionSetArn: string): Promise<Answer<number>>;
}

/** What tells of many operations at once. */
export interface OperationList {
  /** AWS's ids of all operations of this kind that are under way, whoever began them. What is not among them has ended, or AWS does not show it yet. */
  inProgress(kind: Operation['kind']): Promise<Answer<ReadonlySet<string>>>;
}

/** The directory for somebody who must hear of each call before it is made: all count against the account's quota, each page of a list too. */
export type DirectoryFor = (onCall: () => void) => AssignmentDirectory & OperationList;

/** A piece of evidence whose signature, key and shape are right, or why not. */
export type Read<Claims> = { readonly ok: true; readonly signed: Signed<Claims> } | { readonly ok: false; readonly reason: Reason };

/** Reads evidence. Rejects only while the keys cannot be had. */
export interface Evidence {
  proof(jws: string): Promise<Read<Proof>>;
  acceptance(jws: string): Promise<Read<Acceptance>>;
  /** By any of the registered approval channels. */
  decision(jws: string): Promise<Read<Decision>>;
  /** The only id that this target of this request can have. */
  grantIdOf(requestId: string, accountId: string, permissionSetArn: string): string;
}

/** Runs a use case once for an event, however often it is delivered. `reused`: its id was used before for other content. */
export type OncePerEvent = (event: Received<object>, useCase: () => Promise<void>) => Promise<'done' | 'reused'>;

export interface Log {
  info(message: string, facts: Record<string, unknown>): void;
  warn(message: string, facts: Record<string, unknown>): void;
  error(message: string, facts: Record<string, unknown>): void;
}
