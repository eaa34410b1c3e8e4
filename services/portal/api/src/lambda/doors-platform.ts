import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientDefaults, configFromEnvironment, documentClient, lambdaSurroundings, TeamError, type LambdaConfig } from '@team/runtime';
import { invokedServices, questionBounds } from '../adapters/invoked-services.ts';
import type { AskService } from '../adapters/service-questions.ts';
import type { TokenConfig } from '../compose-ground.ts';

/** What all functions that answer HTTP stand on. */
export function doorsPlatform() {
  const config = configFromEnvironment();
  const portal = portalOf(config);
  return { ...lambdaSurroundings('portal', config), config, portal, signIn: tokensOf(portal), clients: { documents: documentClient() } };
}

/** What those stand on beside, that ask services. */
export function askingPlatform() {
  const platform = doorsPlatform();
  const ask: AskService = invokedServices(new LambdaClient(questionBounds), platform.config.asks ?? {});
  return { ...platform, ask, outOfReach: [platform.portal.managementAccount, platform.config.ownAccount] };
}

/** Where people are found. */
export const peopleOptions = ({ config, clock }: { readonly config: LambdaConfig; readonly clock: () => number }) =>
  ({ identityStore: new IdentitystoreClient(clientDefaults), identityStoreId: config.identityCenter.identityStoreId, now: clock }) as const;

type PortalConfig = NonNullable<LambdaConfig['portal']>;

function portalOf({ portal }: LambdaConfig): PortalConfig {
  if (portal === undefined) throw new TeamError('ERR_CONFIG_PORTAL', 'TEAM_CONFIG has no "portal"; the deployment must say where people sign in');
  return portal;
}

/** By what people are known who call. */
function tokensOf({ origin, issuer, jwksUri, audience, audienceClaim, userNameClaims, userNamePrefix, commandLineClientId, commandLineRedirectUris, machines }: PortalConfig): TokenConfig {
  const commandLine = commandLineClientId === undefined ? undefined : { id: commandLineClientId, redirectUris: commandLineRedirectUris };
  return { origin, issuer, jwksUri, audience, audienceClaim, userNameClaims, userNamePrefix, commandLine, machines };
}
