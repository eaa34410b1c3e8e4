import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/**
 * `__Host-` (RFC 6265bis §4.1.3.2) keeps other hosts of the domain from setting it. It needs Secure, which browsers allow over plain HTTP
 * where they trust the host anyway; see the README of the local run for which do.
 */
export const cookieNames = { session: '__Host-team', pending: '__Host-team-sign-in' } as const;

export type CookieKind = keyof typeof cookieNames;

export function readCookie(context: Context, kind: CookieKind): string | undefined {
  return getCookie(context, cookieNames[kind]);
}

/** Lax, since the way back from the identity provider is a navigation from another site. */
const attributes = { secure: true, httpOnly: true, sameSite: 'Lax', path: '/' } as const;

export function writeCookie(context: Context, kind: CookieKind, id: string, seconds: number): void {
  setCookie(context, cookieNames[kind], id, { ...attributes, maxAge: seconds });
}

export function clearCookie(context: Context, kind: CookieKind): void {
  setCookie(context, cookieNames[kind], '', { ...attributes, maxAge: 0 });
}
