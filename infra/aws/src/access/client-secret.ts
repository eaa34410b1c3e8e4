import type { Environment } from '../environment/schema.ts';
import type { Names } from '../names.ts';

/** The secret by which the portal is known where people sign in. */
export interface ClientSecret {
  /** As it is asked for. */
  readonly id: string;
  /** As policies name it. */
  readonly arns: readonly string[];
  /** Key that it is encrypted with; absent: AWS's own for secrets. */
  readonly keyArn?: string;
}

/** An issuer's is the environment's; a user pool's is made with it, and its ARN ends in characters that AWS chooses. */
export function clientSecretOf({ portal }: Pick<Environment, 'portal'>, names: Names): ClientSecret {
  const issuer = portal?.issuer;
  if (issuer !== undefined) return { id: issuer.clientSecretArn, arns: [issuer.clientSecretArn], ...(issuer.secretKeyArn === undefined ? {} : { keyArn: issuer.secretKeyArn }) };
  const id = `${names.prefix}-portal-client`;
  return { id, arns: [names.arn('secretsmanager', `secret:${id}-??????`)] };
}
