import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { createPeopleDirectory } from '@team/directory';
import { clientDefaults, configFromEnvironment, lambdaPlatform } from '@team/runtime';
import type { ExpiryPlatform } from '../compose.ts';

/** Platform of this service's Lambda functions. Of the directory it asks about people only. */
export function expiryPlatform(): ExpiryPlatform {
  const config = configFromEnvironment();
  const platform = lambdaPlatform('expiry', config);
  const directory = createPeopleDirectory({
    identityStore: new IdentitystoreClient(clientDefaults),
    identityStoreId: config.identityCenter.identityStoreId,
    now: platform.clock,
  });
  return { ...platform, directory };
}
