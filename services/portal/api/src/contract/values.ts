import { accountId, permissionSetArn, reason, timestamp, uuid } from '@team/contracts';
import * as z from 'zod';

/** A person as the Identity Store has them. */
export const someone = z.object({ userId: z.string(), userName: z.string(), displayName: z.string().optional() });
export type Someone = z.infer<typeof someone>;

/** Who caused a thing: a person, a system that emits events, or a service of TEAM's. */
export const who = z.object({ kind: z.enum(['person', 'emitter', 'service']), name: z.string() });
export type Who = z.infer<typeof who>;

/** Where a list goes on: `next` of the page before. Opaque. */
export const cursor = z.string().min(1).max(512);

/** An error, as RFC 9457 has it; `code` never changes once published, `detail` says what to do. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  /** Of the call, to be found in the log. */
  instance: z.string().optional(),
  /** What of the input is wrong, one by one. */
  problems: z.array(z.object({ field: z.string(), message: z.string() })).readonly().optional(),
});
export type Problem = z.infer<typeof problem>;

/** What was taken in and is judged now: where the outcome will stand. */
export const taken = z.object({ requestId: uuid, href: z.string() });
export type Taken = z.infer<typeof taken>;

export { accountId, permissionSetArn, reason, timestamp, uuid };
