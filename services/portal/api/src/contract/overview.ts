import * as z from 'zod';
import { timestamp } from './values.ts';

const counted = z.object({ name: z.string(), count: z.int() });

/** What happened in the last thirty days, as far as the caller may see. */
export const overview = z.object({
  from: timestamp,
  requests: z.array(z.object({ day: z.string(), count: z.int() })).readonly(),
  byStatus: z.array(counted).readonly(),
  byAccount: z.array(counted).readonly(),
  byPermissionSet: z.array(counted).readonly(),
  /** From asking to approval (seconds); absent where nobody approved anything. */
  approvalSeconds: z.object({ median: z.number(), p90: z.number() }).optional(),
  activeNow: z.int(),
  /** How many requests these are of: the newest, at most so many. */
  counted: z.int(),
  now: timestamp,
});
export type Overview = z.infer<typeof overview>;
