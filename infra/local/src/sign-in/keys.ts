import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { JWK } from 'oidc-provider';

/** What the local provider signs tokens and cookies with. */
export interface LocalKeys {
  readonly signing: JWK;
  readonly cookies: string;
}

/** New keys: whatever was signed with others is worth nothing any more. */
export function createLocalKeys(): LocalKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { signing: { kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256', x, y, d }, cookies: randomBytes(32).toString('base64url') };
}
