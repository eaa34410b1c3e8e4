import { auditRecordedV1 } from '@team/contracts';
import type { ServiceManifest } from '@team/runtime';

const read = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'] as const;
const append = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'events:PutEvents'] as const;
/** Checkpoints are verified with the key that signs them, wherever it is asked about. */
const readArchive = ['kms:GetPublicKey', 's3:GetObject', 's3:ListBucket'] as const;
const checkpoint = ['dynamodb:PutItem', 'kms:GetPublicKey', 'kms:Sign', 's3:GetObject', 's3:PutObject'] as const;

/** What is logged of each checkpoint. */
export const checkpointWords = 'checkpoint made';

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
    heads: {
      holds: 'records',
      indexes: {
        /** Chains whose head moved in an hour, and not after it. */
        moved: { partition: { name: 'movedHour', type: 'S' }, sort: { name: 'pk', type: 'S' } },
      },
    },
    checkpoints: { holds: 'records' },
  },
  signingKey: 'checkpoint',
  buckets: ['archive'],
  queues: { inbox: { consumes: 'everything', maxReceives: 5 } },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 30, actions: [...append, 'sqs:SendMessage'] },
    query: { trigger: { invoked: true }, timeoutSeconds: 300, actions: [...read, 'dynamodb:Scan', ...readArchive] },
    checkpoint: { trigger: { everyMinute: true }, timeoutSeconds: 600, memoryMb: 1024, mustSay: { words: checkpointWords, withinHours: 2 }, actions: [...read, ...checkpoint] },
    sweep: { trigger: { everyMinute: true }, timeoutSeconds: 50, actions: [...append, 'dynamodb:BatchGetItem', 'dynamodb:Query'] },
  },
} as const satisfies ServiceManifest;
