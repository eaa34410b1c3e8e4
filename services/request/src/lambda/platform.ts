import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { createDirectory } from '@team/directory';
import { clientDefaults, configFromEnvironment, lambdaPlatform } from '@team/runtime';
import type { RequestPlatform } from '../compose.ts';

/** Platform of this service's Lambda functions. */
export function requestPlatform(): RequestPlatform {
  const config = configFromEnvironment();
  const platform = lambdaPlatform('request', config);
  const directory = createDirectory({
    identityStore: new IdentitystoreClient(clientDefaults),
    // The Organizations API answers in us-east-1 only.
    organizations: new OrganizationsClient({ ...clientDefaults, region: 'us-east-1' }),
    ssoAdmin: new SSOAdminClient(clientDefaults),
    identityStoreId: config.identityCenter.identityStoreId,
    instanceArn: config.identityCenter.instanceArn,
    now: platform.clock,
  });
  return { ...platform, directory };
}
