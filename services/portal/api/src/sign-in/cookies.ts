import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/**
 * The session's. `__Host-` (RFC 6265bis §4.1.3.2) keeps other hosts of the domain from setting it. It needs Secure: over plain HTTP, Chromium
 * (153, tried) takes it from http://127.0.0.1 and http://localhost, which it trusts anyway. Safari does not: the local run is not for it.
 */
export const sessionCookie = '__Host-team';

/** Of one sign-in under way: several tabs may sign in at once, and each finds its own again. The state may be anything that somebody calls us with. */
export function pendingCookie(state: string): string {
  return `__Host-team-sign-in-${state.replace(/[^\w-]/g, '').slice(0, 8)}`;
}

export function readCookie(context: Context, name: string): string | undefined {
  return getCookie(context, name);
}

/** Lax, since the way back from the identity provider is a navigation from another site. */
const attributes = { secure: true, httpOnly: true, sameSite: 'Lax', path: '/' } as const;

export function writeCookie(context: Context, name: string, id: string, seconds: number): void {
  setCookie(context, name, id, { ...attributes, maxAge: seconds });
}

export function clearCookie(context: Context, name: string): void {
  setCookie(context, name, '', { ...attributes, maxAge: 0 });
}
