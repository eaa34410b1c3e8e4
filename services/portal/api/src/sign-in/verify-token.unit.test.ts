import { fixedClock } from '@team/testing';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { createTokenVerifier, type TokenVerifierOptions } from './verify-token.ts';

const issuer = 'https://id.example';
const clock = fixedClock();
const present = clock() / 1000;
const { privateKey, publicKey } = await generateKeyPair('ES256');
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
const usual = { issuer, audience: 'team', keys, now: clock };

const good = { iss: issuer, aud: 'team', sub: 'u-1', client_id: 'team-cli', preferred_username: 'Ana', iat: present - 60, exp: present + 600, auth_time: present - 300 };

function signed(claims: JWTPayload, key = privateKey, header: { readonly alg: string; readonly kid?: string } = { alg: 'ES256', kid: 'one' }): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}

const verify = async (token: string | Promise<string>, options: Partial<TokenVerifierOptions> = {}) => createTokenVerifier({ ...usual, ...options })(await token);

/** The usual claims, with some that are other or not there. */
function but(changes: Record<string, unknown>): JWTPayload {
  return Object.fromEntries(Object.entries({ ...good, ...changes }).filter(([, value]) => value !== undefined));
}

test('a good token says who it is of, and when they proved it', async () => {
  expect(await verify(signed(good))).toEqual({ userName: 'Ana', authTime: present - 300 });
});

test('without auth_time nothing was proven lately, however new the token is', async () => {
  expect(await verify(signed(but({ auth_time: undefined })))).toEqual({ userName: 'Ana', authTime: 0 });
});

test('several audiences are fine where we are among them', async () => {
  expect(await verify(signed(but({ aud: ['other', 'team'] })))).toMatchObject({ userName: 'Ana' });
});

test.each([
  ['a claim that is named is the only one that counts', { upn: 'ana@acme.example' }, ['upn'], 'ana@acme.example'],
  ['username serves where there is no preferred_username', { preferred_username: undefined, username: 'ana' }, undefined, 'ana'],
  ['a claim that is empty is none', { preferred_username: ' ', username: 'ana' }, undefined, 'ana'],
])('%s', async (_rule, changes, userNameClaims, userName) => {
  expect(await verify(signed(but(changes)), { userNameClaims })).toMatchObject({ userName });
});

test.each([
  ['expired beyond the leeway', { exp: present - 31 }],
  ['not yet valid', { nbf: present + 31 }],
  ['for somebody else', { aud: 'team-portal' }],
  ['for nobody', { aud: undefined }],
  ['of another issuer', { iss: 'https://id.example.evil' }],
  ['without an end', { exp: undefined }],
  ['without a beginning', { iat: undefined }],
  ['proven in the future', { auth_time: present + 3_600 }],
  ['proven at no time', { auth_time: 'now' }],
])('a token is refused that is %s', async (_which, changes) => {
  await expect(verify(signed(but(changes)))).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID', retryable: false });
});

test.each([
  ['ended', { exp: present - 29 }],
  ['began', { nbf: present + 29 }],
])('clocks may be half a minute apart: a token that %s just now is taken', async (_which, changes) => {
  expect(await verify(signed(but(changes)))).toMatchObject({ userName: 'Ana' });
});

test('a token with alg none is refused', async () => {
  await expect(verify(new UnsecuredJWT(good).encode())).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
});

test('a token signed with another key is refused, whatever key it claims', async () => {
  const other = await generateKeyPair('ES256');
  await expect(verify(signed(good, other.privateKey))).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
  await expect(verify(signed(good, other.privateKey, { alg: 'ES256', kid: 'two' }))).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
});

test('a token signed with a secret is refused: the public key is none', async () => {
  const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)));
  await expect(verify(new SignJWT(good).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret))).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
});

test.each(['', 'x', 'a.b.c', 'a.b.c.d.e'])('"%s" is no token', async (token) => {
  await expect(verify(token)).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
});

test('RS256 and PS256 are taken as well, other algorithms are not', async () => {
  for (const alg of ['RS256', 'PS256']) {
    const pair = await generateKeyPair(alg);
    expect(await verify(signed(good, pair.privateKey, { alg }), { keys: async () => pair.publicKey })).toMatchObject({ userName: 'Ana' });
  }
  const pair = await generateKeyPair('ES384');
  await expect(verify(signed(good, pair.privateKey, { alg: 'ES384' }), { keys: async () => pair.publicKey })).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
});

test.each([
  ['whose subject is the client', { sub: 'team-cli' }],
  ['whose subject is the authorized party', { sub: 'machine', client_id: undefined, azp: 'machine' }],
  ['that Entra ID marks as an application’s', { idtyp: 'app' }],
  ['that names nobody', { preferred_username: undefined }],
])('a token %s is of no person', async (_which, changes) => {
  await expect(verify(signed(but(changes)))).rejects.toMatchObject({ code: 'ERR_NO_PERSON' });
});

const nightly = { name: 'nightly', clientId: 'nightly' };
const own = { sub: 'nightly', client_id: 'nightly', preferred_username: undefined, auth_time: undefined };

test.each([
  ['whose subject is the client', {}],
  ['whose subject is the authorized party', { client_id: undefined, azp: 'nightly' }],
  ['that Auth0 marks as of client credentials', { sub: 'nightly@clients', gty: 'client-credentials' }],
  ['that Entra ID marks as an application’s', { sub: 'object-id', idtyp: 'app' }],
])('a registered client gets in by a token %s', async (_which, changes) => {
  expect(await verify(signed(but({ ...own, ...changes })), { machines: [nightly] })).toEqual({ machine: nightly });
});

test.each([
  ['of a person who signed in through the machine’s client', { client_id: 'nightly' }],
  ['of a person who has no name there', { client_id: 'nightly', preferred_username: undefined }],
  ['that is the client’s own and names a person', { ...own, preferred_username: 'Ana' }],
  ['of a client that is registered in other letters', { ...own, sub: 'Nightly', client_id: 'Nightly' }],
  ['of a client for which another calls', { ...own, sub: 'other' }],
])('a token is neither a machine’s nor a person’s %s', async (_which, changes) => {
  await expect(verify(signed(but(changes)), { machines: [nightly] })).rejects.toMatchObject({ code: 'ERR_NO_PERSON' });
});

test('who is named like a machine, and a machine that is named like somebody, are what they are', async () => {
  expect(await verify(signed(but({ preferred_username: 'nightly', sub: 'nightly' })), { machines: [nightly] })).toEqual({ userName: 'nightly', authTime: present - 300 });
  const namesake = { name: 'ana', clientId: 'Ana' };
  for (const userNameClaims of [undefined, ['sub']]) {
    expect(await verify(signed(but({ ...own, sub: 'Ana', client_id: 'Ana' })), { machines: [namesake], userNameClaims })).toEqual({ machine: namesake });
  }
});

test('a machine’s token is for us, and of now, as a person’s is', async () => {
  for (const changes of [{ aud: 'payroll' }, { aud: undefined }, { exp: present - 31 }, { iss: 'https://id.example.evil' }]) {
    await expect(verify(signed(but({ ...own, ...changes })), { machines: [nightly] })).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
  }
});

describe('where tokens name the client instead of an audience, as Cognito’s do', () => {
  const options = { audience: 'team-cli', audienceClaim: 'client_id', machines: [nightly] } as const;
  const cognito = { aud: undefined, token_use: 'access', scope: 'team/api' };

  test('a registered client gets in', async () => {
    expect(await verify(signed(but({ ...cognito, ...own, auth_time: present })), options)).toEqual({ machine: nightly });
  });

  test('any other is refused, and what is no access token', async () => {
    for (const changes of [{ sub: 'other', client_id: 'other' }, { token_use: 'id' }, { token_use: undefined }]) {
      await expect(verify(signed(but({ ...cognito, ...own, ...changes })), options)).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
    }
  });
});

test('where keys cannot be read, the token is not blamed', async () => {
  const keys = async () => Promise.reject(new TypeError('fetch failed'));
  await expect(verify(signed(good), { keys })).rejects.toMatchObject({ code: 'ERR_ISSUER_UNAVAILABLE', retryable: true });
});

test('where our time is another than the issuer’s, a proof is as old by ours as it is by theirs', async () => {
  const now = () => clock() + 7 * 86_400_000;
  expect(await verify(signed(good), { now, issuerNow: clock })).toEqual({ userName: 'Ana', authTime: present - 300 + 7 * 86_400 });
});

describe('an access token of Cognito, which has no audience and names people after their provider', () => {
  const ofCognito = { audience: 'portal-client', audienceClaim: 'client_id', userNameClaims: ['username'], userNamePrefix: 'IdentityCenter_' } as const;
  const claims = { aud: undefined, preferred_username: undefined, client_id: 'portal-client', token_use: 'access', username: 'IdentityCenter_Ana' };

  test('is good where our client asked for it', async () => {
    expect(await verify(signed(but(claims)), ofCognito)).toEqual({ userName: 'Ana', authTime: present - 300 });
  });

  test('is good where the command line asked for it, and nowhere else: a token of its with an audience has to be for us', async () => {
    const commandLine = { id: 'command-line' };
    expect(await verify(signed(but({ ...claims, client_id: 'command-line' })), { ...ofCognito, commandLine })).toEqual({ userName: 'Ana', authTime: present - 300 });
    for (const refused of [{ ...claims, client_id: 'another' }, { ...claims, client_id: 'command-line', token_use: 'id' }]) {
      await expect(verify(signed(but(refused)), { ...ofCognito, commandLine })).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
    }
    await expect(verify(signed(but({ aud: 'command-line', client_id: 'command-line' })), { commandLine })).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
  });

  test.each([
    ['that another client asked for', { client_id: 'another' }],
    ['that no client asked for', { client_id: undefined }],
    ['that is an id token, which has an audience', { aud: 'portal-client', client_id: undefined, token_use: 'id' }],
    ['that says of itself that it is an id token', { token_use: 'id' }],
  ])('is refused where it is one %s', async (_which, changes) => {
    await expect(verify(signed(but({ ...claims, ...changes })), ofCognito)).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
  });

  test('names nobody where it is of a user of the pool’s own, or of a machine', async () => {
    await expect(verify(signed(but({ ...claims, username: 'Ana' })), ofCognito)).rejects.toMatchObject({ code: 'ERR_NO_PERSON' });
    await expect(verify(signed(but({ ...claims, sub: 'portal-client' })), ofCognito)).rejects.toMatchObject({ code: 'ERR_NO_PERSON' });
  });
});

describe('a token that comes again', () => {
  function remembering() {
    const asked = { keys: 0, at: clock() };
    const verifier = createTokenVerifier({ ...usual, now: () => asked.at, keys: (...header) => ((asked.keys += 1), keys(...header)) });
    return { asked, verifier };
  }

  it('is not verified again for some minutes', async () => {
    const { asked, verifier } = remembering();
    const token = await signed(good);
    for (let n = 0; n < 3; n += 1) expect(await verifier(token)).toEqual({ userName: 'Ana', authTime: present - 300 });
    expect(asked.keys).toBe(1);
    asked.at += 5 * 60_000;
    await verifier(token);
    expect(asked.keys).toBe(2);
  });

  it('is refused all the same from the moment on at which it is over', async () => {
    const { asked, verifier } = remembering();
    const token = await signed(but({ exp: present + 60 }));
    asked.at += 89_000;
    expect(await verifier(token)).toMatchObject({ userName: 'Ana' });
    asked.at += 1_000;
    await expect(verifier(token)).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
  });

  it('is refused each time where it is no good, and is no other that differs by a letter', async () => {
    const { verifier } = remembering();
    const token = await signed(good);
    await verifier(token);
    const other = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    for (let n = 0; n < 2; n += 1) await expect(verifier(other)).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' });
  });
});
