import type { OpenAPIHono } from '@hono/zod-openapi';
import { decide, type DecidePorts } from '../application/decide.ts';
import { decideOnChange } from '../application/decide-on-change.ts';
import { delegate } from '../application/delegate.ts';
import { endAsMachine } from '../application/end-as-machine.ts';
import { end } from '../application/end.ts';
import type { IntentsAs } from '../application/ports.ts';
import { review } from '../application/review.ts';
import { submitChange, type SubmitPorts } from '../application/submit-change.ts';
import * as administration from './administration-routes.ts';
import { createBase, type ApiOptions } from './create-base.ts';
import { guards } from './guards.ts';
import type { PortalEnv } from './portal-env.ts';
import * as routes from './routes.ts';

export interface DecidingPorts extends DecidePorts, SubmitPorts {
  /** As a machine speaks. */
  readonly intentsAs: IntentsAs;
}

/**
 * What people say that counts: decisions, reviews, whose access ends, and how policies change. A function of its own: what reads and asks can sign nothing, and
 * is registered to speak for nobody.
 */
export function createDecide(ports: DecidingPorts, options: ApiOptions): OpenAPIHono<PortalEnv> {
  const app = createBase(options, ports.newId);
  const { command, longCommand, orMachine } = guards(options, ports.now);

  app.openapi({ ...routes.decide, middleware: command }, async (c) => {
    const taken = await decide(c.req.valid('param').id, c.req.valid('json'), c.var.person, ports);
    return c.json(taken, 202, { location: taken.href });
  });
  app.openapi({ ...routes.review, middleware: command }, async (c) => {
    const taken = await review(c.req.valid('param').id, c.req.valid('json'), c.var.person, ports);
    return c.json(taken, 202, { location: taken.href });
  });
  app.openapi({ ...routes.end, middleware: orMachine.command }, async (c) => {
    const { machine, person } = c.var;
    const { id } = c.req.valid('param');
    const asked = c.req.valid('json');
    const taken = await (machine === undefined ? end(id, asked, person, ports) : endAsMachine(id, asked, machine, ports));
    return c.json(taken, 202, { location: taken.href });
  });
  app.openapi({ ...administration.submit, middleware: longCommand }, async (c) => {
    const taken = await submitChange(c.req.valid('json'), c.var.person, ports);
    return c.json(taken, 202, { location: taken.href });
  });
  app.openapi({ ...administration.decideOnChange, middleware: command }, async (c) => {
    const taken = await decideOnChange(c.req.valid('param').id, c.req.valid('json'), c.var.person, ports);
    return c.json(taken, 202, { location: taken.href });
  });
  app.openapi({ ...administration.delegate, middleware: command }, async (c) => {
    const taken = await delegate(c.req.valid('json'), c.var.person, ports);
    return c.json(taken, 202, { location: taken.href });
  });
  return app;
}
