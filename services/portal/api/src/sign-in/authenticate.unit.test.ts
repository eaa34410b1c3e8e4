import { randomBytes } from 'node:crypto';
import { DirectoryAmbiguityError } from '@team/directory';
import { OutageError } from '@team/runtime';
import { fixedClock } from '@team/testing';
import { Hono } from 'hono';
import { memorySessions } from '../../../test/sign-in/memory-sessions.ts';
import type { PortalEnv } from '../http/portal-env.ts';
import { authenticate } from './authenticate.ts';
import { personFinder, type Person } from './find-person.ts';
import { createSessions } from './sessions.ts';
import { NotLetInError } from './unauthorized.ts';

const origin = 'https://team.example';
const ana: Person = { id: 'u-1', userName: 'Ana', displayName: 'Ana Silva', enabled: true };

async function setUp(people: Person[] = [ana]) {
  const now = fixedClock();
  const asked: string[] = [];
  const findPerson = personFinder(async (name) => {
    asked.push(name);
    if (name === 'twins') throw new DirectoryAmbiguityError(name, ['u-8', 'u-9']);
    return people.find(({ id, userName }) => id === name || userName.toLowerCase() === name.toLowerCase());
  }, now);
  const sessions = createSessions({ store: memorySessions().store, now, newId: () => randomBytes(32).toString('base64url') });
  const verifyToken = async (token: string) => {
    if (token === 'no-keys') throw new OutageError('ERR_ISSUER_UNAVAILABLE', 'no keys');
    if (token === 'machine') throw new NotLetInError('ERR_NO_PERSON', 'a machine');
    if (!token.startsWith('of-')) throw new NotLetInError('ERR_TOKEN_INVALID', 'not good');
    return { userName: token.slice('of-'.length), authTime: 1_700_000_000 };
  };
  const app = new Hono<PortalEnv>();
  app.use(authenticate({ origin, sessions, verifyToken, findPerson }));
  app.all('/', (context) => context.json(context.var.person));
  app.onError((error, context) => context.json({ code: error.name }, 503));
  const id = await sessions.open({ userId: 'u-1', userName: 'Ana', authTime: 1_700_000_000 });
  const call = async (method: string, headers: Record<string, string>) => {
    const response = await app.request('/', { method, headers });
    return { status: response.status, challenge: response.headers.get('www-authenticate'), type: response.headers.get('content-type'), body: await response.json() };
  };
  return { now, asked, people, sessions, id, call, cookie: { cookie: `__Host-team=${id}` } };
}

test('a bearer token says who calls; no session, so none that ends', async () => {
  const { call } = await setUp();
  const { status, body } = await call('POST', { authorization: 'Bearer of-ANA' });
  expect([status, body]).toEqual([200, { userId: 'u-1', userName: 'Ana', displayName: 'Ana Silva', authTime: 1_700_000_000 }]);
});

test('a cookie says who calls, and until when', async () => {
  const { call, cookie, now } = await setUp();
  expect((await call('GET', cookie)).body).toMatchObject({ userId: 'u-1', sessionEndsAt: now() + 8 * 3_600_000 });
});

test.each<[string, Record<string, string>, number, string, string | null]>([
  ['nothing', {}, 401, 'ERR_NOT_SIGNED_IN', 'Bearer realm="team"'],
  ['another scheme', { authorization: 'Basic YTpi' }, 401, 'ERR_NOT_SIGNED_IN', 'Bearer realm="team"'],
  ['a token that is not good', { authorization: 'bearer xyz' }, 401, 'ERR_TOKEN_INVALID', 'Bearer realm="team", error="invalid_token"'],
  ['a token of a machine', { authorization: 'Bearer machine' }, 403, 'ERR_NO_PERSON', null],
  ['a token of nobody we know', { authorization: 'Bearer of-zoe' }, 401, 'ERR_PERSON_UNKNOWN', 'Bearer realm="team"'],
  ['a token whose user name is somebody’s id', { authorization: 'Bearer of-u-1' }, 401, 'ERR_PERSON_UNKNOWN', 'Bearer realm="team"'],
  ['a token of a name that several carry', { authorization: 'Bearer of-twins' }, 401, 'ERR_PERSON_UNKNOWN', 'Bearer realm="team"'],
  ['a session that is none', { cookie: `__Host-team=${'a'.repeat(43)}` }, 401, 'ERR_SESSION_ENDED', 'Bearer realm="team"'],
])('%s is answered by a problem', async (_given, headers, status, code, challenge) => {
  const { call } = await setUp();
  expect(await call('GET', headers)).toMatchObject({ status, challenge, type: 'application/problem+json', body: { status, code, title: expect.any(String), detail: expect.any(String) } });
});

test('a token that is not good is not made up for by a cookie', async () => {
  const { call, cookie } = await setUp();
  expect((await call('GET', { ...cookie, authorization: 'Bearer xyz' })).status).toBe(401);
});

test('an issuer that does not answer is for who handles errors', async () => {
  const { call } = await setUp();
  expect(await call('GET', { authorization: 'Bearer no-keys' })).toMatchObject({ status: 503, body: { code: 'OutageError' } });
});

test.each<[Record<string, string>, number]>([
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ 'sec-fetch-site': 'none' }, 403],
  [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, 403],
  [{ 'sec-fetch-site': 'same-origin', origin }, 200],
  [{ origin }, 200],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'cross-site', origin }, 403],
  [{ origin: 'https://team.example.evil' }, 403],
  [{ origin: 'null' }, 403],
  [{ referer: `${origin}/` }, 403],
  [{}, 403],
])('a cookie with %j may change something: %d', async (headers, status) => {
  const { call, cookie } = await setUp();
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect((await call(method, { ...cookie, ...headers })).status).toBe(status);
  expect((await call('GET', { ...cookie, ...headers })).status).toBe(200);
});

test('who was disabled reads for a minute at most, and changes nothing any more', async () => {
  const { call, cookie, people, now, asked } = await setUp();
  await call('GET', cookie);
  people[0] = { ...ana, enabled: false };
  now.advance(59_999);
  expect((await call('GET', cookie)).status).toBe(200);
  expect(asked).toHaveLength(1);
  expect((await call('POST', { ...cookie, origin })).body).toMatchObject({ code: 'ERR_PERSON_UNKNOWN', detail: expect.stringContaining('disabled') });
  expect((await call('GET', cookie)).status).toBe(401);
});

test('a session does not go over to who is given the user name later', async () => {
  const { call, cookie, people } = await setUp();
  people[0] = { ...ana, id: 'u-2' };
  expect((await call('GET', cookie)).body).toMatchObject({ code: 'ERR_PERSON_UNKNOWN' });
});

test('a user of the Identity Store without a user name is nobody who can sign in', async () => {
  const { call } = await setUp([{ ...ana, userName: 'u-1' }]);
  expect((await call('GET', { authorization: 'Bearer of-u-1' })).body).toMatchObject({ code: 'ERR_PERSON_UNKNOWN' });
});
