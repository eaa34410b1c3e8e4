import { policyId, requestStatuses } from '@team/contracts';
import * as z from 'zod';
import { lists } from './choices.ts';
import { accountId, cursor, permissionSetArn, reason, someone, timestamp, uuid, who } from './values.ts';

export const status = z.enum(requestStatuses);
export type Status = z.infer<typeof status>;

export const listName = z.enum(lists);
export type ListName = z.infer<typeof listName>;

export const listQuestion = z.object({
  list: listName.default('mine'),
  status: status.optional(),
  /** User name of the requester. */
  person: z.string().max(128).optional(),
  accountId: accountId.optional(),
  after: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListQuestion = z.infer<typeof listQuestion>;

/** A line of a list. */
export const requestRow = z.object({
  requestId: uuid,
  status,
  askedAt: timestamp,
  requester: z.object({ userId: z.string().optional(), userName: z.string() }),
  askedBy: z.string().optional(),
  /** Of at most fifty; each with its own status once it is approved. */
  targets: z
    .array(
      z.object({
        accountId: accountId.optional(),
        accountName: z.string(),
        permissionSetName: z.string(),
        /** Asked for by this name, and not taken apart: it is not judged yet, or was rejected. */
        bundle: policyId.optional(),
      }),
    )
    .readonly(),
  startAt: timestamp.optional(),
  durationMinutes: z.int().optional(),
  justification: z.string().optional(),
  ticket: z.string().optional(),
  breakGlass: z.boolean(),
  /** The request that it prolongs. */
  extends: uuid.optional(),
  /** By when somebody must have decided. */
  deadlineAt: timestamp.optional(),
  /** When people had agreed to it; absent where nobody has, or nobody had to. */
  approvedAt: timestamp.optional(),
  /** When the last of its access ends, or ended. */
  endsAt: timestamp.optional(),
  /** Why it came to nothing. */
  reason: z.string().optional(),
  /** In whose place the caller would decide on it now: user name; absent: in their own right, or not at all. */
  inPlaceOf: z.string().optional(),
});
export type RequestRow = z.infer<typeof requestRow>;

export const requestRows = z.object({ items: z.array(requestRow).readonly(), next: cursor.optional(), now: timestamp });
export type RequestRows = z.infer<typeof requestRows>;

export const grantDetail = z.object({
  grantId: uuid,
  status,
  accountId,
  accountName: z.string(),
  permissionSetArn,
  permissionSetName: z.string(),
  reason: reason.optional(),
  by: who.optional(),
  grantedAt: timestamp.optional(),
  endsAt: timestamp.optional(),
  endedAt: timestamp.optional(),
  removedAt: timestamp.optional(),
  credentialsUselessBy: timestamp.optional(),
  overdue: z.boolean(),
  /** What was done under it, as it was collected last: `collection` of `collections`. */
  activity: z
    .object({
      ...{ reads: z.int(), writes: z.int(), errors: z.int(), afterRemoval: z.int(), services: z.array(z.string()).readonly(), state: z.enum(['complete', 'partial', 'missing']) },
      use: z.enum(['unused', 'only_reads', 'used', 'after_removal', 'unknown']).optional(),
      /** Why it could not be read. */
      reason: reason.optional(),
      collection: z.int().optional(),
      collections: z.int().optional(),
      collectedAt: timestamp,
    })
    .optional(),
});
export type GrantDetail = z.infer<typeof grantDetail>;

const decisions = z.array(z.object({ decider: z.string(), onBehalfOf: z.string().optional(), verdict: z.string(), comment: z.string().optional(), decidedAt: timestamp })).readonly();

/** What some targets take to be approved. */
export const approvalChain = z.object({
  targets: z.array(z.string()).readonly(),
  /** How many stages there are; those of which nobody was asked yet have no step. */
  stages: z.int(),
  steps: z
    .array(
      z.object({
        policyId: z.string(),
        /** Counted from 1. */
        stage: z.int(),
        quorum: z.int(),
        approvers: z.array(z.string()).readonly(),
        since: timestamp,
        /** More people were asked later than at first. */
        escalated: z.boolean(),
        /** `over`: it came to nothing before enough had agreed. */
        status: z.enum(['agreed', 'waits', 'over']),
        decisions,
      }),
    )
    .readonly(),
});
export type ApprovalChain = z.infer<typeof approvalChain>;

/** Everything about one request. */
export const requestDetail = z.object({
  row: requestRow,
  grants: z.array(grantDetail).readonly(),
  reasons: z.array(z.object({ code: z.string().optional(), message: z.string(), about: z.string().optional() })).readonly(),
  warnings: z.array(reason).readonly(),
  /** Who is waited for, stage by stage. */
  waitsFor: z.array(z.object({ policyId: z.string(), missing: z.int(), approvers: z.array(z.string()).readonly() })).readonly(),
  decisions,
  /** Who was asked, stage by stage, and who decided there; targets that take other stages apart. Empty where nobody was asked. */
  approval: z.array(approvalChain).readonly(),
  review: z.object({ status: z.enum(['later', 'waiting', 'overdue', 'reviewed']), reviewBy: timestamp.optional(), verdict: z.string().optional(), by: z.string().optional(), at: timestamp.optional() }).optional(),
  extends: uuid.optional(),
  /**
   * In the order in which it happened; what comes late stands where it belongs. `answerTo`, of a refusal: who had said what does not count.
   * `disregarded`: it was said by somebody who may not, and changed nothing.
   */
  history: z.array(z.object({ eventId: z.string(), at: timestamp, source: z.string(), detailType: z.string(), text: z.string(), answerTo: z.string().optional(), disregarded: z.string().optional() })).readonly(),
  /** What the caller may do with it now. */
  may: z.object({ decide: z.boolean(), cancel: z.boolean(), end: z.boolean(), extend: z.boolean(), review: z.boolean() }),
  /** How often this person had each of these permission sets in these accounts before. */
  requesterBefore: z.array(z.object({ accountName: z.string(), permissionSetName: z.string(), times: z.int() })).readonly(),
  now: timestamp,
});
export type RequestDetail = z.infer<typeof requestDetail>;
export { permissionSetArn, someone };
