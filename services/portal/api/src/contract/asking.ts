import { comment, justification, minutes, policyId, shortText } from '@team/contracts';
import * as z from 'zod';
import { accountId, cursor, permissionSetArn, reason, timestamp, uuid } from './values.ts';

/** Whose list it is, where that is somebody else's, told to those alone who may ask for others: user name or id. */
const forWhom = { for: shortText.optional() };

/** One permission set in one account that the person may ask for. */
export const askable = z.object({
  accountId,
  accountName: z.string(),
  permissionSetArn,
  permissionSetName: z.string(),
  /** The longest that any one policy allows (minutes). */
  maximumMinutes: z.int(),
  /** Somebody must agree, as far as is known before it is asked. */
  approvalRequired: z.boolean(),
  breakGlass: z.boolean(),
});
export type Askable = z.infer<typeof askable>;

export const askableQuestion = z.object({ ...forWhom, search: z.string().max(128).optional(), after: cursor.optional(), limit: z.coerce.number().int().min(1).max(1_000).default(200) });
export const askables = z.object({ items: z.array(askable).readonly(), next: cursor.optional() });
export type Askables = z.infer<typeof askables>;

/** Several targets under one name, of which the person may ask for at least one. A request for it is for all of them. */
export const askableBundle = z.object({
  bundleId: policyId,
  description: z.string().optional(),
  /** The first fifty of those that it holds now: a request with more is refused. */
  accounts: z.array(z.object({ accountId, accountName: z.string() })).readonly(),
  /** In each of these accounts. */
  permissionSets: z.array(z.object({ permissionSetArn, permissionSetName: z.string() })).readonly(),
  /** How many targets it comes to now, and of how many of them the person may ask: of all, or of some. */
  targetCount: z.int(),
  askableCount: z.int(),
  /** The longest that every target allows which may be asked for (minutes). */
  maximumMinutes: z.int(),
  /** Somebody must agree to one of them at least, as far as is known before it is asked. */
  approvalRequired: z.boolean(),
  breakGlass: z.boolean(),
});
export type AskableBundle = z.infer<typeof askableBundle>;

export const bundlesQuestion = z.object(forWhom);
export const askableBundles = z.object({ items: z.array(askableBundle).readonly() });
export type AskableBundles = z.infer<typeof askableBundles>;

const target = z.union([z.strictObject({ accountId, permissionSetArn }), z.strictObject({ bundle: policyId })], { error: 'give "accountId" and "permissionSetArn", or "bundle" alone' });

/** What somebody asks for. The requester is who is signed in; of a program, who `for` says. */
export const ask = z.strictObject({
  /** Chosen by the client, so that asking twice is asking once; absent: chosen by the server. A program must choose it. */
  requestId: uuid.optional(),
  targets: z.array(target).min(1).max(50),
  /** Absent: as soon as it is approved. */
  startAt: timestamp.optional(),
  durationMinutes: minutes,
  justification: justification.optional(),
  ticket: shortText.optional(),
  breakGlass: z.boolean().optional(),
  /** A request that runs, which this one prolongs: the caller's access, or what they asked for somebody else. */
  extends: uuid.optional(),
  /** Who is to have the access, where that is somebody else: user name. Absent with `extends`: whoever has what is extended. */
  for: shortText.optional(),
  /** Of a program: at whose wish it asks, where that is somebody else than who is to have it. They cannot approve it either. User name. */
  askedBy: shortText.optional(),
});
export type Ask = z.infer<typeof ask>;

/** What would become of it, target by target, before it is sent. */
export const preview = z.object({
  allowed: z.boolean(),
  /** What stands against the whole, of no one target: a bundle that is not there, more targets than fit. */
  reasons: z.array(reason).readonly().optional(),
  targets: z
    .array(
      z.object({
        accountId,
        permissionSetArn,
        /** The bundle that it came out of. */
        bundle: policyId.optional(),
        allowed: z.boolean(),
        approvalRequired: z.boolean(),
        reasons: z.array(reason).readonly(),
        warnings: z.array(reason).readonly(),
        /** Who would be asked, stage by stage: user names, and how many there are. */
        stages: z.array(z.object({ policyId: z.string(), quorum: z.int(), people: z.array(z.string()).readonly(), count: z.int() })).readonly(),
      }),
    )
    .readonly(),
});
export type Preview = z.infer<typeof preview>;

export const decision = z.strictObject({ verdict: z.enum(['approve', 'deny']), comment: comment.optional() });
export type Decision = z.infer<typeof decision>;

/** Takes a request back while it waits, or ends its access. Without `grantIds`: all of it. */
export const end = z.strictObject({ grantIds: z.array(uuid).min(1).max(50).optional(), reason: comment.optional() });
export type End = z.infer<typeof end>;

export const review = z.strictObject({ verdict: z.enum(['justified', 'not-justified']), comment: comment.optional() });
export type Review = z.infer<typeof review>;
