import {
  accessApprovedV1,
  accessEndedV1,
  accessExpiredV1,
  accessExtendedV1,
  accessGrantedV1,
  accessGrantFailedV1,
  accessOpeningDueV1,
  accessOverdueV1,
  accessRevocationRefusedV1,
  accessRevocationRequestedV1,
  accessRevokedV1,
  accessScheduledV1,
  accessWindowOpenedV1,
  eligibilityConfirmedV1,
  eligibilityLapsedV1,
} from '@team/contracts';
import { changeActions, sweepActions, type ServiceManifest } from '@team/runtime';

const judgeActions = [
  ...changeActions,
  'identitystore:DescribeUser',
  'identitystore:IsMemberInGroups',
  'identitystore:ListGroupMembershipsForMember',
  'identitystore:ListGroups',
  'identitystore:ListUsers',
] as const;

/** When it starts, and when it ends. */
export const manifest = {
  name: 'expiry',
  source: 'team.expiry',
  publishes: [
    accessScheduledV1,
    accessOpeningDueV1,
    accessWindowOpenedV1,
    accessExpiredV1,
    accessRevokedV1,
    accessRevocationRefusedV1,
    accessOverdueV1,
    accessExtendedV1,
  ],
  tables: { aggregates: { holds: 'aggregates' } },
  queues: {
    inbox: {
      consumes: [
        accessApprovedV1,
        accessRevocationRequestedV1,
        accessGrantedV1,
        accessGrantFailedV1,
        accessEndedV1,
        eligibilityConfirmedV1,
        eligibilityLapsedV1,
      ],
      maxReceives: 5,
    },
    timers: { maxReceives: 5 },
  },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 30, actions: [...judgeActions, 'dynamodb:PutItem', 'kms:GetPublicKey'] },
    timers: { trigger: { queue: 'timers', batchSize: 10 }, timeoutSeconds: 30, actions: judgeActions },
    sweep: { trigger: { everyMinute: true }, timeoutSeconds: 50, actions: sweepActions },
  },
} as const satisfies ServiceManifest;
