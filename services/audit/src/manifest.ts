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
  auditRecordedV1,
  duplicateRequestIgnoredV1,
  eligibilityConfirmedV1,
  eligibilityLapsedV1,
  lifecycleStalledV1,
  sessionActivityCollectedV1,
} from '@team/contracts';
import { aggregateActions, changeActions, sweepActions, type ServiceManifest } from '@team/runtime';

const read = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'] as const;
const append = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'events:PutEvents'] as const;
/** Checkpoints are verified with the key that signs them, wherever it is asked about. */
const readArchive = ['kms:GetPublicKey', 's3:GetObject', 's3:ListBucket'] as const;
const checkpoint = ['dynamodb:PutItem', 'kms:GetPublicKey', 'kms:Sign', 's3:GetObject', 's3:PutObject'] as const;

/** What is logged of each checkpoint. */
export const checkpointWords = 'checkpoint made';

/** What moves a request's lifecycle. */
const moves = [
  accessRequestedV1,
  accessRequestAcceptedV1,
  accessRequestRejectedV1,
  duplicateRequestIgnoredV1,
  approvalRequestedV1,
  approvalRecordedV1,
  accessApprovedV1,
  accessDeniedV1,
  approvalExpiredV1,
  accessCancelledV1,
  accessScheduledV1,
  accessOpeningDueV1,
  eligibilityConfirmedV1,
  eligibilityLapsedV1,
  accessWindowOpenedV1,
  accessGrantedV1,
  accessGrantFailedV1,
  accessExtendedV1,
  accessExpiredV1,
  accessRevokedV1,
  accessOverdueV1,
  accessRemovalDelayedV1,
  accessEndedV1,
  accessReviewRequestedV1,
  accessReviewOverdueV1,
  accessReviewedV1,
  sessionActivityCollectedV1,
] as const;

/** What can be proven. No function may delete. */
export const manifest = {
  name: 'audit',
  source: 'team.audit',
  publishes: [auditRecordedV1, lifecycleStalledV1, sessionActivityCollectedV1],
  tables: {
    records: {
      holds: 'records',
      indexes: {
        /** Records that have their place in a chain, in its order. */
        chain: { partition: { name: 'chain', type: 'S' }, sort: { name: 'seq', type: 'N' } },
        /** All records, day by day, in the order in which they came. */
        arrival: { partition: { name: 'arrivalDay', type: 'S' }, sort: { name: 'arrivalKey', type: 'S' } },
        /** Records without a place in their chain yet. */
        unchained: { partition: { name: 'unchainedShard', type: 'S' }, sort: { name: 'unchainedAt', type: 'N' } },
      },
    },
    heads: {
      holds: 'records',
      indexes: {
        /** Chains whose head moved in an hour, and not after it. */
        moved: { partition: { name: 'movedHour', type: 'S' }, sort: { name: 'pk', type: 'S' } },
      },
    },
    checkpoints: { holds: 'records' },
    /** Per grant, how far collecting has come. */
    activity: { holds: 'aggregates', afterwards: true },
    /** What was done under grants, call by call. */
    'activity-details': { holds: 'records', sortedBy: 'calledAt' },
    lifecycles: {
      holds: 'aggregates',
      afterwards: true,
      indexes: {
        /** Requests by their status now, in the order in which they were asked. */
        status: { partition: { name: 'status', type: 'S' }, sort: { name: 'askedKey', type: 'S' } },
        /** Break glass that nobody has reviewed. */
        unreviewed: { partition: { name: 'unreviewed', type: 'S' }, sort: { name: 'askedKey', type: 'S' } },
        /** Requests of which something is missing, the longest missing first. */
        stalled: { partition: { name: 'stalled', type: 'S' }, sort: { name: 'stalledKey', type: 'S' } },
      },
    },
    /** Under which words which request is found, in the order in which they were asked. */
    terms: { holds: 'records', sortedBy: 'at' },
  },
  signingKey: 'checkpoint',
  buckets: ['archive'],
  queues: {
    inbox: { consumes: 'everything', maxReceives: 5 },
    grants: { consumes: [accessWindowOpenedV1, accessGrantedV1, accessEndedV1], maxReceives: 5 },
    follow: { consumes: moves, maxReceives: 5 },
    timers: { maxReceives: 5 },
  },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 30, actions: [...append, 'sqs:SendMessage'] },
    follow: { trigger: { queue: 'follow', batchSize: 10 }, timeoutSeconds: 30, actions: aggregateActions },
    query: { trigger: { invoked: true }, timeoutSeconds: 300, actions: [...read, 'dynamodb:Scan', ...readArchive] },
    rebuild: { trigger: { invoked: true }, timeoutSeconds: 300, actions: [...append, 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'] },
    checkpoint: { trigger: { everyMinute: true }, timeoutSeconds: 600, memoryMb: 1024, mustSay: { words: checkpointWords, withinHours: 2 }, actions: [...read, ...checkpoint] },
    grants: { trigger: { queue: 'grants', batchSize: 10 }, timeoutSeconds: 30, actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'sqs:SendMessage'] },
    timers: {
      trigger: { queue: 'timers', batchSize: 4 },
      timeoutSeconds: 120,
      actions: [...changeActions, 'dynamodb:PutItem', 'dynamodb:Query'],
      activityActions: {
        athena: ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
        lake: ['cloudtrail:StartQuery', 'cloudtrail:GetQueryResults'],
        lookup: ['cloudtrail:LookupEvents'],
      },
    },
    sweep: { trigger: { everyMinute: true }, timeoutSeconds: 50, actions: [...append, ...sweepActions, 'dynamodb:BatchGetItem'] },
  },
} as const satisfies ServiceManifest;
