import { NotLetInError } from './unauthorized.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether the method changes nothing (RFC 9110 §9.2.1). */
export function isSafe(method: string): boolean {
  return safeMethods.has(method);
}

/**
 * Throws `ERR_CROSS_SITE` unless a call with our cookie comes from a page of ours (OWASP Cross-Site Request Forgery Prevention Cheat Sheet):
 * a browser sends the cookie along with what other sites on the same domain let it send, too. Browsers say where a call comes from in
 * Sec-Fetch-Site (Fetch Metadata), the oldest in Origin alone (RFC 6454 §7); no page can forge either, and none that contradicts is taken.
 * Bodies must be JSON besides, which no form can send across origins (Fetch §2.2.2).
 */
export function assertFromOwnPages(headers: Headers, origin: string): void {
  const [site, from] = [headers.get('sec-fetch-site'), headers.get('origin')];
  const own = (site === 'same-origin' || (site === null && from !== null)) && (from === null || from === origin);
  if (!own) throw new NotLetInError('ERR_CROSS_SITE', `a call that changes something must come from a page of ${origin}; with a bearer token it may come from anywhere`);
}
