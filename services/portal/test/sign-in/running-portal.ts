import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { audience, createLocalKeys, createLocalProvider, type LocalPerson } from '../../../../infra/local/src/sign-in/index.ts';
import type { PortalEnv } from '../../api/src/http/portal-env.ts';
import { createSignIn } from '../../api/src/sign-in/create-sign-in.ts';
import type { Person } from '../../api/src/sign-in/find-person.ts';
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

  const sessions = memorySessions();
  const { routes, authenticate } = createSignIn({
    origin,
    issuer,
    audience,
    clientId: 'team-portal',
    clientSecret: portalSecret,
    store: sessions.store,
    findUser: async (name) => people.get(name.toLowerCase()),
    newId: () => randomBytes(32).toString('base64url'),
    log: { warn: () => undefined },
    now,
    issuerNow: Date.now,
  });
  const app = new Hono<PortalEnv>();
  app.route('/', routes);
  app.use('/api/*', authenticate);
  app.all('/api/me', (context) => context.json(context.var.person));
  const answer = getRequestListener(app.fetch);
  listeners.portal = (request, response) => void answer(request, response);

  return {
    origin,
    issuer,
    people,
    sessions,
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
export type RunningPortal = Awaited<ReturnType<typeof runPortal>>;
