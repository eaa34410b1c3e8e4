import type { OpenAPIHono } from '@hono/zod-openapi';
import { decide, type DecidePorts } from '../application/decide.ts';
import { review } from '../application/review.ts';
import { createBase, type ApiOptions } from './create-base.ts';
import { guards } from './guards.ts';
import type { PortalEnv } from './portal-env.ts';
import * as routes from './routes.ts';

/** Decisions and reviews: a function of its own, so that what reads and asks can sign nothing. */
export function createDecide(ports: DecidePorts, options: ApiOptions): OpenAPIHono<PortalEnv> {
  const app = createBase(options, ports.newId);
  const { command } = guards(options, ports.now);

  app.openapi({ ...routes.decide, middleware: command }, async (c) => {
    const taken = await decide(c.req.valid('param').id, c.req.valid('json'), c.var.person, ports);
    return c.json(taken, 202, { location: taken.href });
  });
  app.openapi({ ...routes.review, middleware: command }, async (c) => {
    const taken = await review(c.req.valid('param').id, c.req.valid('json'), c.var.person, ports);
    return c.json(taken, 202, { location: taken.href });
  });
  return app;
}
