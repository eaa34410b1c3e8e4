import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accessKeyIdOf, encodeText } from './message.ts';
import type { Router } from './router.ts';

/** What a BatchWriteItem may have. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const maxBodyBytes = 16 * 1024 * 1024;

export interface HttpServer {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** Ends open connections too: a long poll does not hold the process. */
  close(): Promise<void>;
}

export interface HttpServerOptions {
  readonly router: Router;
  /** 0 takes any free port. */
  readonly port: number;
  /** The cloud's time (ms since the epoch), told in each answer's `Date` header; the machine's where it is not given. */
  readonly now?: () => number;
  /** Asked first, for what is not AWS; true when it has answered. */
  readonly also?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Serves the router on 127.0.0.1 only: the access key is not checked beyond its id, so nobody else may reach it. */
export async function serveHttp(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((request, response) => {
    if (options.now !== undefined) response.setHeader('date', new Date(options.now()).toUTCString());
    if (options.also?.(request, response) === true) return;
    respond(options.router, request, response).catch((error: unknown) => response.destroy(asError(error)));
  });
  await listen(server, options.port);
  const address = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

async function respond(router: Router, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method !== 'POST' && pathname === '/') return refuse(response, 405, 'AWS services are called with POST.');
  const body = await readBody(request);
  if (body === undefined) return refuse(response, 413, `A request has at most ${maxBodyBytes} bytes.`);
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  const answer = await router.respond({ headers, body, method: request.method ?? 'POST', path: pathname, query: searchParams, accessKeyId: accessKeyIdOf(headers['authorization']) });
  response.writeHead(answer.statusCode, answer.headers).end(answer.body);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const body = encodeText(`${message}\n`);
  response.writeHead(status, { 'content-type': 'text/plain', 'content-length': body.length, connection: 'close' }).end(body);
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Left early, the socket must stay open for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('The request was read as text.');
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
