/** Whose calls are looked for, where, and between when. */
export interface Scope {
  readonly grantId: string;
  readonly accountId: string;
  readonly permissionSetName: string;
  readonly userName: string;
  /** ISO 8601 UTC, both ends included. */
  readonly from: string;
  readonly to: string;
}

/** Who made a call, as CloudTrail says it of an assumed role. */
export interface SessionIdentity {
  /** Account of the role: `userIdentity.accountId`. */
  readonly accountId: string;
  /** `userIdentity.sessionContext.sessionIssuer.userName`. */
  readonly roleName: string;
  /** `userIdentity.principalId`: the role's id, a colon, the session's name. */
  readonly principalId: string;
}

/** Identity Center names the role of a permission set so, with sixteen characters that it draws. https://docs.aws.amazon.com/singlesignon/latest/userguide/using-iam-roles-ref-in-policies.html */
export const rolePrefixOf = (permissionSetName: string): string => `AWSReservedSSO_${permissionSetName}_`;
const suffix = /^[0-9a-z]{16}$/;

/**
 * Whether a call is one of this person through this permission set in this account. Another set whose name only begins the same is not.
 * The session is named after the user; user names are the same whatever their case.
 */
export function isSessionOf(scope: Scope, { accountId, roleName, principalId }: SessionIdentity): boolean {
  const prefix = rolePrefixOf(scope.permissionSetName);
  return (
    accountId === scope.accountId &&
    roleName.startsWith(prefix) &&
    suffix.test(roleName.slice(prefix.length)) &&
    principalId.slice(principalId.indexOf(':') + 1).toLowerCase() === scope.userName.toLowerCase()
  );
}
