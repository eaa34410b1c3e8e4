import {
  accessApprovedV1,
  accessCancelledV1,
  accessDeniedV1,
  accessEndedV1,
  accessExpiredV1,
  accessExtendedV1,
  accessGrantedV1,
  accessGrantFailedV1,
  accessOpeningDueV1,
  accessOverdueV1,
  accessRemovalDelayedV1,
  accessRequestAcceptedV1,
  accessRequestedV1,
  accessRequestRejectedV1,
  accessReviewedV1,
  accessReviewOverdueV1,
  accessReviewRequestedV1,
  accessRevokedV1,
  accessScheduledV1,
  accessWindowOpenedV1,
  approvalExpiredV1,
  approvalRecordedV1,
  approvalRequestedV1,
  duplicateRequestIgnoredV1,
  eligibilityConfirmedV1,
  eligibilityLapsedV1,
  sessionActivityCollectedV1,
  type DataOf,
  type EventContract,
  type Grant,
} from '@team/contracts';
import type { Said } from '../domain/lifecycle/facts.ts';

/** What an event says of a lifecycle. `data` has been checked against the contract. */
export interface Telling {
  readonly contract: EventContract;
  /** Undefined where it says nothing about it. */
  said(data: unknown): Said | undefined;
}

function telling<Contract extends EventContract>(contract: Contract, said: (data: DataOf<Contract>) => Said | undefined): Telling {
  return { contract, said: (data) => said(data as DataOf<Contract>) };
}

const targetsOf = (grants: readonly Grant[]) =>
  grants.map(({ grantId, accountId, accountName, permissionSetArn, permissionSetName, sessionDurationMinutes }) => ({
    grantId,
    target: { accountId, accountName, permissionSetArn, permissionSetName, sessionDurationMinutes },
  }));

/** Every event that moves a lifecycle. */
export const tellings: readonly Telling[] = [
  telling(accessRequestedV1, () => ({ type: 'wished' })),
  telling(accessRequestAcceptedV1, (data) => {
    const { requester, askedBy, emitter, startAt, durationMinutes, justification, ticket, breakGlass, approvalRequired, reviewWithinMinutes, extends: extended } = data;
    const asked = { at: data.acceptedAt, requester, askedBy, emitter: emitter.name, startAt, durationMinutes, justification, ticket, breakGlass, approvalRequired, reviewWithinMinutes, extends: extended };
    return { type: 'accepted', asked, grants: targetsOf(data.grants) };
  }),
  // More reasons than a list shows stand in the trail.
  telling(accessRequestRejectedV1, ({ rejectedAt, reasons, requester }) => ({ type: 'rejected', at: rejectedAt, requester, reasons: reasons.slice(0, 5).map(({ code, message }) => ({ code, message })) })),
  telling(duplicateRequestIgnoredV1, () => ({ type: 'ignored' })),
  telling(approvalRequestedV1, (data) => ({ type: 'approval-requested', deadlineAt: data.deadlineAt, grants: targetsOf(data.grants) })),
  telling(approvalRecordedV1, ({ decisionId, decider, onBehalfOf, verdict, comment, decidedAt }) => ({ type: 'decided', decisionId, decider, onBehalfOf, verdict, comment, at: decidedAt })),
  telling(accessApprovedV1, ({ requester, askedBy, window, breakGlass, extends: extended, acceptedAt, approvedAt, approvals, grants }) => ({
    type: 'approved',
    at: approvedAt,
    asked: { at: acceptedAt, requester, askedBy, durationMinutes: window.durationMinutes, breakGlass, extends: extended },
    window,
    byPolicy: approvals.length === 0,
    grants: targetsOf(grants),
  })),
  telling(accessDeniedV1, ({ deniedAt, reason }) => ({ type: 'denied', at: deniedAt, reason })),
  telling(approvalExpiredV1, ({ deadlineAt }) => ({ type: 'approval-expired', at: deadlineAt })),
  telling(accessCancelledV1, ({ cancelledAt, by, reason }) => ({ type: 'cancelled', at: cancelledAt, by, reason })),
  telling(accessScheduledV1, ({ grantIds }) => ({ type: 'scheduled', grantIds })),
  telling(accessOpeningDueV1, ({ grantIds }) => ({ type: 'opening-due', grantIds })),
  telling(eligibilityConfirmedV1, ({ grantIds, confirmedAt }) => ({ type: 'eligibility', grantIds, verdict: 'confirmed', at: confirmedAt })),
  telling(eligibilityLapsedV1, ({ grantIds, lapsedAt }) => ({ type: 'eligibility', grantIds, verdict: 'lapsed', at: lapsedAt })),
  telling(accessWindowOpenedV1, ({ grant, openedAt }) => {
    const [opened] = targetsOf([grant]);
    return opened === undefined ? undefined : { type: 'opened', ...opened, at: openedAt };
  }),
  telling(accessGrantedV1, ({ grantId, assignment, grantedAt, how, endsAt }) => ({ type: 'granted', grantId, assignment, at: grantedAt, how, endsAt })),
  // Where only an event was refused, the grant goes on.
  telling(accessGrantFailedV1, ({ grantId, assignment, final, failedAt, reason }) => (final ? { type: 'failed', grantId, assignment, at: failedAt, reason } : undefined)),
  telling(accessExtendedV1, ({ grantId, assignment, extension, endsAt }) => ({ type: 'extended', grantId, assignment, requestId: extension.requestId, endsAt })),
  telling(accessExpiredV1, ({ grantId, assignment, endedAt }) => ({ type: 'ended', grantId, assignment, at: endedAt })),
  telling(accessRevokedV1, ({ grantId, assignment, endedAt, by, reason }) => ({ type: 'ended', grantId, assignment, at: endedAt, by, reason })),
  telling(accessOverdueV1, ({ grantId, assignment, overdueSince }) => ({ type: 'overdue', grantId, assignment, at: overdueSince })),
  telling(accessRemovalDelayedV1, ({ grantIds, assignment, reason }) => ({ type: 'removal-delayed', grantIds, assignment, reason })),
  telling(accessEndedV1, ({ grantId, assignment, endedAt, how, removedAt, credentialsUselessBy }) => ({ type: 'over', grantId, assignment, at: endedAt, how, removedAt, credentialsUselessBy })),
  telling(accessReviewRequestedV1, ({ reviewBy }) => ({ type: 'review-requested', reviewBy })),
  telling(accessReviewOverdueV1, ({ reviewBy }) => ({ type: 'review-overdue', reviewBy })),
  telling(accessReviewedV1, ({ reviewer, verdict, comment, reviewedAt }) => ({ type: 'reviewed', at: reviewedAt, reviewer, verdict, comment })),
  telling(sessionActivityCollectedV1, ({ grantId, assignment, reads, writes, errors, afterRemoval, services, state, detailLocation, collectedAt }) => ({
    type: 'used',
    grantId,
    assignment,
    activity: { reads, writes, errors, afterRemoval, services: services.slice(0, 20), state, detailLocation, collectedAt },
  })),
];
