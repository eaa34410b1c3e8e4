import { Hono } from 'hono';
import { manifest } from '../manifest.ts';

/** Answers HTTP calls. */
export type Door = (request: Request) => Response | Promise<Response>;

/** The doors of the portal, each a function of its own. */
export interface Doors {
  readonly api: Door;
  readonly decide: Door;
  readonly policies: Door;
  readonly signIn: Door;
}

const { functions } = manifest;

/** What a function answers, as patterns of Hono's. */
const patternsOf = (name: 'api' | 'decide' | 'policies' | 'sign-in'): string[] => functions[name].trigger.http.map((path) => path.replace('{proxy+}', '*').replaceAll(/\{(\w+)\}/g, ':$1'));

/** Everything that the doors answer, as patterns of Hono's; the rest is the web application. */
export const doorPaths: readonly string[] = [...patternsOf('sign-in'), ...patternsOf('api')];

/** One door before them all, which knows by a call's path which of them it is for. An API gateway does it by the same paths of the manifest. */
export function front({ api, decide, policies, signIn }: Doors): Door {
  const app = new Hono();
  for (const path of patternsOf('sign-in')) app.all(path, ({ req }) => signIn(req.raw));
  for (const path of patternsOf('decide')) app.all(path, ({ req }) => decide(req.raw));
  for (const path of patternsOf('policies')) app.all(path, ({ req }) => policies(req.raw));
  app.all('*', ({ req }) => api(req.raw));
  return app.fetch;
}
