import type { AccessRequestAcceptedV1 } from '@team/contracts';
import type { Target } from '../domain/policy.ts';
import type { Grant } from '../domain/state.ts';
import type { Places } from './ports.ts';

/** A target as AWS describes it now: for people to read, and for policies to be chosen by. */
export interface ReadTarget {
  readonly grant: Grant;
  readonly target: Target;
}

/**
 * Reads every target from AWS, each account once and one after the other: Organizations throttles early.
 * A target that is gone is `undefined`.
 */
export async function readTargets(grants: readonly Pick<AccessRequestAcceptedV1['grants'][number], 'grantId' | 'accountId' | 'permissionSetArn'>[], places: Places): Promise<readonly (ReadTarget | undefined)[]> {
  const accounts = new Map<string, Awaited<ReturnType<Places['account']>>>();
  const read: (ReadTarget | undefined)[] = [];
  for (const { grantId, accountId, permissionSetArn } of grants) {
    if (!accounts.has(accountId)) accounts.set(accountId, await places.account(accountId));
    const account = accounts.get(accountId);
    const permissionSet = await places.permissionSet(permissionSetArn);
    if (account === undefined || permissionSet === undefined) {
      read.push(undefined);
      continue;
    }
    const id = { grantId, accountId, permissionSetArn };
    const { name: permissionSetName, sessionDurationMinutes } = permissionSet;
    read.push({
      grant: { ...id, accountName: account.name, permissionSetName, sessionDurationMinutes },
      target: { ...id, ouPath: account.ouPath },
    });
  }
  return read;
}
