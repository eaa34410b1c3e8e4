import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';

/** How long the issuer may take for an answer (ms). */
const patienceMs = 5_000;

const metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * The keys that an issuer signs with, kept and asked for again as needed. Where they are, the issuer says (OpenID Connect Discovery §4), unless
 * `jwksUri` does. Rejects with what says why they cannot be had; the next call asks again.
 */
export function issuerKeys(issuer: string, jwksUri?: string): JWTVerifyGetKey {
  let known: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    known ??= keysAt(issuer, jwksUri);
    known.catch(() => (known = undefined));
    return (await known)(header, token);
  };
}

async function keysAt(issuer: string, jwksUri: string | undefined): Promise<JWTVerifyGetKey> {
  return createRemoteJWKSet(new URL(jwksUri ?? (await discovered(issuer))), { timeoutDuration: patienceMs });
}

async function discovered(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' });
  if (!response.ok) throw new Error(`${issuer} answers ${response.status} where it is to describe itself`);
  const { issuer: itself, jwks_uri: uri } = metadata.parse(await response.json());
  // Another's description would have another's tokens pass.
  if (itself !== issuer) throw new Error(`${issuer} describes itself as ${itself}`);
  return uri;
}
