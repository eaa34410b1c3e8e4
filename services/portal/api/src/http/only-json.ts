import type { MiddlewareHandler } from 'hono';
import type { PortalEnv } from './portal-env.ts';
import { problemAnswer } from './problem.ts';

/**
 * Refuses commands that another site makes a signed-in browser send (OWASP Cross-Site Request Forgery Prevention Cheat Sheet).
 * Three things stand against them, none of which a page of another origin can forge: browsers say with `Sec-Fetch-Site` and `Origin` where
 * a call comes from (Fetch Metadata; RFC 6454 §7), and a form, which needs no permission to be sent across origins, cannot send
 * `application/json` (Fetch §2.2.2: CORS-safelisted content types). Whoever sends neither header is no browser, and has no cookie to lose.
 *
 * @param origins of the web application: `https://team.acme.example`
 */
export function onlyFromHere(origins: readonly string[]): MiddlewareHandler<PortalEnv> {
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const elsewhere = (site !== undefined && site !== 'same-origin') || (origin !== undefined && !origins.includes(origin));
    if (!elsewhere) return next();
    return problemAnswer(c, 403, { code: 'ERR_OTHER_ORIGIN', detail: 'This was sent by a page of another site. Do it in the portal itself.' });
  };
}

/** No wider than what the library behind takes for JSON, which would fail at the rest. */
const json = /^application\/json(; *[\w-]+=[^;]+)*$/i;

/** Takes bodies of JSON alone, which is also the third of what stands against other sites: see `onlyFromHere`. */
export const onlyJson: MiddlewareHandler<PortalEnv> = async (c, next) => {
  if (json.test(c.req.header('content-type') ?? '')) return next();
  return problemAnswer(c, 415, { code: 'ERR_NOT_JSON', detail: 'Send the body as JSON, with "content-type: application/json".', headers: { accept: 'application/json' } });
};
