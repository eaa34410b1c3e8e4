import { activityCall, requestsAnswer, requestsQuestion, type RequestsAnswer, type RequestsQuestion } from '@team/contracts';
import * as z from 'zod';
import { cursor, uuid } from './values.ts';

export const activityQuestion = z.object({ after: cursor.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) });
export type ActivityQuestion = z.infer<typeof activityQuestion>;

/** Calls to AWS under the grants of a request, one grant after the other, each in the order of time. */
export const requestActivity = z.object({ items: z.array(activityCall.extend({ grantId: uuid })).readonly(), next: cursor.optional() });
export type RequestActivity = z.infer<typeof requestActivity>;

/** What verifying the trail of one request found. */
export const verification = z.object({
  /** Checkpoints, chains and records looked at. */
  checkpoints: z.int(),
  chains: z.int(),
  records: z.int(),
  /** On their way into their chain. */
  waiting: z.int(),
  problems: z.array(z.object({ chain: z.string(), seq: z.number().optional(), kind: z.string(), message: z.string() })).readonly(),
  /** Problems found beyond those listed. */
  omitted: z.int(),
});
export type Verification = z.infer<typeof verification>;
export const verifyQuestion = z.strictObject({});

/** A question about requests, as the audit service takes it; `after` is the `next` of the page before, of the same question. */
export const auditQuestion = requestsQuestion;
export type AuditQuestion = RequestsQuestion;
/** A page may be empty and not the last: little of what was looked at fitted. */
export const auditAnswer = requestsAnswer;
export type AuditAnswer = RequestsAnswer;
