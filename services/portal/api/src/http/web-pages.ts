import type { Context } from 'hono';

/** Where the files of the built web application are. */
export interface WebFiles {
  /** A file by its path below the application's folder, as names stand in it; undefined: there is none. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  json: 'application/json',
  ico: 'image/x-icon',
};

/** Everything comes from the portal alone; images and fonts may be within its styles. */
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What every answer says, that of a file as that of none. Browsers leave out what is said of TLS where there is none. */
export const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
};

/** The web application. Every path that is no file is a page of it, so that links lead into it. */
export function webPages({ read }: WebFiles): (context: Context) => Promise<Response> {
  return async (context) => {
    const asked = pathIn(context.req.url);
    if (asked === undefined) return context.text('This is no path.', 400, pageHeaders);
    const isPage = extensionOf(asked) === '';
    const path = isPage ? 'index.html' : asked;
    const bytes = await read(path);
    if (bytes === undefined) return context.text('There is no such file.', 404, pageHeaders);
    // What Vite builds has its digest in its name; the page itself names the newest.
    const cached = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return context.body(bytes, 200, { ...pageHeaders, 'content-type': types[extensionOf(path)] ?? 'application/octet-stream', 'cache-control': cached });
  };
}

/** The path that is asked for, without the slash it begins with, taken out of its encoding; undefined where it is none that a file could have. */
function pathIn(url: string): string | undefined {
  try {
    const asked = decodeURIComponent(new URL(url).pathname).replace(/^\/+/, '');
    return asked.includes('\0') ? undefined : asked;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const extensionOf = (path: string): string => /\.(\w+)$/.exec(path)?.[1] ?? '';
