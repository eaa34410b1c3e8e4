import {
  accessApprovedV1,
  accessCancelledV1,
  accessDeniedV1,
  accessEndedV1,
  accessGrantFailedV1,
  accessRequestAcceptedV1,
  accessReviewedV1,
  accessReviewOverdueV1,
  accessReviewRefusedV1,
  accessReviewRequestedV1,
  accessReviewSubmittedV1,
  accessRevocationRequestedV1,
  approvalDecisionRefusedV1,
  approvalDecisionSubmittedV1,
  approvalExpiredV1,
  approvalRecordedV1,
  approvalRemindedV1,
  approvalRequestedV1,
  approverPolicyChangedV1,
  approverPolicyDecisionRefusedV1,
  approverPolicyProposedV1,
  approverPolicyRefusedV1,
  approverPolicySubmittedV1,
  cancellationRefusedV1,
  delegationChangedV1,
  delegationRefusedV1,
  delegationSubmittedV1,
  eligibilityPolicyChangedV1,
  limitsChangedV1,
  policyChangeDecidedV1,
} from '@team/contracts';
import { changeActions, sweepActions, type ServiceManifest } from '@team/runtime';

/** To judge what people say about a request that is known, and to sign what follows. */
const judgeActions = [
  ...changeActions,
  'identitystore:DescribeUser',
  'identitystore:ListGroupMembershipsForMember',
  'identitystore:ListGroups',
  'identitystore:ListUsers',
  'kms:GetPublicKey',
  'kms:Sign',
] as const;

/** To find out whose yes a request takes. */
const beginActions = [
  'dynamodb:Scan',
  'identitystore:ListGroupMemberships',
  'organizations:DescribeAccount',
  'organizations:DescribeOrganization',
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListParents',
  'organizations:ListRoots',
  'sso:DescribePermissionSet',
  'sso:ListPermissionSets',
] as const;

/** To look things up, and to change nothing. */
const queryActions = ['dynamodb:GetItem', ...beginActions, 'identitystore:DescribeUser', 'identitystore:ListGroupMembershipsForMember', 'identitystore:ListGroups', 'identitystore:ListUsers'] as const;

/** Who says yes. */
export const manifest = {
  name: 'approval',
  source: 'team.approval',
  publishes: [
    approvalRequestedV1,
    approvalRecordedV1,
    approvalRemindedV1,
    accessApprovedV1,
    accessDeniedV1,
    approvalExpiredV1,
    accessCancelledV1,
    cancellationRefusedV1,
    approvalDecisionRefusedV1,
    accessReviewRequestedV1,
    accessReviewedV1,
    accessReviewRefusedV1,
    accessReviewOverdueV1,
    delegationChangedV1,
    delegationRefusedV1,
    approverPolicyChangedV1,
    approverPolicyProposedV1,
    approverPolicyRefusedV1,
    approverPolicyDecisionRefusedV1,
  ],
  tables: { aggregates: { holds: 'aggregates' }, policies: { holds: 'aggregates', scanned: true } },
  queues: {
    inbox: {
      consumes: [
        accessRequestAcceptedV1,
        approvalDecisionSubmittedV1,
        accessRevocationRequestedV1,
        accessReviewSubmittedV1,
        accessEndedV1,
        accessGrantFailedV1,
        delegationSubmittedV1,
        approverPolicySubmittedV1,
        policyChangeDecidedV1,
        eligibilityPolicyChangedV1,
        limitsChangedV1,
      ],
      maxReceives: 5,
    },
    timers: { maxReceives: 5 },
  },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 60, actions: [...judgeActions, 'dynamodb:PutItem', ...beginActions] },
    // A policy that was admitted and not written may be the first of its key.
    timers: { trigger: { queue: 'timers', batchSize: 10 }, timeoutSeconds: 60, actions: [...judgeActions, 'dynamodb:PutItem'] },
    query: { trigger: { invoked: true }, timeoutSeconds: 60, actions: queryActions },
    sweep: { trigger: { everyMinute: true }, timeoutSeconds: 50, actions: sweepActions },
  },
  signingKey: 'proof',
} as const satisfies ServiceManifest;
