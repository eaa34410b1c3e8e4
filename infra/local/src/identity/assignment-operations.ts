import { AwsError } from '../cloud/aws-error.ts';
import type { JsonObject } from '../cloud/json.ts';
import { randomUuid } from '../cloud/random-sources.ts';
import type { Random } from '../cloud/random.ts';
import type { Store } from '../cloud/store.ts';
import type { Timeline } from '../cloud/timeline.ts';
import { assignmentKey, type OrganizationState } from './organization-state.ts';
import type { AccountAssignment } from './organization.ts';

export type OperationKind = 'creation' | 'deletion';

/** Draws `fixedMs` plus an exponential tail of mean `tailMs`, cut at `atMostMs`: most are quick, a few are not. */
export interface Latency {
  readonly fixedMs: number;
  readonly tailMs: number;
  readonly atMostMs: number;
}

export interface OperationOptions {
  /** For an assignment of a permission set already used in the account, and for every deletion. */
  readonly latency: Latency;
  /** For the first use of a permission set in an account, which makes its role there. */
  readonly firstUseLatency: Latency;
  /** Creations and deletions under way at once, over the whole instance. */
  readonly outstanding: number;
  /** Whether the assignment of a deleted user or group can still be deleted. Reports disagree: see `failureOf`. */
  readonly removalForDeletedPrincipal: 'succeeds' | 'fails';
}

/** One asynchronous operation, as the store keeps it. Times are milliseconds since the epoch. */
export interface Operation {
  readonly kind: OperationKind;
  readonly requestId: string;
  readonly assignment: AccountAssignment;
  readonly status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  readonly failureReason?: string;
  readonly createdAt: number;
  readonly dueAt: number;
  /** The failure that a test planned for it. */
  readonly plannedFailure?: string;
}

export interface AssignmentOperations {
  /** Throws `AwsError` where AWS refuses to begin: a conflict, or too many under way. */
  start(kind: OperationKind, assignment: AccountAssignment): Operation;
  find(kind: OperationKind, requestId: string): Operation | undefined;
  all(kind: OperationKind): [string, Operation][];
  failNext(kind: OperationKind, reason: string): void;
}

interface Environment {
  readonly state: OrganizationState;
  readonly store: Store;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly options: OperationOptions;
}

/** The asynchronous half of SSO Admin. What was under way when the process died is finished after the restart. */
export function createAssignmentOperations({ state, store, timeline, random, options }: Environment): AssignmentOperations {
  const operations = store.map<Operation>('sso-admin.operations');
  const underWay = new Map<string, Operation>();
  const planned: Record<OperationKind, string[]> = { creation: [], deletion: [] };

  const follow = (operation: Operation): void => {
    underWay.set(operation.requestId, operation);
    timeline.at(operation.dueAt, () => finish(operation));
  };
  const finish = (operation: Operation): void => {
    underWay.delete(operation.requestId);
    const failureReason = operation.plannedFailure ?? failureOf(operation, state, options);
    if (failureReason !== undefined) {
      operations.set(operation.requestId, { ...operation, status: 'FAILED', failureReason });
      return;
    }
    const key = assignmentKey(operation.assignment);
    if (operation.kind === 'creation') state.assignments.set(key, operation.assignment);
    else state.assignments.delete(key);
    operations.set(operation.requestId, { ...operation, status: 'SUCCEEDED' });
  };

  for (const operation of operations.values()) if (operation.status === 'IN_PROGRESS') follow(operation);

  return {
    start(kind, assignment) {
      // "Number of IAM roles (permission sets) in the account that can be updated at a time: 1":
      // https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
      if ([...underWay.values()].some((other) => sameRole(other.assignment, assignment))) {
        throw new AwsError('ConflictException', 'There is a conflicting operation in process.');
      }
      // Ten outstanding asynchronous calls, on the same page under "throttle limits", which names no exception: the one for throttling.
      if (underWay.size >= options.outstanding) {
        throw new AwsError('ThrottlingException', 'There are too many requests processing. Please try again later.');
      }
      const now = timeline.now();
      const firstUse = kind === 'creation' && !usedIn(state, assignment);
      const plannedFailure = planned[kind].shift();
      const operation: Operation = {
        kind,
        requestId: randomUuid(random),
        assignment,
        status: 'IN_PROGRESS',
        createdAt: now,
        dueAt: now + draw(firstUse ? options.firstUseLatency : options.latency, random),
        ...(plannedFailure === undefined ? {} : { plannedFailure }),
      };
      operations.set(operation.requestId, operation);
      follow(operation);
      return operation;
    },
    find(kind, requestId) {
      const operation = operations.get(requestId);
      return operation?.kind === kind ? operation : undefined;
    },
    all: (kind) => [...operations.entries()].filter(([, operation]) => operation.kind === kind),
    failNext(kind, reason) {
      planned[kind].push(reason);
    },
  };
}

/** https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_AccountAssignmentOperationStatus.html */
export const operationStatus = (operation: Operation): JsonObject => ({
  Status: operation.status,
  RequestId: operation.requestId,
  ...(operation.failureReason === undefined ? {} : { FailureReason: operation.failureReason }),
  TargetId: operation.assignment.AccountId,
  TargetType: 'AWS_ACCOUNT',
  PermissionSetArn: operation.assignment.PermissionSetArn,
  PrincipalType: operation.assignment.PrincipalType,
  PrincipalId: operation.assignment.PrincipalId,
  CreatedDate: operation.createdAt / 1000,
});

const sameRole = (a: AccountAssignment, b: AccountAssignment): boolean =>
  a.AccountId === b.AccountId && a.PermissionSetArn === b.PermissionSetArn;

// The role exists in the account as long as an assignment needs it.
const usedIn = (state: OrganizationState, assignment: AccountAssignment): boolean =>
  [...state.assignments.values()].some((existing) => sameRole(existing, assignment));

const draw = ({ fixedMs, tailMs, atMostMs }: Latency, random: Random): number =>
  Math.round(Math.min(atMostMs, fixedMs - tailMs * Math.log(1 - random.next())));

/**
 * Why the operation fails when its time comes. AWS documents only that `FailureReason` exists; the reasons and when they come are
 * those that users of the API reported:
 * - unknown or deleted principal, `assignee … was not found in directory`: hashicorp/terraform-provider-aws#19341, where a deletion
 *   failed so after SCIM removed the user, and did not after an administrator deleted the user by hand;
 * - deletion of what is not there, `EntitlementItem doesn't exist`: the same provider's account assignment resource;
 * - suspended account, `Obtaining permissions … takes longer than usual`: aws-samples/aws-identitycenter-codepipeline-auto-assignment#31.
 */
function failureOf({ kind, assignment }: Operation, state: OrganizationState, options: OperationOptions): string | undefined {
  const { PrincipalType, PrincipalId, AccountId } = assignment;
  const principalExists = (PrincipalType === 'USER' ? state.users : state.groups).has(PrincipalId);
  const directory = state.settings.IdentityStoreId;
  if (!principalExists && (kind === 'creation' || options.removalForDeletedPrincipal === 'fails')) {
    return `Received a 404 status error: the ${PrincipalType} assignee ${PrincipalId} was not found in directory ${directory}`;
  }
  if (kind === 'creation' && state.accounts.get(AccountId)?.Status !== 'ACTIVE') {
    return `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage ${AccountId} takes longer than usual.`;
  }
  if (kind === 'deletion' && !state.assignments.has(assignmentKey(assignment))) {
    return `Received a 404 status error: EntitlementItem doesn't exist with the given entitlement key (${PrincipalId}, ${AccountId})`;
  }
  return undefined;
}
