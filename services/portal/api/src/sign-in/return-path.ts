/**
 * The path of our own where somebody goes on after signing in; undefined: it leads elsewhere, or is none. Checked is what a browser makes of
 * it: it reads `/\evil.example` and `/.//evil.example` as another host, and drops tabs and line ends (https://url.spec.whatwg.org).
 */
export function ownPath(given: string, origin: string): string | undefined {
  if (!given.startsWith('/') || given.length > 2_000) return undefined;
  const url = URL.parse(given, origin);
  if (url === null || url.origin !== origin) return undefined;
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Back to the sign-in itself would go round in a circle.
  return path.startsWith('//') || path.startsWith('/auth/') ? undefined : path;
}
