import {
  accessEndedV1,
  accessExpiredV1,
  accessGrantedV1,
  accessGrantFailedV1,
  accessRemovalDelayedV1,
  accessRevokedV1,
  accessWindowOpenedV1,
  assignmentDriftDetectedV1,
} from '@team/contracts';
import { aggregateActions, changeActions, sweepActions, type ServiceManifest } from '@team/runtime';

/** What Identity Center holds. */
export const manifest = {
  name: 'provisioning',
  source: 'team.provisioning',
  publishes: [accessGrantedV1, accessGrantFailedV1, accessEndedV1, accessRemovalDelayedV1, assignmentDriftDetectedV1],
  tables: {
    aggregates: {
      holds: 'aggregates',
      indexes: {
        work: { partition: { name: 'workClass', type: 'S' }, sort: { name: 'workAt', type: 'N' }, holds: ['workFor'] },
        checks: { partition: { name: 'checkShard', type: 'S' }, sort: { name: 'checkAt', type: 'N' } },
      },
    },
    // The attribute is Powertools' own.
    once: { holds: 'records', forgottenBy: 'expiration' },
  },
  queues: {
    inbox: { consumes: [accessWindowOpenedV1, accessExpiredV1, accessRevokedV1], maxReceives: 5 },
    timers: { maxReceives: 5 },
    dispatch: { fifo: true, maxReceives: 5 },
  },
  functions: {
    inbox: {
      trigger: { queue: 'inbox', batchSize: 10 },
      timeoutSeconds: 30,
      actions: [...aggregateActions, 'dynamodb:DeleteItem', 'kms:GetPublicKey'],
    },
    timers: { trigger: { queue: 'timers', batchSize: 10 }, timeoutSeconds: 30, actions: changeActions },
    sweep: { trigger: { everyMinute: true }, timeoutSeconds: 50, actions: sweepActions },
    reconcile: {
      trigger: { everyMinute: true },
      timeoutSeconds: 50,
      actions: sweepActions,
    },
    dispatch: {
      trigger: { queue: 'dispatch', batchSize: 10 },
      // It mostly waits for Identity Center.
      memoryMb: 256,
      timeoutSeconds: 30,
      concurrency: 1,
      actions: [
        ...aggregateActions,
        'dynamodb:Query',
        'sso:CreateAccountAssignment',
        'sso:DeleteAccountAssignment',
        'sso:DescribeAccountAssignmentCreationStatus',
        'sso:DescribeAccountAssignmentDeletionStatus',
        'sso:DescribeInstance',
        'sso:DescribePermissionSet',
        'sso:ListAccountAssignmentCreationStatus',
        'sso:ListAccountAssignmentDeletionStatus',
        'sso:ListAccountAssignments',
      ],
    },
  },
} as const satisfies ServiceManifest;
