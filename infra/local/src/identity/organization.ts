import * as z from 'zod';

const text = (maximum: number) => z.string().min(1).max(maximum);
const accountId = z.string().regex(/^\d{12}$/, 'an account id has twelve digits');
const principalId = z.string().regex(/^([0-9a-f]{10}-)?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/, 'not an Identity Store id');
const unitId = z.string().regex(/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/, 'an organizational unit id looks like ou-ab12-34cd56ef');
const rootId = z.string().regex(/^r-[0-9a-z]{4,32}$/, 'a root id looks like r-ab12');
const instanceArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:sso:::instance\/(sso)?ins-[0-9a-zA-Z.-]{16}$/, 'an instance ARN looks like arn:aws:sso:::instance/ssoins-…');
const permissionSetArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:sso:::permissionSet\/(sso)?ins-[0-9a-zA-Z.-]{16}\/ps-[0-9a-zA-Z-./]{16}$/, 'not a permission set ARN');

/** https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PermissionSet.html; a session lasts 1 to 12 hours. */
const sessionDuration = z.string().refine((value) => {
  const parts = /^PT(?:(\d{1,3})H)?(?:(\d{1,3})M)?$/.exec(value);
  const minutes = parts === null ? 0 : Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0);
  return minutes >= 60 && minutes <= 720;
}, 'an ISO 8601 duration from PT1H to PT12H');

export const organizationalUnit = z.object({ Id: unitId, Name: text(128), ParentId: z.union([rootId, unitId]) });
export type OrganizationalUnit = z.infer<typeof organizationalUnit>;

// Fifty are the most that one resource bears: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_tagging.html
const tag = z.object({ Key: text(128), Value: z.string().max(256) });
export type Tag = z.infer<typeof tag>;
const tags = z.array(tag).max(50);

export const account = z.object({
  Id: accountId,
  Name: text(50),
  Email: text(64),
  Status: z.enum(['ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE']),
  ParentId: z.union([rootId, unitId]),
  Tags: tags.optional(),
});
export type Account = z.infer<typeof account>;

export const group = z.object({ GroupId: principalId, DisplayName: text(1024) });
export type Group = z.infer<typeof group>;

export const user = z.object({
  UserId: principalId,
  UserName: text(128),
  DisplayName: text(1024),
  Emails: z.array(z.object({ Value: text(1024), Primary: z.boolean() })),
  UserStatus: z.enum(['ENABLED', 'DISABLED']),
  /** Id of the user's manager, which the enterprise extension names. */
  Manager: principalId.optional(),
});
export type User = z.infer<typeof user>;

export const groupMembership = z.object({ GroupId: principalId, MemberId: z.object({ UserId: principalId }) });
export type GroupMembership = z.infer<typeof groupMembership>;

export const permissionSet = z.object({
  PermissionSetArn: permissionSetArn,
  Name: z.string().regex(/^[\w+=,.@-]{1,32}$/, 'a permission set name has 1 to 32 letters, digits or +=,.@-_'),
  SessionDuration: sessionDuration,
  Tags: tags.optional(),
});
export type PermissionSet = z.infer<typeof permissionSet>;

export const accountAssignment = z.object({
  AccountId: accountId,
  PermissionSetArn: permissionSetArn,
  PrincipalType: z.enum(['USER', 'GROUP']),
  PrincipalId: principalId,
});
export type AccountAssignment = z.infer<typeof accountAssignment>;

/**
 * An AWS organization with its Identity Center instance, in the shape in which Organizations, Identity Store and
 * SSO Admin answer. Members that AWS answers and nothing here needs are ignored.
 */
export const organization = z.object({
  Region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region looks like eu-central-1'),
  OrganizationId: z.string().regex(/^o-[0-9a-z]{10,32}$/, 'an organization id looks like o-ab12cd34ef'),
  RootId: rootId,
  ManagementAccountId: accountId,
  DelegatedAdministratorAccountId: accountId,
  InstanceArn: instanceArn,
  IdentityStoreId: z.string().regex(/^d-[0-9a-f]{10}$/, 'an identity store id looks like d-1234567890'),
  OrganizationalUnits: z.array(organizationalUnit),
  Accounts: z.array(account).min(1),
  Groups: z.array(group),
  Users: z.array(user),
  GroupMemberships: z.array(groupMembership),
  PermissionSets: z.array(permissionSet),
  AccountAssignments: z.array(accountAssignment),
});
export type Organization = z.infer<typeof organization>;
