import * as z from 'zod';

/** Lower-case UUID of any version. Lower case only, so that one id has one spelling. */
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
/** ISO 8601 in UTC with `Z`, as `Date.prototype.toISOString` writes it; whole seconds to nanoseconds. */
export const timestamp = z.iso.datetime().max(30);
/** Twelve digits. */
export const accountId = z.string().regex(/^\d{12}$/);
export const permissionSetArn = z
  .string()
  .max(128)
  .regex(/^arn:aws[a-z-]*:sso:::permissionSet\/(sso)?ins-[0-9a-zA-Z-]{1,64}\/ps-[0-9a-zA-Z-]{1,64}$/);
/** Identity Store user id: a UUID, in older stores prefixed by the store's id. */
export const userId = z.string().regex(/^([0-9a-f]{10}-)?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/);
/** Identity Store group id; same form as a user id. */
export const groupId = userId;
/** The root (`r-…`) or an organizational unit (`ou-…`). */
export const organizationalUnitId = z.string().regex(/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/);
/** SHA-256, lower-case hexadecimal. */
export const digest = z.string().regex(/^[0-9a-f]{64}$/);
const jwsOfAtMost = (characters: number): z.ZodString =>
  z
    .string()
    .max(characters)
    .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);

/** Compact JWS (RFC 7515 §7.1). */
export const jws = jwsOfAtMost(8192);
/** By the request service; names up to fifty grants. */
export const acceptanceJws = jwsOfAtMost(4096);
/** By an approval channel; one for each decision that counts. */
export const decisionJws = jwsOfAtMost(1024);
/** By the approval service, one for each grant; names up to `maximumDecisions` decisions. */
export const proofJws = jwsOfAtMost(2304);
/** How many people's decisions one request can carry: each stands, signed, in the facts that follow, which must fit on the bus. */
export const maximumDecisions = 12;
/** How many reasons one rejection can carry, for the same reason. */
export const maximumReasons = 80;
/** How many approver policies one request can fall under at once, for the same reason. */
export const maximumOpenStages = 20;
export const minutes = z.int().min(1).max(43_200);
export const shortText = z.string().min(1).max(128);
export const nameText = z.string().min(1).max(256);
export const comment = z.string().max(1000);
export const justification = z.string().max(2000);

/** Why something was refused or failed. `code` never changes once published; `message` is for people. */
export const reason = z.object({
  code: z.string().regex(/^ERR_[A-Z0-9_]{2,60}$/),
  message: z.string().min(1).max(500),
});
export type Reason = z.infer<typeof reason>;

/** A user as the Identity Store answered, never as an emitter claimed. */
export const person = z.object({ userId, userName: shortText, displayName: nameText.optional() });
export type Person = z.infer<typeof person>;

/** Who caused a thing: a person, a registered emitter, or one of TEAM's own services. */
export const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), userId, userName: shortText }),
  z.object({ kind: z.literal('emitter'), name: shortText }),
  z.object({ kind: z.literal('service'), name: shortText }),
]);
export type Actor = z.infer<typeof actor>;

/** People named by group or one by one; membership is looked up when it matters, never frozen. */
export const principals = z.object({ groupIds: z.array(groupId).max(50), userIds: z.array(userId).max(50) });
export type Principals = z.infer<typeof principals>;

/** One permission set in one account, for one person, under one request. */
export const grant = z.object({
  grantId: uuid,
  accountId,
  /** At most 50 characters (Organizations API reference, Account). */
  accountName: z.string().min(1).max(50),
  permissionSetArn,
  /** At most 32 characters (IAM Identity Center API reference, PermissionSet). */
  permissionSetName: z.string().min(1).max(32),
  sessionDurationMinutes: minutes,
});
export type Grant = z.infer<typeof grant>;

/** An account assignment as Identity Center knows it: who, where, what. */
export const assignment = z.object({ principalId: userId, accountId, permissionSetArn });
export type Assignment = z.infer<typeof assignment>;

/** When a grant may be opened, for how long it lasts, and the moment beyond which nothing of it may remain. */
export const windowBounds = z.object({
  notBefore: timestamp,
  openBy: timestamp,
  durationMinutes: minutes,
  latestEnd: timestamp,
});
export type WindowBounds = z.infer<typeof windowBounds>;

/** What an extension makes whole: the first request of the stretch, and how long all of its requests last together with this one. */
export const stretch = z.object({ requestId: uuid, durationMinutes: minutes });
export type Stretch = z.infer<typeof stretch>;

/** Reference into a ticket system. */
export const ticket = z.object({
  id: z.string().min(1).max(128),
  system: shortText.optional(),
  url: z.string().max(500).optional(),
});
