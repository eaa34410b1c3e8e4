import type { PendingSignIn, Session, SessionStore } from '../../api/src/sign-in/sessions.ts';

/** Sessions in memory, with their keys to look at. */
export function memorySessions() {
  const sessions = new Map<string, Session>();
  const pending = new Map<string, PendingSignIn>();
  const store: SessionStore = {
    session: async (key) => sessions.get(key),
    async putSession(key, session) {
      sessions.set(key, session);
    },
    async touchSession(key, lastSeenAt) {
      const session = sessions.get(key);
      if (session !== undefined) sessions.set(key, { ...session, lastSeenAt });
    },
    async deleteSession(key) {
      sessions.delete(key);
    },
    async putPending(key, value) {
      pending.set(key, value);
    },
    async takePending(key) {
      const value = pending.get(key);
      pending.delete(key);
      return value;
    },
  };
  return { store, sessions, pending };
}
