import { createHash } from 'node:crypto';
import { minuteMs, type Clock } from '@team/runtime';

/** Who is signed in in a browser. Times in ms, but `authTime` (s), when they proved who they are. */
export interface Session {
  readonly userId: string;
  readonly userName: string;
  readonly authTime: number;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly endsAt: number;
}

/** A sign-in that was begun and that the identity provider has not answered yet. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** A path of our own. */
  readonly returnTo: string;
  /** Whether a fresh proof was asked for. */
  readonly again: boolean;
  readonly endsAt: number;
}

/** Where both are kept, under keys that tell nobody the id. What is over may still be found, since a table removes it late. */
export interface SessionStore {
  session(key: string): Promise<Session | undefined>;
  putSession(key: string, session: Session): Promise<void>;
  /** Changes nothing where the session is gone: what was signed out meanwhile must not come back. */
  touchSession(key: string, lastSeenAt: number): Promise<void>;
  deleteSession(key: string): Promise<void>;
  putPending(key: string, pending: PendingSignIn): Promise<void>;
  /** Gives it to one caller, once. */
  takePending(key: string): Promise<PendingSignIn | undefined>;
}

export interface SessionsOptions {
  readonly store: SessionStore;
  readonly now: Clock;
  /** 256 random bits in base64url. */
  readonly newId: () => string;
}

const hourMs = 60 * minuteMs;
/** However busy, a session ends. */
const longestMs = 8 * hourMs;
/** A session that nobody uses ends sooner. */
export const idleMs = hourMs;
/** Using a session is written down once in so long, not with every call. */
const touchMs = minuteMs;
/** How long somebody may take to sign in at the provider. */
export const pendingMs = 10 * minuteMs;

const idShape = /^[\w-]{43}$/;

/** Sessions and sign-ins under way. Only the browser has the id: who reads the store can be nobody with it. */
export function createSessions({ store, now, newId }: SessionsOptions) {
  return {
    /** Begins a session and gives the id for the cookie. */
    async open(person: Pick<Session, 'userId' | 'userName' | 'authTime'>): Promise<string> {
      const id = newId();
      const { userId, userName, authTime } = person;
      await store.putSession(keyOf(id), { userId, userName, authTime, createdAt: now(), lastSeenAt: now(), endsAt: now() + longestMs });
      return id;
    },

    /** The session of this id, used now; undefined: there is none, or it is over. */
    async find(id: string): Promise<Session | undefined> {
      const session = idShape.test(id) ? await store.session(keyOf(id)) : undefined;
      if (session === undefined || isOver(session, now())) return undefined;
      if (now() - session.lastSeenAt >= touchMs) await store.touchSession(keyOf(id), now());
      return session;
    },

    async end(id: string): Promise<void> {
      if (idShape.test(id)) await store.deleteSession(keyOf(id));
    },

    /** Remembers a sign-in under way and gives the id for its cookie. */
    async begin(pending: Omit<PendingSignIn, 'endsAt'>): Promise<string> {
      const id = newId();
      await store.putPending(keyOf(id), { ...pending, endsAt: now() + pendingMs });
      return id;
    },

    /** The sign-in under way of this id, once; undefined: there is none, it took too long, or it was used. */
    async take(id: string): Promise<PendingSignIn | undefined> {
      const pending = idShape.test(id) ? await store.takePending(keyOf(id)) : undefined;
      return pending !== undefined && now() < pending.endsAt ? pending : undefined;
    },
  };
}
export type Sessions = ReturnType<typeof createSessions>;

/** When a session ends if nobody uses it any more (ms). */
export function endOf({ endsAt, lastSeenAt }: Pick<Session, 'endsAt' | 'lastSeenAt'>): number {
  return Math.min(endsAt, lastSeenAt + idleMs);
}

function isOver(session: Session, at: number): boolean {
  return at >= endOf(session);
}

/** A plain digest is enough: what it hides is as random as a key. */
function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
