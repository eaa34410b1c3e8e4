import { ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import { isAssigned } from '../assignments.ts';
import { Untried } from '../belief.ts';
import type { ConformanceOptions } from '../options.ts';
import type { Clients, IdentityCenter, Place } from '../place.ts';
import type { Sandbox } from '../sandbox.ts';
import { networkPlace } from './network.ts';

/** A real account. Whatever a person has to name for it and has not named is untried. */
export function awsPlace(clients: Clients, sandbox: Sandbox, options: ConformanceOptions): Place {
  const named = async (value: string | undefined, option: string): Promise<string> => {
    if (value === undefined) throw new Untried(`needs ${option}`);
    return value;
  };
  return networkPlace('aws', clients, sandbox, {
    identityCenter: () => sandbox.shared('identity center', () => identityCenterOf(clients, options)),
    signingKeyAlias: () => named(options.signingKey, '--signing-key: a key of its own could be removed after seven days only'),
    suspendedAccountId: () => named(options.suspendedAccount, '--suspended-account'),
    organizationsAsMember: () => Promise.reject(new Untried('needs credentials of a second account')),
  });
}

/**
 * What was named for beliefs about IAM Identity Center. Throws `Untried` where not everything was, and where the assignment is there
 * already: beliefs would take it away.
 */
async function identityCenterOf(clients: Clients, options: ConformanceOptions): Promise<IdentityCenter> {
  const { instanceArn, account: accountId, permissionSet: permissionSetArn, user: userId } = options;
  if (instanceArn === undefined || accountId === undefined || permissionSetArn === undefined || userId === undefined) {
    throw new Untried('needs --instance-arn, --account, --permission-set and --user');
  }
  const { Instances = [] } = await clients.ssoAdmin.send(new ListInstancesCommand({}));
  const identityStoreId = Instances.find(({ InstanceArn }) => InstanceArn === instanceArn)?.IdentityStoreId;
  if (identityStoreId === undefined) throw new Untried(`these credentials do not see the instance ${instanceArn}`);
  const given = { instanceArn, identityStoreId, accountId, permissionSetArn, userId };
  if (await isAssigned(clients, given)) {
    throw new Untried(`user ${userId} has this permission set in account ${accountId} already, which would be taken away: name another user or account`);
  }
  return given;
}
