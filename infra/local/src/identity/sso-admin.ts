import { AwsError } from '../cloud/aws-error.ts';
import type { Random } from '../cloud/random.ts';
import type { StandIn } from '../cloud/stand-in.ts';
import type { Store } from '../cloud/store.ts';
import type { Timeline } from '../cloud/timeline.ts';
import { createAssignmentOperations, type Latency, type OperationKind, type OperationOptions } from './assignment-operations.ts';
import { perform } from './input.ts';
import { assignmentKey, existing, type OrganizationState } from './organization-state.ts';
import type { AccountAssignment } from './organization.ts';
import { ssoAdminActions } from './sso-admin-actions.ts';
import { tokenBucket } from './token-bucket.ts';

/** SSO Admin, with what people may do in the console beside the API, and the failures that a test can order. */
export interface SsoAdmin extends StandIn {
  /** Assigns at once, as a person in the console would have done long ago. */
  assignByHand(assignment: AccountAssignment): void;
  removeByHand(assignment: AccountAssignment): void;
  /** Whether Identity Center holds this very assignment now. */
  holds(assignment: AccountAssignment): boolean;
  /** The next operation of this kind is accepted and then fails with `reason`. Several queue up. */
  failNext(kind: OperationKind, reason: string): void;
  /** Every call fails with InternalServerException until then; operations under way go on. Milliseconds since the epoch. */
  outage(untilMs: number): void;
}

export interface SsoAdminOptions extends Partial<OperationOptions> {
  readonly state: OrganizationState;
  readonly store: Store;
  readonly timeline: Timeline;
  readonly random: Random;
  /** Calls a second over all actions together. Default 20. */
  readonly callsPerSecond?: number;
}

/** Assignments take seconds. AWS states no distribution: these are ours, and configurable. */
export const usualLatency: Latency = { fixedMs: 1_500, tailMs: 1_000, atMostMs: 20_000 };
export const usualFirstUseLatency: Latency = { fixedMs: 4_000, tailMs: 3_000, atMostMs: 60_000 };

/**
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/welcome.html
 * Quotas: https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
 */
export function createSsoAdmin(given: SsoAdminOptions): SsoAdmin {
  const { state, store, timeline, random, callsPerSecond = 20 } = given;
  const options: OperationOptions = {
    latency: given.latency ?? usualLatency,
    firstUseLatency: given.firstUseLatency ?? usualFirstUseLatency,
    outstanding: given.outstanding ?? 10,
    removalForDeletedPrincipal: given.removalForDeletedPrincipal ?? 'succeeds',
  };
  const operations = createAssignmentOperations({ state, store, timeline, random, options });
  const actions = ssoAdminActions(state, operations);
  const bucket = tokenBucket(callsPerSecond);
  let outageUntil = 0;

  return {
    target: 'SWBExternalService',
    handle(call) {
      if (timeline.now() < outageUntil) throw new AwsError('InternalServerException', 'The service is not available', 500);
      if (!bucket.take(timeline.now())) throw new AwsError('ThrottlingException', 'Rate exceeded');
      return perform('SSO Admin', actions, call);
    },
    assignByHand(assignment) {
      existing(state.accounts, assignment.AccountId, 'account');
      existing(state.permissionSets, assignment.PermissionSetArn, 'permission set');
      state.assignments.set(assignmentKey(assignment), assignment);
      state.commit();
    },
    removeByHand(assignment) {
      state.assignments.delete(assignmentKey(assignment));
      state.commit();
    },
    holds: (assignment) => state.assignments.has(assignmentKey(assignment)),
    failNext: (kind, reason) => operations.failNext(kind, reason),
    outage(untilMs) {
      outageUntil = untilMs;
    },
  };
}
