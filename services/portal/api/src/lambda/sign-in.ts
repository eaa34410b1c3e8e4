import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPeopleDirectory } from '@team/directory';
import { clientDefaults } from '@team/runtime';
import { clientSecret } from '../adapters/client-secret.ts';
import { composeSignIn } from '../compose-sign-in.ts';
import { answer } from './answer.ts';
import { doorsPlatform, peopleOptions } from './doors-platform.ts';

const { portal, ...platform } = doorsPlatform();
const client = { id: portal.clientId, secret: clientSecret(new SecretsManagerClient(clientDefaults), portal.clientSecretId) };

/** Lambda entry of the function `sign-in`. */
export const handler = answer(composeSignIn({ ...platform, directory: createPeopleDirectory(peopleOptions(platform)), signIn: { ...platform.signIn, client } }));
