import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { createDirectory } from '@team/directory';
import { clientDefaults, configFromEnvironment, lambdaPlatform } from '@team/runtime';
import type { ExpiryPlatform } from '../compose.ts';

/** Platform of this service's Lambda functions. Of the directory it asks about people only. */
export function expiryPlatform(): ExpiryPlatform {
  const config = configFromEnvironment();
  const platform = lambdaPlatform('expiry', config);
  const directory = createDirectory({
    identityStore: new IdentitystoreClient(clientDefaults),
    organizations: new OrganizationsClient(clientDefaults),
    ssoAdmin: new SSOAdminClient(clientDefaults),
    identityStoreId: config.identityCenter.identityStoreId,
    instanceArn: config.identityCenter.instanceArn,
    now: platform.clock,
  });
  return { ...platform, directory };
}
