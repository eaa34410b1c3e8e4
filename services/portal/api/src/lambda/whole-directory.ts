import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { createDirectory, type Directory } from '@team/directory';
import { clientDefaults } from '@team/runtime';
import { peopleOptions } from './doors-platform.ts';

/** The whole directory: people, accounts and permission sets. */
export function wholeDirectory(platform: Parameters<typeof peopleOptions>[0]): Directory {
  return createDirectory({
    ...peopleOptions(platform),
    // The Organizations API answers in us-east-1 only.
    organizations: new OrganizationsClient({ ...clientDefaults, region: 'us-east-1' }),
    ssoAdmin: new SSOAdminClient(clientDefaults),
    instanceArn: platform.config.identityCenter.instanceArn,
  });
}
