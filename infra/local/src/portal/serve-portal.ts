import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { doorPaths, front, type Doors, type SignInConfig } from '@team/portal/compose';
import { Hono } from 'hono';
import { createLocalKeys, createLocalProvider, audience, commandLineRedirectUris, type LocalMachine, type LocalPerson } from '../sign-in/index.ts';
import { buildWeb, builtWeb } from './build-web.ts';
import { namesThisMachine } from './this-machine.ts';
import { webFiles } from './web-files.ts';

/** Below this path people sign in, at a provider that takes everybody at their word. */
const providerPath = '/sign-in';

/** What is answered to a name that is not this machine's. */
const otherHost = JSON.stringify({ type: 'about:blank', title: 'Misdirected request', status: 421, code: 'ERR_OTHER_HOST', detail: 'The local portal is at localhost. Open it by that name.' });

/** The portal's server before there is anything behind it. */
export interface PortalServer {
  /** `http://localhost:PORT`: browsers take cookies of it for safe, which they do not of 127.0.0.1. */
  readonly origin: string;
  readonly signIn: SignInConfig;
  /** Programs that may get tokens for themselves, with their secrets, which are others at each start. */
  readonly machines: readonly LocalMachine[];
  /** Answers by these doors from now on. */
  open(doors: Doors): void;
  close(): Promise<void>;
}

export interface PortalServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Who can sign in. */
  readonly people: () => readonly LocalPerson[];
  /** Clients of programs, as the issuer knows them. */
  readonly machines?: readonly { readonly clientId: string }[] | undefined;
}

/** Serves API, sign-in and web application of the portal on one port of 127.0.0.1, as one origin. */
export async function servePortal({ port, people, machines: clients = [] }: PortalServerOptions): Promise<PortalServer> {
  let answerBy: ReturnType<typeof front> | undefined;
  const notReady = (): Response => Response.json({ title: 'Not ready', status: 503, code: 'ERR_NOT_READY', detail: 'TEAM is starting. Try again in a second.', type: 'about:blank' }, { status: 503, headers: { 'retry-after': '1', 'content-type': 'application/problem+json' } });
  const app = new Hono();
  for (const path of doorPaths) app.all(path, ({ req }) => answerBy?.(req.raw) ?? notReady());
  app.get('*', webFiles(builtWeb, buildWeb));
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const ways: { provider?: ReturnType<typeof createLocalProvider> } = {};
  const server = createServer((request, response) => {
    if (!namesThisMachine(request.headers.host)) response.writeHead(421, { 'content-type': 'application/problem+json' }).end(otherHost);
    else if (request.url?.startsWith(`${providerPath}/`) === true && ways.provider !== undefined) ways.provider(request, response);
    else void answer(request, response);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const newSecret = (): string => randomBytes(32).toString('base64url');
  const secret = newSecret();
  const machines = clients.map(({ clientId }) => ({ clientId, secret: newSecret() }));
  const issuer = `${origin}${providerPath}`;
  ways.provider = createLocalProvider({ issuer, people, keys: createLocalKeys(), portalOrigins: [origin], portalSecret: secret, machines });
  return {
    origin,
    machines,
    signIn: { origin, issuer, jwksUri: `${issuer}/jwks`, audience, client: { id: 'team-portal', secret }, commandLine: { id: 'team-cli', redirectUris: commandLineRedirectUris }, issuerNow: Date.now },
    open: (doors) => void (answerBy = front(doors)),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
