import { openApiDocument } from '../../services/portal/api/src/http/openapi-document.ts';
import { ana, askFor, audience, chidi, emeka, idle, ines, nightly, openDoors, prodPayments, webClient, wren, zoe, type Answered, type Doors, type Sent } from './doors.ts';

/** In this order in the table. */
const people = { requester: wren, 'another requester': zoe, approver: emeka, auditor: chidi, administrator: ana };
const personas = { ...people, machine: nightly.clientId };
type Persona = keyof typeof personas;

/**
 * What each of them is answered with a good token. `{pending}` and `{running}` are the requester's, who asked themselves; `{machine}` the machine asked for them; `{glass}` is somebody else's break glass,
 * which waits for its review; nobody has asked for `{unknown}`.
 */
const table: Readonly<Record<string, readonly { readonly path: string; readonly body?: 'ask' | 'ask for the requester' | object; readonly expected: readonly number[] }[]>> = {
  'GET /healthz': [{ path: '/healthz', expected: [200, 200, 200, 200, 200, 200] }],
  'GET /v1/openapi.json': [{ path: '/v1/openapi.json', expected: [200, 200, 200, 200, 200, 200] }],
  'GET /v1/configuration': [{ path: '/v1/configuration', expected: [200, 200, 200, 200, 200, 200] }],
  'GET /v1/me': [{ path: '/v1/me', expected: [200, 200, 200, 200, 200, 403] }],
  'GET /v1/askable': [{ path: '/v1/askable', expected: [200, 200, 200, 200, 200, 403] }],
  'GET /v1/bundles': [{ path: '/v1/bundles', expected: [200, 200, 200, 200, 200, 403] }],
  'GET /v1/overview': [{ path: '/v1/overview', expected: [200, 200, 200, 200, 200, 403] }],
  'GET /v1/requests': [
    { path: '/v1/requests', expected: [200, 200, 200, 200, 200, 200] },
    { path: '/v1/requests?list=to-approve', expected: [200, 200, 200, 200, 200, 403] },
    { path: '/v1/requests?list=to-review', expected: [200, 200, 200, 200, 200, 403] },
    { path: '/v1/requests?list=decided', expected: [200, 200, 200, 200, 200, 403] },
    { path: '/v1/requests?list=active', expected: [200, 200, 200, 200, 200, 403] },
    { path: '/v1/requests?list=all', expected: [403, 403, 403, 200, 200, 403] },
    { path: '/v1/requests?list=all&person=wren.kowalski@acme.example', expected: [403, 403, 403, 200, 200, 403] },
  ],
  'POST /v1/preview': [{ path: '/v1/preview', body: 'ask', expected: [200, 200, 200, 200, 200, 403] }],
  'POST /v1/requests': [
    { path: '/v1/requests', body: 'ask', expected: [202, 202, 202, 202, 202, 400] },
    { path: '/v1/requests', body: 'ask for the requester', expected: [202, 403, 403, 403, 403, 202] },
  ],
  'GET /v1/requests/{id}': [
    { path: '/v1/requests/{pending}', expected: [200, 404, 200, 200, 200, 404] },
    { path: '/v1/requests/{running}', expected: [200, 404, 200, 200, 200, 404] },
    { path: '/v1/requests/{glass}', expected: [404, 404, 200, 200, 200, 404] },
    { path: '/v1/requests/{machine}', expected: [200, 404, 200, 200, 200, 200] },
    { path: '/v1/requests/{unknown}', expected: [404, 404, 404, 404, 404, 404] },
  ],
  'POST /v1/requests/{id}/end': [
    { path: '/v1/requests/{pending}/end', body: {}, expected: [202, 404, 403, 403, 202, 404] },
    { path: '/v1/requests/{running}/end', body: {}, expected: [202, 404, 202, 403, 202, 404] },
    { path: '/v1/requests/{machine}/end', body: {}, expected: [202, 404, 403, 403, 202, 202] },
    { path: '/v1/requests/{unknown}/end', body: {}, expected: [404, 404, 404, 404, 404, 404] },
  ],
  'POST /v1/requests/{id}/decisions': [
    { path: '/v1/requests/{pending}/decisions', body: { verdict: 'approve' }, expected: [403, 404, 202, 403, 403, 403] },
    { path: '/v1/requests/{machine}/decisions', body: { verdict: 'approve' }, expected: [403, 404, 202, 403, 403, 403] },
    { path: '/v1/requests/{running}/decisions', body: { verdict: 'deny' }, expected: [403, 404, 409, 409, 409, 403] },
    { path: '/v1/requests/{unknown}/decisions', body: { verdict: 'deny' }, expected: [404, 404, 404, 404, 404, 403] },
  ],
  'POST /v1/requests/{id}/review': [
    { path: '/v1/requests/{glass}/review', body: { verdict: 'justified' }, expected: [404, 404, 202, 403, 202, 403] },
    { path: '/v1/requests/{pending}/review', body: { verdict: 'justified' }, expected: [403, 404, 409, 409, 409, 403] },
    { path: '/v1/requests/{unknown}/review', body: { verdict: 'justified' }, expected: [404, 404, 404, 404, 404, 403] },
  ],
  'GET /v1/requests/{id}/activity': [
    { path: '/v1/requests/{running}/activity', expected: [200, 404, 200, 200, 200, 403] },
    { path: '/v1/requests/{unknown}/activity', expected: [404, 404, 404, 404, 404, 403] },
  ],
  'POST /v1/requests/{id}/verify': [
    { path: '/v1/requests/{running}/verify', body: {}, expected: [403, 403, 403, 200, 200, 403] },
    { path: '/v1/requests/{unknown}/verify', body: {}, expected: [403, 403, 403, 404, 404, 403] },
  ],
  'POST /v1/audit/questions': [
    { path: '/v1/audit/questions', body: { op: 'stalled' }, expected: [403, 403, 403, 200, 200, 403] },
    { path: '/v1/audit/questions', body: { op: 'who-could-reach', accountId: prodPayments, at: '2026-03-02T10:00:00Z' }, expected: [403, 403, 403, 200, 200, 403] },
  ],
  'GET /v1/policies': [{ path: '/v1/policies', expected: [403, 403, 403, 200, 200, 403] }],
  'POST /v1/policies/plan': [{ path: '/v1/policies/plan', body: { kind: 'Bundle', remove: 'no-such-bundle' }, expected: [403, 403, 403, 200, 200, 403] }],
  'POST /v1/policies/explain': [{ path: '/v1/policies/explain', body: { person: 'wren.kowalski@acme.example', account: prodPayments, permissionSet: 'ReadOnlyAccess' }, expected: [403, 403, 403, 200, 200, 403] }],
  'GET /v1/policies/changes/{id}': [{ path: '/v1/policies/changes/{unknown}', expected: [403, 403, 403, 404, 404, 403] }],
  'POST /v1/policies/changes': [{ path: '/v1/policies/changes', body: { kind: 'Bundle', id: 'no-such-bundle', expectedVersion: 0 }, expected: [403, 403, 403, 403, 202, 403] }],
  'POST /v1/policies/changes/{id}/decisions': [{ path: '/v1/policies/changes/{unknown}/decisions', body: { verdict: 'agree' }, expected: [403, 403, 403, 403, 404, 403] }],
  'GET /v1/delegations': [{ path: '/v1/delegations', expected: [200, 200, 200, 200, 200, 403] }],
  'GET /v1/delegations/{id}': [{ path: '/v1/delegations/{unknown}?since=2026-03-02T09:00:00Z', expected: [404, 404, 404, 404, 404, 403] }],
  'POST /v1/delegation': [{ path: '/v1/delegation', body: { delegate: 'zoe.haddad@acme.example', from: '2026-03-03T00:00:00Z', until: '2026-03-04T00:00:00Z' }, expected: [202, 202, 202, 202, 202, 403] }],
};

/** Headers that let nobody in, whoever they name; on routes that anybody may read they change nothing. */
const credentials: Readonly<Record<string, (doors: Doors, userName: string) => Promise<Readonly<Record<string, string>>>>> = {
  'no token': async () => ({}),
  'an expired token': (doors, name) => bearer(doors.issuer.token(name, { exp: seconds(doors) - 31 })),
  'a token that is not valid yet': (doors, name) => bearer(doors.issuer.token(name, { nbf: seconds(doors) + 31 })),
  'a token of tomorrow': (doors, name) => bearer(doors.issuer.token(name, { iat: seconds(doors) + 86_400, auth_time: undefined })),
  'a sign-in of tomorrow': (doors, name) => bearer(doors.issuer.token(name, { auth_time: seconds(doors) + 86_400 })),
  'a token for another audience': (doors, name) => bearer(doors.issuer.token(name, { aud: 'payroll' })),
  'a token for nobody': (doors, name) => bearer(doors.issuer.token(name, { aud: undefined })),
  'a token of another issuer': (doors, name) => bearer(doors.issuer.token(name, { iss: 'https://id.evil.example' })),
  'a token that never ends': (doors, name) => bearer(doors.issuer.token(name, { exp: undefined })),
  'alg: none': (doors, name) => bearer(doors.issuer.unsigned(name)),
  'a token signed by another key': (doors, name) => bearer(doors.issuer.byAnotherKey(name)),
  'a token that brings its key along': (doors, name) => bearer(doors.issuer.byAnotherKey(name, 'in its header')),
  'a token signed with the public key as a secret': (doors, name) => bearer(doors.issuer.byPublicKeyAsSecret(name)),
  "somebody else's token with the name changed": (doors, name) => bearer(doors.issuer.changedAfterwards(zoe, { preferred_username: name, name: 'x' })),
  'an id token of the web client': (doors, name) => bearer(doors.issuer.token(name, { aud: webClient, azp: webClient, client_id: undefined, nonce: 'n' })),
  'a token of nobody in the identity store': (doors, name) => bearer(doors.issuer.token(`${name}.evil`)),
  'a token that names a user id instead of a name': (doors, name) => bearer(doors.issuer.token(doors.world.user(name).UserId)),
  'no token at all after Bearer': async () => ({ authorization: 'Bearer ' }),
  'a good token under another scheme': async (doors, name) => ({ authorization: `Basic ${await doors.issuer.token(name)}` }),
  'a session that never was': async () => ({ cookie: `__Host-team=${'a'.repeat(43)}`, origin: 'https://team.acme.example', 'sec-fetch-site': 'same-origin' }),
  'a good token as the cookie': async (doors, name) => ({ cookie: `__Host-team=${await doors.issuer.token(name)}`, origin: 'https://team.acme.example', 'sec-fetch-site': 'same-origin' }),
  'headers of a proxy that says who it is': async (_doors, name) => ({ 'x-forwarded-user': name, 'x-amzn-oidc-identity': name, 'x-person': name, 'x-user': name }),
};

/** Tokens by which a registered client does not get in; on routes that anybody may read they change nothing. */
const machineTokens: Readonly<Record<string, readonly [status: number, token: (doors: Doors) => Promise<string>]>> = {
  'an expired token': [401, (doors) => doors.issuer.machineToken(nightly.clientId, { exp: seconds(doors) - 31 })],
  'a token for another audience': [401, (doors) => doors.issuer.machineToken(nightly.clientId, { aud: 'payroll' })],
  'a token for nobody': [401, (doors) => doors.issuer.machineToken(nightly.clientId, { aud: undefined })],
  'a token of another issuer': [401, (doors) => doors.issuer.machineToken(nightly.clientId, { iss: 'https://id.evil.example' })],
  'a token of a person with the claims changed': [401, (doors) => doors.issuer.changedAfterwards(wren, { sub: nightly.clientId, client_id: nightly.clientId, preferred_username: undefined })],
  'a token of a client that nobody registered': [403, (doors) => doors.issuer.machineToken('payroll')],
  'a token of its own that names a person': [403, (doors) => doors.issuer.machineToken(nightly.clientId, { preferred_username: ana })],
  'a token of a person who signed in through its client': [403, (doors) => doors.issuer.token(ana, { client_id: nightly.clientId })],
  'a token of a person through its client that names nobody': [403, (doors) => doors.issuer.token(ana, { client_id: nightly.clientId, preferred_username: undefined })],
  'a token of a client that is registered for nothing': [403, (doors) => doors.issuer.machineToken(idle.clientId)],
};

const bearer = async (token: string | Promise<string>) => ({ authorization: `Bearer ${await token}` });
const seconds = ({ world }: Doors): number => Math.floor(world.now() / 1_000);

let doors: Doors;
let ids: Readonly<Record<string, string>>;
beforeAll(async () => {
  doors = await openDoors();
  const { world } = doors;
  const asked = askFor(doors, prodPayments, 'ReadOnlyAccess');
  const running = await doors.asked(wren, asked);
  await doors.as(emeka, `/v1/requests/${running}/decisions`, { body: { verdict: 'approve' } });
  await world.until('AccessGranted.v1', running);
  const glass = await doors.asked(ines, askFor(doors, prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 5 }), 'AccessReviewRequested.v1');
  const pending = await doors.asked(wren, askFor(doors, '624177419051', 'ReadOnlyAccess'));
  const { body } = await doors.asMachine(nightly, '/v1/requests', { body: askFor(doors, '752297035059', 'ReadOnlyAccess', { for: wren, requestId: doors.world.newId() }) });
  const machine = String(body['requestId']);
  await world.until('ApprovalRequested.v1', machine);
  await doors.settled();
  ids = { pending, running, glass, machine, unknown: world.newId() };
});
afterAll(() => doors.close());

const bodyOf = (body: string | object | undefined): object | undefined => (typeof body === 'string' ? askFor(doors, prodPayments, 'ReadOnlyAccess', body === 'ask' ? {} : { for: wren, requestId: doors.world.newId() }) : body);
const as = (userName: string, path: string, sent: Sent): Promise<Answered> => (userName === nightly.clientId ? doors.asMachine(nightly, path, sent) : doors.as(userName, path, sent));
const pathOf = (path: string): string => path.replace(/\{(\w+)\}/, (_, name: string) => String(ids[name]));

const cases = Object.entries(table).flatMap(([operation, calls]) =>
  calls.flatMap(({ path, body, expected }) => Object.entries(personas).map(([persona, userName], place) => ({ operation, path, body, persona: persona as Persona, userName, status: expected[place] ?? 0 }))),
);
/** Of calls that anybody may make. */
const isPublic = (operation: string): boolean => /healthz|openapi|configuration/.test(operation);

/** A refusal says what to do in the usual form, is kept by nobody, and tells nothing of what it refused. */
function expectProblem({ status, headers, body }: Answered): void {
  expect(body).toMatchObject({ type: 'about:blank', status, code: expect.stringMatching(/^ERR_[A-Z_]+$/), detail: expect.any(String) });
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(headers.get('cache-control')).toBe('no-store');
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
}

describe('every route of the API', () => {
  it('stands in this table', async () => {
    const served = (await doors.send('/v1/openapi.json')).body['paths'] as Record<string, Record<string, { security?: unknown[] }>>;
    const operations = Object.entries(served).flatMap(([path, methods]) => Object.entries(methods).map(([method, { security = [] }]) => ({ name: `${method.toUpperCase()} ${path}`, open: security.length === 0 })));
    expect(operations.map(({ name }) => name).sort()).toEqual(Object.keys(table).sort());
    expect(operations.filter(({ open }) => open).map(({ name }) => name).sort()).toEqual(Object.keys(table).filter(isPublic).sort());
    expect(Object.keys(served)).toEqual(Object.keys(openApiDocument().paths ?? {}));
  });

  it.each(cases)('$path ($operation) by the $persona: $status', async ({ path, body, userName, status, operation }) => {
    const before = doors.world.events().length;
    const given = bodyOf(body);
    const answer = await as(userName, pathOf(path), given === undefined ? {} : { body: given });
    expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
    if (status >= 400) expectProblem(answer);
    expect(doors.world.events().length - before).toBe(status === 202 ? 1 : 0);
    if (operation === 'GET /v1/me' && status === 200) expect(answer.body).toMatchObject({ userName, userId: doors.world.user(userName).UserId });
  });

  const each = [...new Map(cases.map((one) => [`${one.operation} ${one.persona}`, one])).values()];
  it.each(each.filter(({ persona }) => persona !== 'machine'))('$operation lets nobody in who is not truly the $persona', async ({ path, body, userName, operation }) => {
    const before = doors.world.events().length;
    const statuses: Record<string, number> = {};
    const given = bodyOf(body);
    for (const [credential, headersOf] of Object.entries(credentials)) {
      const answer = await doors.send(pathOf(path), { ...(given === undefined ? {} : { body: given }), headers: await headersOf(doors, userName) });
      statuses[credential] = answer.status;
      if (answer.status >= 400) expectProblem(answer);
    }
    expect(statuses).toEqual(Object.fromEntries(Object.keys(credentials).map((credential) => [credential, isPublic(operation) ? 200 : 401])));
    expect(doors.world.events()).toHaveLength(before);
  });

  it.each(each.filter(({ operation, persona }) => !isPublic(operation) && persona === 'administrator'))('$operation is not for a client of which no person is behind', async ({ path, body, userName }) => {
    const given = bodyOf(body);
    for (const claims of [{ sub: 'team-cli' }, { azp: 'robot', client_id: undefined, sub: 'robot' }, { gty: 'client-credentials' }, { preferred_username: undefined }, { preferred_username: [userName] }]) {
      const answer = await doors.as(userName, pathOf(path), { ...(given === undefined ? {} : { body: given }), claims });
      expect([answer.status, answer.body['code']]).toEqual([403, 'ERR_NO_PERSON']);
    }
  });

  it.each(each.filter(({ persona }) => persona === 'machine'))('$operation lets no program in that is not truly the machine', async ({ path, body, operation }) => {
    const before = doors.world.events().length;
    const given = bodyOf(body);
    for (const [credential, [status, token]] of Object.entries(machineTokens)) {
      const answer = await doors.send(pathOf(path), { ...(given === undefined ? {} : { body: given }), headers: await bearer(token(doors)) });
      expect([credential, answer.status]).toEqual([credential, isPublic(operation) ? 200 : status]);
      if (answer.status >= 400) expectProblem(answer);
    }
    expect(doors.world.events()).toHaveLength(before);
  });

  it('takes a token for several audiences where the API is among them', async () => {
    expect((await doors.as(wren, '/v1/me', { claims: { aud: ['other', audience] } })).status).toBe(200);
  });
});

describe('who signed in long ago', () => {
  const old = () => ({ auth_time: seconds(doors) - 901 });

  it.each([
    ['/v1/requests/{pending}/decisions', { verdict: 'approve' }],
    ['/v1/requests/{glass}/review', { verdict: 'justified' }],
  ])('signs nothing: %s', async (path, body) => {
    const before = doors.world.events().length;
    const answer = await doors.as(emeka, pathOf(path), { body, claims: old() });
    expect([answer.status, answer.body['code'], answer.headers.get('www-authenticate')]).toEqual([401, 'ERR_SIGN_IN_TOO_OLD', expect.stringContaining('insufficient_user_authentication')]);
    expect(doors.world.events()).toHaveLength(before);
  });

  it('breaks no glass', async () => {
    const body = askFor(doors, prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 5 });
    const answer = await doors.as(ines, '/v1/requests', { body, claims: old() });
    expect([answer.status, answer.body['code']]).toEqual([401, 'ERR_SIGN_IN_TOO_OLD']);
    expect((await doors.as(ines, '/v1/requests', { body })).status).toBe(202);
  });

  it('takes access away and asks for it all the same', async () => {
    expect((await doors.as(wren, pathOf('/v1/requests/{running}/end'), { body: {}, claims: old() })).status).toBe(202);
    expect((await doors.as(wren, '/v1/requests', { body: bodyOf('ask'), claims: old() })).status).toBe(202);
  });
});
