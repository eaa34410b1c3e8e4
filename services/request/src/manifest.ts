import {
  accessCancelledV1,
  accessDeniedV1,
  accessEndedV1,
  accessGrantFailedV1,
  accessOpeningDueV1,
  accessRequestAcceptedV1,
  accessRequestedV1,
  accessRequestRejectedV1,
  approvalExpiredV1,
  approverPolicyChangedV1,
  bundleChangedV1,
  bundleSubmittedV1,
  duplicateRequestIgnoredV1,
  eligibilityConfirmedV1,
  eligibilityLapsedV1,
  eligibilityPolicyChangedV1,
  eligibilityPolicySubmittedV1,
  limitsChangedV1,
  limitsSubmittedV1,
  policyChangeDecidedV1,
  policyChangeProposedV1,
  policyChangeRefusedV1,
  policyDecisionRefusedV1,
} from '@team/contracts';
import { aggregateActions, sweepActions, type ServiceManifest } from '@team/runtime';

const judgeActions = [
  ...aggregateActions,
  'dynamodb:Scan',
  'identitystore:DescribeUser',
  'identitystore:ListGroupMembershipsForMember',
  'identitystore:ListGroups',
  'identitystore:ListUsers',
  'kms:Sign',
  'organizations:DescribeAccount',
  'organizations:DescribeOrganization',
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListParents',
  'organizations:ListRoots',
  'organizations:ListTagsForResource',
  'sso:DescribePermissionSet',
  'sso:ListPermissionSets',
  'sso:ListPermissionSetsProvisionedToAccount',
  'sso:ListTagsForResource',
] as const;

/** To judge changes of policy, and what a second administrator says of them. */
const governActions = ['identitystore:ListGroupMemberships', 'kms:GetPublicKey'] as const;

/** To look things up, and to change nothing. */
const queryActions = ['identitystore:ListGroupMemberships', ...judgeActions.filter((action) => /^(dynamodb:(GetItem|Scan)|identitystore:|organizations:|sso:)/.test(action))] as const;

/** Who may ask. */
export const manifest = {
  name: 'request',
  source: 'team.request',
  publishes: [
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
  ],
  tables: { aggregates: { holds: 'aggregates' }, policies: { holds: 'aggregates', scanned: true } },
  queues: {
    inbox: {
      consumes: [
        accessRequestedV1,
        accessOpeningDueV1,
        accessDeniedV1,
        approvalExpiredV1,
        accessCancelledV1,
        accessGrantFailedV1,
        accessEndedV1,
        eligibilityPolicySubmittedV1,
        limitsSubmittedV1,
        bundleSubmittedV1,
        policyChangeDecidedV1,
        approverPolicyChangedV1,
      ],
      maxReceives: 5,
    },
    timers: { maxReceives: 5 },
  },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 30, actions: [...judgeActions, ...governActions] },
    timers: { trigger: { queue: 'timers', batchSize: 10 }, timeoutSeconds: 30, actions: judgeActions },
    query: { trigger: { invoked: true }, timeoutSeconds: 60, actions: queryActions },
    sweep: { trigger: { everyMinute: true }, timeoutSeconds: 50, actions: sweepActions },
  },
  signingKey: 'acceptance',
} as const satisfies ServiceManifest;
