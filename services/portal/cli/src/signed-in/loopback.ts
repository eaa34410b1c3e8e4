import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refused } from '../failure.ts';

/** Where a browser of this machine brings the issuer's answer (RFC 8252 §7.3), until it is closed. */
export interface Loopback {
  /** The address that the browser is sent back to: the issuer must know it. */
  readonly redirectUri: string;
  /** The address with the answer in it, once it comes with this state. Rejects when `signal` is aborted before. */
  answer(state: string, signal: AbortSignal): Promise<URL>;
  close(): Promise<void>;
}

/** Nothing in a page runs, loads or is sent on, and nobody is told its address, which has a code in it. Nothing of that address is in the page. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/**
 * Listens on 127.0.0.1 alone, at the first of these addresses whose port is free; one without a port takes any. Throws `Failure` where none is.
 *
 * @param redirectUris as the issuer knows them: `http://127.0.0.1/signed-in`, `http://localhost:18043/signed-in`
 */
export async function openLoopback(redirectUris: readonly string[]): Promise<Loopback> {
  for (const uri of redirectUris) {
    const server = createServer();
    if (await listens(server, Number(new URL(uri).port))) return at(uri, server);
  }
  throw refused(`nothing can listen for the answer of your browser: the ports of ${redirectUris.join(', ')} are taken. Free one of them, or sign in with: npx team login --device`);
}

/** Whether it listens there now: another program may have the port, or only others may have it. */
function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
}

function at(uri: string, server: Server): Loopback {
  const redirectUri = new URL(uri);
  redirectUri.port = String((server.address() as AddressInfo).port);
  return {
    redirectUri: redirectUri.href,
    answer: (state, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const enough = (): void => reject(signal.reason as Error);
        signal.addEventListener('abort', enough, { once: true });
        let answered = false;
        server.on('request', (request, response) => {
          const query = queryIn(request, redirectUri);
          if (typeof query === 'number') return page(response, query, 'Nothing here', 'Nobody is to come here but who signs in.');
          // Any page that the browser has open can send it here: what does not know the state is no answer, and ends nothing.
          if (query.get('state') !== state) return page(response, 400, 'Not this sign-in', 'This is not the answer to the sign-in that waits here. Begin again with what your terminal printed.');
          if (answered) return page(response, 410, 'Answered already', 'This sign-in was answered before. Your terminal says how it ended.');
          answered = true;
          signal.removeEventListener('abort', enough);
          const answer = new URL(redirectUri);
          answer.search = query.toString();
          page(response, 200, 'Back to your terminal', 'It says whether you are signed in. You can close this page.', () => resolve(answer));
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the browser brings, or why it is none of ours, as a status. */
function queryIn({ method, url = '/', headers: { host } }: IncomingMessage, redirectUri: URL): URLSearchParams | number {
  // A name of another site that leads here (DNS rebinding) is not the one that was given to the issuer.
  if (host !== redirectUri.host) return 421;
  const [path, ...query] = url.split('?');
  if (path !== redirectUri.pathname) return 404;
  return method === 'GET' ? new URLSearchParams(query.join('?')) : 405;
}

function page(response: ServerResponse, status: number, title: string, text: string, sent: () => void = () => undefined): void {
  // Also where the browser went away before it had all of it.
  response.once('close', sent);
  response.writeHead(status, { ...headers, ...(status === 405 ? { allow: 'GET' } : {}) });
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`);
}
