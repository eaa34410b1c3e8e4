import * as z from 'zod';
import { accountId, permissionSetArn, reason, shortText, timestamp, uuid } from '../primitives.ts';
import { requestStatuses } from '../request-status.ts';

/** Where to go on: `next` of an earlier answer to the same question. Opaque. */
const after = z.string().max(512).optional();
const page = { after, limit: z.int().min(1).max(200).default(50) };
/** Asked from then on, and before then. */
const period = { from: timestamp.optional(), to: timestamp.optional() };

/** What requests can be looked up by. Several: all of them hold. */
export const requestsBy = z.strictObject({
  /** User id or user name of who asked, or for whom. */
  person: shortText.optional(),
  /** User id or user name of who decided. */
  approver: shortText.optional(),
  accountId: accountId.optional(),
  /** Name or ARN. */
  permissionSet: shortText.optional(),
  ticket: shortText.optional(),
  emitter: shortText.optional(),
  status: z.enum(requestStatuses).optional(),
  breakGlass: z.literal(true).optional(),
});
export type RequestsBy = z.infer<typeof requestsBy>;

/** What the function `query` of the audit service can be asked about requests. Every answer is a page, the newest first. */
export const requestsQuestion = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('requests'), by: requestsBy.default({}), ...period, ...page }),
  /** Who could reach an account at a moment, the credentials that still worked after the removal included. */
  z.strictObject({ op: z.literal('who-could-reach'), accountId, at: timestamp, ...page }),
  /** What a person held at any time of a period. */
  z.strictObject({ op: z.literal('held'), person: shortText, from: timestamp, to: timestamp, ...page }),
  /** What people approved within so many seconds after it was accepted. */
  z.strictObject({ op: z.literal('quick-approvals'), withinSeconds: z.int().min(1).max(3_600).default(60), ...period, ...page }),
  /** Break glass that nobody has reviewed. */
  z.strictObject({ op: z.literal('unreviewed'), ...period, ...page }),
  /** Grants that nobody used, or used for reading only, as far as it was collected. */
  z.strictObject({ op: z.literal('unused'), kind: z.enum(['unused', 'only-reads']).default('unused'), ...period, ...page }),
  /** Requests of which something is missing, the longest missing first. */
  z.strictObject({ op: z.literal('stalled'), ...page }),
]);
export type RequestsQuestion = z.infer<typeof requestsQuestion>;

const somebody = z.object({ userId: z.string().optional(), userName: z.string(), displayName: z.string().optional() });
const who = z.object({ kind: z.enum(['person', 'emitter', 'service']), name: z.string() });

/** One permission set in one account under a request, from when until when, and what came of it. */
export const grantSummary = z.object({
  grantId: uuid,
  status: z.string(),
  accountId: accountId.optional(),
  accountName: z.string().optional(),
  permissionSetArn: permissionSetArn.optional(),
  permissionSetName: z.string().optional(),
  grantedAt: timestamp.optional(),
  /** When it is to end. */
  endsAt: timestamp.optional(),
  /** When its end was said, and by whom; nobody: its time ran out. */
  endedAt: timestamp.optional(),
  endedBy: who.optional(),
  removedAt: timestamp.optional(),
  credentialsUselessBy: timestamp.optional(),
  failure: reason.optional(),
  /** Of what was collected last: counts of calls, the services used, and where the detail lies. */
  activity: z
    .object({
      reads: z.int(),
      writes: z.int(),
      errors: z.int(),
      afterRemoval: z.int(),
      services: z.array(z.string()).readonly(),
      state: z.enum(['complete', 'partial', 'missing']),
      detailLocation: z.string().optional(),
      collectedAt: timestamp,
    })
    .optional(),
  /** What was granted and not used, where that is known. */
  use: z.enum(['unused', 'only-reads']).optional(),
});
export type GrantSummary = z.infer<typeof grantSummary>;

/** One request from asking to what was done with it. Texts are as people wrote them. */
export const requestSummary = z.object({
  requestId: uuid,
  status: z.string(),
  askedAt: timestamp.optional(),
  requester: somebody.optional(),
  askedBy: somebody.optional(),
  emitter: z.string().optional(),
  startAt: timestamp.optional(),
  durationMinutes: z.int().optional(),
  justification: z.string().optional(),
  ticket: z.object({ id: z.string(), system: z.string().optional(), url: z.string().optional() }).optional(),
  breakGlass: z.boolean(),
  extends: uuid.optional(),
  /** Why it came to nothing. */
  reasons: z.array(reason).readonly(),
  decisions: z.array(z.object({ decider: somebody, onBehalfOf: somebody.optional(), verdict: z.enum(['approve', 'deny']), comment: z.string().optional(), decidedAt: timestamp })).readonly(),
  approvedAt: timestamp.optional(),
  /** From acceptance to approval; absent where no person approved. */
  approvedInSeconds: z.number().optional(),
  /** Where a question is about grants, those that it is about. */
  grants: z.array(grantSummary).readonly(),
  review: z.object({ reviewBy: timestamp.optional(), reviewedAt: timestamp.optional(), reviewer: somebody.optional(), verdict: z.string().optional() }).optional(),
  /** What is missing now. */
  stalled: z.array(z.object({ grantId: uuid.optional(), missing: z.array(z.string()).readonly(), since: timestamp, lastSeen: z.string() })).readonly(),
});
export type RequestSummary = z.infer<typeof requestSummary>;

/** Answer to all of these. No `next`: that was the last page. A page may be empty and not the last: little of what was looked at fitted. */
export const requestsAnswer = z.object({ requests: z.array(requestSummary).readonly(), next: z.string().optional() });
export type RequestsAnswer = z.infer<typeof requestsAnswer>;

/** What the function `query` of the audit service can be asked about what was done under a grant. */
export const activityQuestion = z.strictObject({
  op: z.literal('activity'),
  grantId: uuid,
  after: z.string().max(128).optional(),
  limit: z.int().min(1).max(500).default(100),
});

/** One call to AWS under a grant, as CloudTrail recorded it. */
export const activityCall = z.object({
  /** CloudTrail's own id. */
  eventId: z.string(),
  /** When it was made, ISO 8601 UTC. */
  at: z.string(),
  /** Who answered it: `s3.amazonaws.com`. */
  service: z.string(),
  /** What was asked for: `GetObject`. */
  action: z.string(),
  readOnly: z.boolean(),
  /** Why AWS refused it, or could not do it. */
  errorCode: z.string().optional(),
  sourceIp: z.string().optional(),
  region: z.string().optional(),
});
export type ActivityCall = z.infer<typeof activityCall>;

/** Calls in the order of their times. Of grants with very many calls not all are kept: the fact counts them all. */
export const activityAnswer = z.object({
  calls: z.array(activityCall),
  /** There may be more: ask again with this as `after`. */
  next: z.string().optional(),
});
export type ActivityAnswer = z.infer<typeof activityAnswer>;
