import { createHash, randomBytes } from 'node:crypto';
import { fixedClock } from '@team/testing';
import { memorySessions } from '../../../test/sign-in/memory-sessions.ts';
import { createSessions } from './sessions.ts';

const ana = { userId: 'u-1', userName: 'ana', authTime: 1_700_000_000 };
const pending = { state: 's', nonce: 'n', codeVerifier: 'v', returnTo: '/', again: false };
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function setUp() {
  const now = fixedClock();
  const kept = memorySessions();
  return { now, kept, sessions: createSessions({ store: kept.store, now, newId: () => randomBytes(32).toString('base64url') }) };
}

test('a session is found by its id; what is kept is a digest of it', async () => {
  const { kept, now, sessions } = setUp();
  const id = await sessions.open(ana);
  expect(await sessions.find(id)).toEqual({ ...ana, createdAt: now(), lastSeenAt: now(), endsAt: now() + 8 * hourMs });
  expect([...kept.sessions.keys()]).toEqual([createHash('sha256').update(id).digest('hex')]);
});

test.each(['', 'x', '../x', 'a'.repeat(10_000)])('"%.10s" is no id, and nobody looks it up', async (id) => {
  const { kept } = setUp();
  const refuse = async () => Promise.reject(new Error('looked up'));
  const sessions = createSessions({ store: { ...kept.store, session: refuse, deleteSession: refuse, takePending: refuse }, now: Date.now, newId: () => '' });
  expect(await sessions.find(id)).toBeUndefined();
  expect(await sessions.take(id)).toBeUndefined();
  await sessions.end(id);
});

test('the digest that is kept is no id', async () => {
  const { kept, sessions } = setUp();
  await sessions.open(ana);
  for (const key of kept.sessions.keys()) expect(await sessions.find(key)).toBeUndefined();
});

test('a session that nobody uses for an hour is over', async () => {
  const { now, sessions } = setUp();
  const id = await sessions.open(ana);
  now.advance(hourMs - 1);
  expect(await sessions.find(id)).toBeDefined();
  now.advance(hourMs - 1);
  expect(await sessions.find(id)).toBeDefined();
  now.advance(hourMs);
  expect(await sessions.find(id)).toBeUndefined();
});

test('a session is over after eight hours, however busy', async () => {
  const { now, sessions } = setUp();
  const id = await sessions.open(ana);
  for (let minutes = 0; minutes < 8 * 60; minutes += 20) {
    expect(await sessions.find(id)).toBeDefined();
    now.advance(20 * minuteMs);
  }
  expect(await sessions.find(id)).toBeUndefined();
});

test('using a session is written down once a minute at most', async () => {
  const { kept, now } = setUp();
  let touched = 0;
  const store = { ...kept.store, touchSession: async () => void (touched += 1) };
  const sessions = createSessions({ store, now, newId: () => randomBytes(32).toString('base64url') });
  const id = await sessions.open(ana);
  for (let calls = 0; calls < 5; calls += 1) await sessions.find(id);
  expect(touched).toBe(0);
  now.advance(minuteMs);
  await sessions.find(id);
  expect(touched).toBe(1);
});

test('who signs out while another call of theirs is under way stays signed out', async () => {
  const { kept, now } = setUp();
  const newId = () => randomBytes(32).toString('base64url');
  const sessions = createSessions({ store: kept.store, now, newId });
  const id = await sessions.open(ana);
  now.advance(minuteMs);
  const slow = createSessions({
    store: {
      ...kept.store,
      async session(key) {
        const session = await kept.store.session(key);
        await sessions.end(id);
        return session;
      },
    },
    now,
    newId,
  });
  await slow.find(id);
  expect(await sessions.find(id)).toBeUndefined();
});

test('a sign-in under way is taken once, within ten minutes, and is no session', async () => {
  const { now, sessions } = setUp();
  const id = await sessions.begin(pending);
  expect(await sessions.find(id)).toBeUndefined();
  expect(await sessions.take(id)).toMatchObject(pending);
  expect(await sessions.take(id)).toBeUndefined();
  const late = await sessions.begin(pending);
  now.advance(10 * minuteMs);
  expect(await sessions.take(late)).toBeUndefined();
  expect(await sessions.take(await sessions.open(ana))).toBeUndefined();
});
