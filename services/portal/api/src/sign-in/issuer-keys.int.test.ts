import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { issuerKeys } from './issuer-keys.ts';

const { privateKey, publicKey } = await generateKeyPair('ES256');
const token = await new SignJWT({ sub: 'u-1' }).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey);
let asked: string[] = [];
let described: (issuer: string) => unknown = () => ({});
let server: Server;
let issuer = '';

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const answer = url === '/keys' ? exportJWK(publicKey).then((key) => ({ keys: [{ ...key, kid: 'one', alg: 'ES256' }] })) : Promise.resolve(described(issuer));
    void answer.then((body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
  described = (of) => ({ issuer: of, jwks_uri: `${of}/keys` });
});
afterAll(() => server.close());

test('the issuer is asked once where its keys are', async () => {
  const keys = issuerKeys(issuer);
  await jwtVerify(token, keys);
  await jwtVerify(token, keys);
  expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
});

test('the issuer is not asked where that is known', async () => {
  await jwtVerify(token, issuerKeys(issuer, `${issuer}/keys`));
  expect(asked).toEqual(['/keys']);
});

test('the description of another issuer is not taken, and the next call asks again', async () => {
  const keys = issuerKeys(issuer);
  described = (of) => ({ issuer: 'https://id.example.evil', jwks_uri: `${of}/keys` });
  await expect(jwtVerify(token, keys)).rejects.toThrow('describes itself as https://id.example.evil');
  described = (of) => ({ issuer: of, jwks_uri: `${of}/keys` });
  await expect(jwtVerify(token, keys)).resolves.toBeDefined();
});
