import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { clientDefaults, configFromEnvironment, lambdaPlatform } from '@team/runtime';
import type { ProvisioningPlatform } from '../compose.ts';

/** Platform of this service's Lambda functions. */
export function provisioningPlatform(): ProvisioningPlatform {
  const config = configFromEnvironment();
  const { quotas, reconciliation } = config;
  return {
    ...lambdaPlatform('provisioning', config),
    ssoAdmin: new SSOAdminClient({ ...clientDefaults, maxAttempts: 1 }),
    instanceArn: config.identityCenter.instanceArn,
    ...(quotas === undefined ? {} : { limits: { outstanding: quotas.outstandingOperations, callsPerSecond: quotas.callsPerSecond } }),
    ...(reconciliation === undefined ? {} : { reconciliation }),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
