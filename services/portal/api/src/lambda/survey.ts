import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { createDirectory } from '@team/directory';
import { clientDefaults, configFromEnvironment, documentClient, lambdaSurroundings } from '@team/runtime';
import { composeSurvey } from '../compose-survey.ts';

const config = configFromEnvironment();
const { clock } = lambdaSurroundings('portal', config);
const directory = createDirectory({
  identityStore: new IdentitystoreClient(clientDefaults),
  // The Organizations API answers in us-east-1 only.
  organizations: new OrganizationsClient({ ...clientDefaults, region: 'us-east-1' }),
  ssoAdmin: new SSOAdminClient(clientDefaults),
  ...config.identityCenter,
  now: clock,
});

/** Lambda entry of the function `survey`. */
export const handler = composeSurvey({ clients: { documents: documentClient() }, config, clock, directory }).survey;
