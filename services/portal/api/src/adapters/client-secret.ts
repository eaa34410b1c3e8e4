import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { isOutage, OutageError, TeamError } from '@team/runtime';

/** The secret by which the portal is known at the issuer, as Secrets Manager has it now; whoever asks keeps it. */
export function clientSecret(client: SecretsManagerClient, secretId: string): () => Promise<string> {
  return async () => {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
      if (SecretString === undefined || SecretString.trim() === '') throw new TeamError('ERR_CLIENT_SECRET', `the secret ${secretId} holds no text; it must be the client's secret and nothing else`);
      return SecretString;
    } catch (error) {
      if (isOutage(error)) throw new OutageError('ERR_CLIENT_SECRET_UNAVAILABLE', `the secret ${secretId} cannot be read now`, { cause: error });
      throw error;
    }
  };
}
