/**
 * The one extension of the identity store. It answers with it only where it is asked for.
 * https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html
 */
export const enterpriseExtension = 'aws:identitystore:enterprise';

/**
 * What the enterprise extension names as a user's manager: `manager.value` of SCIM (RFC 7643 §4.3), the manager's id, or what else the
 * identity provider wrote there. AWS documents no members of the extension, and both spellings are met; see decision 0018.
 */
export function managerRefIn(extension: unknown): string | undefined {
  const value = memberOf(memberOf(extension, 'manager'), 'value');
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1];
}
