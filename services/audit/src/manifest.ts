import { accessEndedV1, accessGrantedV1, accessWindowOpenedV1, auditRecordedV1, sessionActivityCollectedV1 } from '@team/contracts';
import { changeActions, sweepActions, type ServiceManifest } from '@team/runtime';

const read = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'] as const;
const append = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'events:PutEvents'] as const;

/** What can be proven. No function may delete. */
export const manifest = {
  name: 'audit',
  source: 'team.audit',
  publishes: [auditRecordedV1, sessionActivityCollectedV1],
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
    heads: { holds: 'records' },
    /** Per grant, how far collecting has come. */
    activity: { holds: 'aggregates', afterwards: true },
    /** What was done under grants, call by call. */
    'activity-details': {
      holds: 'records',
      indexes: { grant: { partition: { name: 'grantId', type: 'S' }, sort: { name: 'lineKey', type: 'S' }, holds: 'everything' } },
    },
  },
  queues: {
    inbox: { consumes: 'everything', maxReceives: 5 },
    grants: { consumes: [accessWindowOpenedV1, accessGrantedV1, accessEndedV1], maxReceives: 5 },
    timers: { maxReceives: 5 },
  },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 30, actions: [...append, 'sqs:SendMessage'] },
    query: { trigger: { invoked: true }, timeoutSeconds: 300, actions: [...read, 'dynamodb:Scan'] },
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
