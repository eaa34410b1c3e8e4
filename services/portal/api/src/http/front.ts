import { Hono } from 'hono';
import * as administration from './administration-routes.ts';
import * as routes from './routes.ts';

/** What the function `decide` answers: what people say that counts. No path of theirs is also one of `api`. */
export const countingRoutes = [routes.decide, routes.review, routes.end, administration.submit, administration.decideOnChange, administration.delegate] as const;

/** Answers HTTP calls. */
export type Door = (request: Request) => Response | Promise<Response>;

/** The doors of the portal, each a function of its own. */
export interface Doors {
  readonly api: Door;
  readonly decide: Door;
  readonly signIn: Door;
}

/** Everything that the doors answer, as patterns of Hono's; the rest is the web application. */
export const doorPaths: readonly string[] = ['/auth/*', '/v1/*', '/healthz'];

/** One door before them all, which knows by a call's path which of them it is for. An API gateway does it by the same paths. */
export function front({ api, decide, signIn }: Doors): Door {
  const app = new Hono();
  app.all('/auth/*', ({ req }) => signIn(req.raw));
  for (const route of countingRoutes) app.all(route.getRoutingPath(), ({ req }) => decide(req.raw));
  app.all('*', ({ req }) => api(req.raw));
  return app.fetch;
}
