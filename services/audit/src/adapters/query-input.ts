import { activityQuestion, timestamp, uuid } from '@team/contracts';
import { parseQuery } from '@team/runtime';
import * as z from 'zod';
import type { Query } from '../domain/query.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html: at most 1,024 bytes. */
const archiveKey = z.string().min(1).max(1024).regex(/^[\w./-]+$/);

const query = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('events'),
    requestId: uuid.optional(),
    after: z.string().max(256).optional(),
    since: timestamp.optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  z.strictObject({
    op: z.literal('verify'),
    requestId: uuid.optional(),
    from: timestamp.optional(),
    to: timestamp.optional(),
    // Ends in a partition key, of which DynamoDB allows 2,048 bytes.
    after: z.string().max(2200).optional(),
  }),
  activityQuestion,
  z.strictObject({ op: z.literal('archive'), from: timestamp.optional(), to: timestamp.optional(), after: archiveKey.optional() }),
  z.strictObject({ op: z.literal('object'), key: archiveKey, offset: z.int().min(0).default(0) }),
]);

/**
 * The query in an input of the function `query`.
 *
 * @throws TeamError `ERR_QUERY_INVALID` that names every wrong field
 */
export const parseAuditQuery = (input: unknown): Query => parseQuery(query, input, 'of the audit trail');

const rebuild = z.strictObject({
  requestId: uuid.optional(),
  after: z.string().min(1).max(2200).optional(),
});

/**
 * What is to be rebuilt, from an input of the function `rebuild`.
 *
 * @throws TeamError `ERR_QUERY_INVALID` that names every wrong field
 */
export const parseRebuild = (input: unknown): z.infer<typeof rebuild> => parseQuery(rebuild, input, 'about what is to be rebuilt');
