import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { webPages } from '../http/web-pages.ts';

/** What lies beside the code: the built web application, each file compressed by Brotli (RFC 7932), named as itself with `.br` after it. */
const folder = path.join(import.meta.dirname, 'files');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
const held = new Set(names.map((name) => name.replaceAll(path.sep, '/')).filter((name) => name.endsWith('.br')));

const app = new Hono();
// Browsers take Brotli where there is TLS; who does not say so gets files as they are.
app.use(async (context, next) => {
  await next();
  context.header('vary', 'accept-encoding');
  if (context.res.status !== 200) return;
  if (/\bbr\b/.test(context.req.header('accept-encoding') ?? '')) context.header('content-encoding', 'br');
  else context.res = new Response(new Uint8Array(brotliDecompressSync(await context.res.arrayBuffer())), context.res);
});
app.get('*', webPages({ read: async (name) => (held.has(`${name}.br`) ? Uint8Array.from(readFileSync(path.join(folder, `${name}.br`))) : undefined) }));

/** Lambda entry of the function `pages`. */
export const handler = handle(app);
