import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import type { LocalKeys } from './keys.ts';
import { login } from './login.ts';
import { contentSecurityPolicy, ownScriptsAlone, page } from './pages.ts';
import type { LocalPerson } from './people.ts';
import { providerConfiguration, type LocalClients } from './provider-configuration.ts';

export interface LocalProviderOptions extends LocalClients {
  /** Its own URL, with the path below which it is served: `http://localhost:8042/sign-in`, or one of a port of its own. */
  readonly issuer: string;
  /** Who can sign in now. */
  readonly people: () => readonly LocalPerson[];
  readonly keys: LocalKeys;
}

/**
 * An OpenID provider for this machine, which takes everybody at their word. Clients: `team-portal` (code flow, with a secret), `team-cli`
 * (code flow on any port of this machine, device flow), and those of programs (client credentials). Its tokens are dated by the machine's clock, whatever the time of the local run is.
 *
 * @example http.createServer(createLocalProvider({ issuer: 'http://localhost:8044', people, keys: createLocalKeys(), portalOrigins, portalSecret }))
 */
export function createLocalProvider({ issuer, people, keys, ...clients }: LocalProviderOptions): RequestListener {
  const provider = new Provider(issuer, providerConfiguration(people, keys, clients));
  const answer = provider.callback();
  const base = new URL(issuer).pathname.replace(/\/$/, '');
  return (request, response) => {
    const url = request.url ?? '/';
    const path = url.split('?')[0] ?? '/';
    if (path.startsWith(`${base}/login/`)) {
      login(provider, people, path, request, response).catch((error: unknown) => wentWrong(response, error));
      return;
    }
    if (!path.startsWith(`${base}/`)) return notHere(response);
    response.setHeader('content-security-policy', ownScriptsAlone);
    answer(below(request, base), response).catch((error: unknown) => wentWrong(response, error));
  };
}

/** The request as the provider routes it, with what it was called by left where koa looks for it. */
function below(request: IncomingMessage, base: string): IncomingMessage {
  const originalUrl = request.url ?? '/';
  return Object.assign(request, { originalUrl, url: originalUrl.slice(base.length) });
}

function notHere(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy });
  response.end(page('Nothing here', '<p>The sign-in is not here.</p>'));
}

function wentWrong(response: ServerResponse, error: unknown): void {
  console.error('local sign-in:', error);
  if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('The local sign-in failed; its log says why.');
}
