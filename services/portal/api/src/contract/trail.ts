import { activityCall } from '@team/contracts';
import * as z from 'zod';
import { cursor, uuid } from './values.ts';

export const activityQuestion = z.object({ after: cursor.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) });
export type ActivityQuestion = z.infer<typeof activityQuestion>;

/** Calls to AWS under the grants of a request, one grant after the other, each in the order of time. */
export const requestActivity = z.object({ items: z.array(activityCall.extend({ grantId: uuid })).readonly(), next: cursor.optional() });
export type RequestActivity = z.infer<typeof requestActivity>;

/** What verifying the trail of one request found. */
export const verification = z.object({
  records: z.int(),
  /** On their way into their chain. */
  waiting: z.int(),
  problems: z.array(z.object({ chain: z.string(), seq: z.number().optional(), kind: z.string(), message: z.string() })).readonly(),
  /** Problems found beyond those listed. */
  omitted: z.int(),
});
export type Verification = z.infer<typeof verification>;
export const verifyQuestion = z.strictObject({});
