import type { EventContract } from './define-event.ts';
import { accessApprovedV1 } from './approval/access-approved.v1.ts';
import { accessCancelledV1 } from './approval/access-cancelled.v1.ts';
import { accessDeniedV1 } from './approval/access-denied.v1.ts';
import { accessEndedV1 } from './provisioning/access-ended.v1.ts';
import { accessExpiredV1 } from './expiry/access-expired.v1.ts';
import { accessGrantFailedV1 } from './provisioning/access-grant-failed.v1.ts';
import { accessGrantedV1 } from './provisioning/access-granted.v1.ts';
import { accessOpeningDueV1 } from './expiry/access-opening-due.v1.ts';
import { accessExtendedV1 } from './expiry/access-extended.v1.ts';
import { accessOverdueV1 } from './expiry/access-overdue.v1.ts';
import { accessRemovalDelayedV1 } from './provisioning/access-removal-delayed.v1.ts';
import { accessRequestAcceptedV1 } from './request/access-request-accepted.v1.ts';
import { accessRequestRejectedV1 } from './request/access-request-rejected.v1.ts';
import { accessRequestedV1 } from './intents/access-requested.v1.ts';
import { accessReviewOverdueV1 } from './approval/access-review-overdue.v1.ts';
import { accessReviewRefusedV1 } from './approval/access-review-refused.v1.ts';
import { accessReviewRequestedV1 } from './approval/access-review-requested.v1.ts';
import { accessReviewSubmittedV1 } from './intents/access-review-submitted.v1.ts';
import { accessReviewedV1 } from './approval/access-reviewed.v1.ts';
import { accessRevocationRefusedV1 } from './expiry/access-revocation-refused.v1.ts';
import { accessRevocationRequestedV1 } from './intents/access-revocation-requested.v1.ts';
import { accessRevokedV1 } from './expiry/access-revoked.v1.ts';
import { accessScheduledV1 } from './expiry/access-scheduled.v1.ts';
import { accessWindowOpenedV1 } from './expiry/access-window-opened.v1.ts';
import { approvalDecisionRefusedV1 } from './approval/approval-decision-refused.v1.ts';
import { approvalDecisionSubmittedV1 } from './intents/approval-decision-submitted.v1.ts';
import { approvalExpiredV1 } from './approval/approval-expired.v1.ts';
import { approvalRecordedV1 } from './approval/approval-recorded.v1.ts';
import { approvalRemindedV1 } from './approval/approval-reminded.v1.ts';
import { approvalRequestedV1 } from './approval/approval-requested.v1.ts';
import { approverPolicyDecisionRefusedV1 } from './approval/approver-policy-decision-refused.v1.ts';
import { approverPolicyChangedV1 } from './approval/approver-policy-changed.v1.ts';
import { approverPolicyProposedV1 } from './approval/approver-policy-proposed.v1.ts';
import { approverPolicyRefusedV1 } from './approval/approver-policy-refused.v1.ts';
import { approverPolicySubmittedV1 } from './intents/approver-policy-submitted.v1.ts';
import { assignmentDriftDetectedV1 } from './provisioning/assignment-drift-detected.v1.ts';
import { auditRecordedV1 } from './audit/audit-recorded.v1.ts';
import { bundleChangedV1 } from './request/bundle-changed.v1.ts';
import { bundleSubmittedV1 } from './intents/bundle-submitted.v1.ts';
import { cancellationRefusedV1 } from './approval/cancellation-refused.v1.ts';
import { delegationChangedV1 } from './approval/delegation-changed.v1.ts';
import { delegationRefusedV1 } from './approval/delegation-refused.v1.ts';
import { delegationSubmittedV1 } from './intents/delegation-submitted.v1.ts';
import { duplicateRequestIgnoredV1 } from './request/duplicate-request-ignored.v1.ts';
import { eligibilityConfirmedV1 } from './request/eligibility-confirmed.v1.ts';
import { eligibilityLapsedV1 } from './request/eligibility-lapsed.v1.ts';
import { eligibilityPolicyChangedV1 } from './request/eligibility-policy-changed.v1.ts';
import { eligibilityPolicySubmittedV1 } from './intents/eligibility-policy-submitted.v1.ts';
import { lifecycleStalledV1 } from './audit/lifecycle-stalled.v1.ts';
import { limitsChangedV1 } from './request/limits-changed.v1.ts';
import { limitsSubmittedV1 } from './intents/limits-submitted.v1.ts';
import { policyChangeDecidedV1 } from './intents/policy-change-decided.v1.ts';
import { policyChangeProposedV1 } from './request/policy-change-proposed.v1.ts';
import { policyDecisionRefusedV1 } from './request/policy-decision-refused.v1.ts';
import { policyChangeRefusedV1 } from './request/policy-change-refused.v1.ts';
import { sessionActivityCollectedV1 } from './audit/session-activity-collected.v1.ts';
import { sessionsRevokedV1 } from './provisioning/sessions-revoked.v1.ts';

/** Every event of the bus, by detail-type. Generated documents, rule patterns and checks all start here. */
export const catalog = [
  // intents
  accessRequestedV1,
  approvalDecisionSubmittedV1,
  accessRevocationRequestedV1,
  eligibilityPolicySubmittedV1,
  approverPolicySubmittedV1,
  limitsSubmittedV1,
  bundleSubmittedV1,
  policyChangeDecidedV1,
  delegationSubmittedV1,
  accessReviewSubmittedV1,
  // request
  accessRequestAcceptedV1,
  accessRequestRejectedV1,
  duplicateRequestIgnoredV1,
  eligibilityConfirmedV1,
  eligibilityLapsedV1,
  eligibilityPolicyChangedV1,
  limitsChangedV1,
  bundleChangedV1,
  policyChangeProposedV1,
  policyChangeRefusedV1,
  policyDecisionRefusedV1,
  // approval
  approvalRequestedV1,
  approvalRecordedV1,
  approvalRemindedV1,
  accessApprovedV1,
  accessDeniedV1,
  approvalExpiredV1,
  accessCancelledV1,
  cancellationRefusedV1,
  approvalDecisionRefusedV1,
  approverPolicyChangedV1,
  approverPolicyProposedV1,
  approverPolicyRefusedV1,
  approverPolicyDecisionRefusedV1,
  delegationChangedV1,
  delegationRefusedV1,
  accessReviewRequestedV1,
  accessReviewedV1,
  accessReviewRefusedV1,
  accessReviewOverdueV1,
  // expiry
  accessScheduledV1,
  accessOpeningDueV1,
  accessWindowOpenedV1,
  accessExpiredV1,
  accessRevokedV1,
  accessRevocationRefusedV1,
  accessOverdueV1,
  accessExtendedV1,
  // provisioning
  accessGrantedV1,
  accessGrantFailedV1,
  accessEndedV1,
  accessRemovalDelayedV1,
  assignmentDriftDetectedV1,
  sessionsRevokedV1,
  // audit
  auditRecordedV1,
  sessionActivityCollectedV1,
  lifecycleStalledV1,
] as const satisfies readonly EventContract[];

const byDetailType: ReadonlyMap<string, EventContract> = new Map(catalog.map((contract) => [contract.detailType, contract]));

/** The contract of a detail-type, or `undefined` where there is none. */
export function findContract(detailType: string): EventContract | undefined {
  return byDetailType.get(detailType);
}
