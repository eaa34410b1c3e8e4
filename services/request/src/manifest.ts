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
  duplicateRequestIgnoredV1,
  eligibilityConfirmedV1,
  eligibilityLapsedV1,
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
  'sso:DescribePermissionSet',
  'sso:ListPermissionSets',
  'sso:ListPermissionSetsProvisionedToAccount',
] as const;

/** Who may ask. */
export const manifest = {
  name: 'request',
  source: 'team.request',
  publishes: [accessRequestAcceptedV1, accessRequestRejectedV1, duplicateRequestIgnoredV1, eligibilityConfirmedV1, eligibilityLapsedV1],
  tables: { aggregates: { holds: 'aggregates' }, policies: { holds: 'records' } },
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
      ],
      maxReceives: 5,
    },
    timers: { maxReceives: 5 },
  },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 30, actions: judgeActions },
    timers: { trigger: { queue: 'timers', batchSize: 10 }, timeoutSeconds: 30, actions: judgeActions },
    sweep: { trigger: { everyMinute: true }, timeoutSeconds: 50, actions: sweepActions },
  },
  signingKey: 'acceptance',
} as const satisfies ServiceManifest;
