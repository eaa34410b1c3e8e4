import type { MiddlewareHandler } from 'hono';
import type { PortalEnv } from './portal-env.ts';
import { problemAnswer } from './problem.ts';

/** Lets no machine by, whatever it is registered for. */
export const peopleAlone: MiddlewareHandler<PortalEnv> = async (c, next) => {
  if (c.var.machine === undefined) return next();
  return problemAnswer(c, 403, { code: 'ERR_MACHINE_MAY_NOT', detail: 'This is for people: a program asks, reads what it asked for and ends that, as far as it is registered for it. Sign in as a person.' });
};
