import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createRemoteJWKSet } from 'jose';
import { audience, createLocalKeys, createLocalProvider, type LocalPerson } from '../../../../infra/local/src/sign-in/index.ts';
import type { PortalEnv } from '../../api/src/http/portal-env.ts';
import { authenticate } from '../../api/src/sign-in/authenticate.ts';
import { personFinder, type Person } from '../../api/src/sign-in/find-person.ts';
import { identityProvider } from '../../api/src/sign-in/identity-provider.ts';
import { createSessions } from '../../api/src/sign-in/sessions.ts';
import { createSignInRoutes } from '../../api/src/sign-in/sign-in-routes.ts';
import { createTokenVerifier } from '../../api/src/sign-in/verify-token.ts';
import { memorySessions } from './memory-sessions.ts';

export const ana: LocalPerson = { userId: '9067aa-ana', userName: 'Ana.Silva@acme.example', displayName: 'Ana <b>Silva</b>', groups: ['Payments & "co"'] };
export const ben: LocalPerson = { userId: '9067aa-ben', userName: 'ben', displayName: 'Ben Okafor', groups: [] };

/** The sign-in of the portal and the local provider, each on a port of 127.0.0.1; `path` is where the provider stands. */
export async function runPortal({ path = '', now = Date.now }: { readonly path?: string; readonly now?: () => number } = {}) {
  const people = new Map<string, Person>([ana, ben].map((one) => [one.userName.toLowerCase(), { ...one, id: one.userId, enabled: true }]));
  const servers: Server[] = [];
  const listeners: { portal?: RequestListener; provider?: RequestListener } = {};
  const listen = async (which: 'portal' | 'provider'): Promise<string> => {
    const server = createServer((request, response) => listeners[which]?.(request, response));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const origin = await listen('portal');
  const issuer = `${await listen('provider')}${path}`;
  const portalSecret = 'local-secret';
  listeners.provider = createLocalProvider({ issuer, people: () => [ana, ben], keys: createLocalKeys(), portalOrigins: [origin], portalSecret });

  const kept = memorySessions();
  const clocks = { now, issuerNow: Date.now };
  const sessions = createSessions({ store: kept.store, now, newId: () => randomBytes(32).toString('base64url') });
  const findPerson = personFinder(async (name) => people.get(name.toLowerCase()), now);
  const provider = identityProvider({ issuer, clientId: 'team-portal', clientSecret: portalSecret, now });
  const verifyToken = createTokenVerifier({ ...clocks, issuer, audience, keys: createRemoteJWKSet(new URL(`${issuer}/jwks`)) });
  const app = new Hono<PortalEnv>();
  app.route('/', createSignInRoutes({ ...clocks, origin, sessions, findPerson, provider }));
  app.use('/api/*', authenticate({ origin, sessions, verifyToken, findPerson }));
  app.all('/api/me', (context) => context.json(context.var.person));
  const answer = getRequestListener(app.fetch);
  listeners.portal = (request, response) => void answer(request, response);

  return {
    origin,
    issuer,
    people,
    kept,
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
export type RunningPortal = Awaited<ReturnType<typeof runPortal>>;
