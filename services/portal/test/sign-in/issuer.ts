import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';

/** Claims of a token, with some that are other; `undefined` leaves one out. */
export type Changes = Readonly<Record<string, unknown>>;

/** An issuer of tokens of which everything can be wrong. Its keys are served on 127.0.0.1, as those of a true one. */
export interface Issuer {
  readonly url: string;
  readonly jwksUri: string;
  /** A good access token of this person, but for what is said otherwise. */
  token(userName: string, changes?: Changes, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** A good access token that a client got for itself, by client credentials; it names nobody. */
  machineToken(clientId: string, changes?: Changes): Promise<string>;
  /** A person's, signed with a key that the issuer does not have; `header` may bring that key along. */
  byAnotherKey(userName: string, withKey?: 'unknown' | 'in its header'): Promise<string>;
  /** The same, signed by nobody. */
  unsigned(userName: string): string;
  /** The same, signed with the issuer's public key as if it were a secret that both sides share. */
  byPublicKeyAsSecret(userName: string): Promise<string>;
  /** A good one, of which the claims were changed afterwards. */
  changedAfterwards(userName: string, changes: Changes): Promise<string>;
  close(): Promise<void>;
}

const kid = 'one';
const alg = 'ES256';

/** @param now ms since the epoch, by which tokens are dated */
export async function openIssuer({ audience, now }: { readonly audience: string; readonly now: () => number }): Promise<Issuer> {
  const [own, another] = await Promise.all([generateKeyPair(alg), generateKeyPair(alg)]);
  const published = await exportJWK(own.publicKey);
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [{ ...published, kid, alg, use: 'sig' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const claims = (userName: string, changes: Changes = {}): JWTPayload => {
    const seconds = Math.floor(now() / 1_000);
    const usual = { iss: url, aud: audience, sub: `subject of ${userName}`, client_id: 'team-cli', preferred_username: userName, iat: seconds - 60, exp: seconds + 600, auth_time: seconds - 60 };
    return Object.fromEntries(Object.entries({ ...usual, ...changes }).filter(([, value]) => value !== undefined));
  };
  const token: Issuer['token'] = (userName, changes, header) => new SignJWT(claims(userName, changes)).setProtectedHeader({ alg, kid, ...header }).sign(own.privateKey);

  return {
    url,
    jwksUri: `${url}/jwks`,
    token,
    machineToken: (clientId, changes) => token('', { sub: clientId, client_id: clientId, preferred_username: undefined, auth_time: undefined, ...changes }),
    async byAnotherKey(userName, withKey = 'unknown') {
      const header = withKey === 'unknown' ? { alg, kid } : { alg, kid: 'mine', jwk: await exportJWK(another.publicKey) };
      return new SignJWT(claims(userName)).setProtectedHeader(header).sign(another.privateKey);
    },
    unsigned: (userName) => new UnsecuredJWT(claims(userName)).encode(),
    byPublicKeyAsSecret: (userName) => new SignJWT(claims(userName)).setProtectedHeader({ alg: 'HS256', kid }).sign(new TextEncoder().encode(JSON.stringify(published))),
    async changedAfterwards(userName, changes) {
      const [header, , signature] = (await token(userName)).split('.');
      return [header, Buffer.from(JSON.stringify(claims(userName, changes))).toString('base64url'), signature].join('.');
    },
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
