import type { MiddlewareHandler } from 'hono';
import type { PortalEnv } from './portal-env.ts';
import { problemAnswer } from './problem.ts';

/** No wider than what the library behind takes for JSON, which would fail at the rest. */
const json = /^application\/json(; *[\w-]+=[^;]+)*$/i;

/** Takes bodies of JSON alone. A form of another site cannot send them (Fetch §2.2.2: CORS-safelisted content types). */
export const onlyJson: MiddlewareHandler<PortalEnv> = async (c, next) => {
  if (json.test(c.req.header('content-type') ?? '')) return next();
  return problemAnswer(c, 415, { code: 'ERR_NOT_JSON', detail: 'Send the body as JSON, with "content-type: application/json".', headers: { accept: 'application/json' } });
};
