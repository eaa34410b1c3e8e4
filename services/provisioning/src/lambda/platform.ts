import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { clientDefaults, configFromEnvironment, lambdaPlatform } from '@team/runtime';
import type { ProvisioningPlatform } from '../compose.ts';

/** Platform of this service's Lambda functions. */
export function provisioningPlatform(): ProvisioningPlatform {
  const config = configFromEnvironment();
  return {
    ...lambdaPlatform('provisioning', config),
    ssoAdmin: new SSOAdminClient({ ...clientDefaults, maxAttempts: 1 }),
    instanceArn: config.identityCenter.instanceArn,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
