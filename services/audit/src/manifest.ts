import { auditRecordedV1 } from '@team/contracts';
import type { ServiceManifest } from '@team/runtime';

const read = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'] as const;
const append = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'events:PutEvents'] as const;

/** What can be proven. No function may delete. */
export const manifest = {
  name: 'audit',
  source: 'team.audit',
  publishes: [auditRecordedV1],
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
  },
  queues: { inbox: { consumes: 'everything', maxReceives: 5 } },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 30, actions: [...append, 'sqs:SendMessage'] },
    query: { trigger: { invoked: true }, timeoutSeconds: 300, actions: [...read, 'dynamodb:Scan'] },
    sweep: { trigger: { everyMinute: true }, timeoutSeconds: 50, actions: [...append, 'dynamodb:BatchGetItem', 'dynamodb:Query'] },
  },
} as const satisfies ServiceManifest;
