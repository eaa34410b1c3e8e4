import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { createDirectory } from '@team/directory';
import { clientDefaults, configFromEnvironment, lambdaPlatform } from '@team/runtime';
import type { ApprovalPlatform } from '../compose.ts';

/** What this service's functions run on, out of their environment. */
export function approvalPlatform(): ApprovalPlatform {
  const config = configFromEnvironment();
  const platform = lambdaPlatform('approval', config);
  const directory = createDirectory({
    identityStore: new IdentitystoreClient(clientDefaults),
    organizations: new OrganizationsClient(clientDefaults),
    ssoAdmin: new SSOAdminClient(clientDefaults),
    ...config.identityCenter,
    now: platform.clock,
  });
  return { ...platform, directory };
}
