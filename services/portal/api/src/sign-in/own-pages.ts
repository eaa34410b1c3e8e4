import { NotLetInError } from './unauthorized.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether the method changes nothing (RFC 9110 §9.2.1). */
export function isSafe(method: string): boolean {
  return safeMethods.has(method);
}

/**
 * Throws `ERR_CROSS_SITE` unless the call comes from a page of ours: a browser sends our cookie along with what other sites on the same
 * domain let it send, too. Browsers say where a call comes from in Sec-Fetch-Site, which no page can forge; the oldest say it in Origin.
 */
export function assertFromOwnPages(headers: Headers, origin: string): void {
  const site = headers.get('sec-fetch-site');
  const own = site === null ? headers.get('origin') === origin : site === 'same-origin' || site === 'none';
  if (!own) throw new NotLetInError('ERR_CROSS_SITE', `a call that changes something must come from a page of ${origin}; with a bearer token it may come from anywhere`);
}
