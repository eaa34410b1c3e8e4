import type { KnownAccount, KnownPermissionSet } from '../domain/facts.ts';
import type { PolicyIndex } from '../domain/policy-index.ts';
import type { Places } from './ports.ts';

/** An account as it is now, with its tags where policies go by them. */
export async function knownAccount(accountId: string, places: Places, { usesAccountTags }: PolicyIndex): Promise<KnownAccount | undefined> {
  const account = await places.account(accountId);
  return account && { ...account, tags: usesAccountTags ? await places.accountTags(accountId) : {} };
}

/** A permission set, with its tags where policies go by them. */
export async function knownPermissionSet(arnOrName: string, places: Places, { usesPermissionSetTags }: PolicyIndex): Promise<KnownPermissionSet | undefined> {
  const set = await places.permissionSet(arnOrName);
  return set && { ...set, tags: usesPermissionSetTags ? await places.permissionSetTags(set.arn) : {} };
}
