import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Handler } from 'hono';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.ico': 'image/x-icon',
};

/** Everything comes from the portal alone; images and fonts may be within its styles. */
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const headers = { 'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'x-frame-options': 'DENY' };

const notBuiltYet = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>TEAM</title>
<body><h1>The web application is being built</h1><p>This happens once. The page shows itself when it is ready.</p></body></html>`;

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>TEAM</title>
<body><h1>The web application could not be built</h1><p>What went wrong stands where TEAM was started. The API and the command are there all the same.</p></body></html>`;

/**
 * The built web application in a folder. Every path that is no file is a page of it, so that links lead into it. The first visit builds it,
 * where that is needed.
 */
export function webFiles(folder: string, build: () => Promise<void>): Handler {
  let state: 'unknown' | 'building' | 'built' | 'failed' = 'unknown';
  let building: Promise<void> | undefined;
  const begin = (): void => {
    state = 'building';
    building = build().then(
      () => void (state = 'built'),
      (error: unknown) => {
        state = 'failed';
        console.error(`the web application could not be built: ${String(error)}`);
      },
    );
  };
  return async (context) => {
    if (state === 'unknown') begin();
    // A build that is not needed is done at once.
    if (state === 'building') await Promise.race([building, delay(200)]);
    if (state === 'failed') return context.html(notBuilt, 500, headers);
    if (state === 'building') return context.html(notBuiltYet, 503, { ...headers, 'retry-after': '2' });
    const asked = pathIn(context.req.url);
    if (asked === undefined) return context.text('This is no path.', 400, headers);
    const file = path.join(folder, asked);
    const isFile = file.startsWith(`${folder}${path.sep}`) && path.extname(file) !== '' && statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    if (!isFile && path.extname(asked) !== '') return context.text('There is no such file.', 404, headers);
    const chosen = isFile ? file : path.join(folder, 'index.html');
    // What Vite builds has its digest in its name; the page itself names the newest.
    const cached = asked.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return context.body(Uint8Array.from(await readFile(chosen)), 200, { ...headers, 'content-type': types[path.extname(chosen)] ?? 'application/octet-stream', 'cache-control': cached });
  };
}

/** The path that is asked for, taken out of its encoding; undefined where that is none, or no file system knows such a path. */
function pathIn(url: string): string | undefined {
  try {
    const asked = path.normalize(decodeURIComponent(new URL(url).pathname));
    return asked.includes('\0') ? undefined : asked;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
