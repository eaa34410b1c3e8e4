import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientCredentialsGrant } from 'openid-client';
import { identityProvider } from './identity-provider.ts';

const minuteMs = 60_000;
let described = 0;
let shown: string[] = [];
let server: Server;
let issuer = '';

/** An issuer that remembers by which secrets it was asked for tokens. */
beforeAll(async () => {
  server = createServer(({ url, headers }, response) => {
    response.setHeader('content-type', 'application/json');
    if (url === '/token') {
      shown.push(Buffer.from((headers.authorization ?? '').replace('Basic ', ''), 'base64').toString());
      response.end(JSON.stringify({ access_token: 'any', token_type: 'bearer' }));
    } else {
      described += 1;
      response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  described = 0;
  shown = [];
});
afterAll(() => server.close());

test('a secret that was changed counts within five minutes, and until then nothing is asked again', async () => {
  let now = 0;
  let secret = 'old';
  const provider = identityProvider({ issuer, clientId: 'portal', clientSecret: async () => secret, now: () => now });
  const signIn = async () => clientCredentialsGrant(await provider());
  await signIn();
  secret = 'new';
  now = 4 * minuteMs;
  await signIn();
  expect([shown, described]).toEqual([['portal:old', 'portal:old'], 1]);
  now = 5 * minuteMs;
  await signIn();
  expect([shown.at(-1), described]).toEqual(['portal:new', 2]);
});

test('what could not be found out is asked again at once', async () => {
  let there = false;
  const secret = () => (there ? Promise.resolve('found') : Promise.reject(new Error('not now')));
  const provider = identityProvider({ issuer, clientId: 'portal', clientSecret: secret, now: () => 0 });
  await expect(provider()).rejects.toMatchObject({ code: 'ERR_ISSUER_UNAVAILABLE', retryable: true });
  there = true;
  await clientCredentialsGrant(await provider());
  expect(shown).toEqual(['portal:found']);
});
