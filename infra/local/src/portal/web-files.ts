import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pageHeaders, webPages } from '@team/portal/compose';
import type { Handler } from 'hono';

const notBuiltYet = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>TEAM</title>
<body><h1>The web application is being built</h1><p>This happens once. The page shows itself when it is ready.</p></body></html>`;

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>TEAM</title>
<body><h1>The web application could not be built</h1><p>What went wrong stands where TEAM was started. The API and the command are there all the same.</p></body></html>`;

/** The built web application in a folder. The first visit builds it, where that is needed. */
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
  const pages = webPages({ read: (asked) => readIn(folder, asked) });
  return async (context) => {
    if (state === 'unknown') begin();
    // A build that is not needed is done at once.
    if (state === 'building') await Promise.race([building, delay(200)]);
    if (state === 'failed') return context.html(notBuilt, 500, pageHeaders);
    if (state === 'building') return context.html(notBuiltYet, 503, { ...pageHeaders, 'retry-after': '2' });
    return pages(context);
  };
}

/** A file below the folder; undefined where there is none, or it is not below. */
async function readIn(folder: string, asked: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const file = path.join(folder, asked);
  const isFile = file.startsWith(`${folder}${path.sep}`) && statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? Uint8Array.from(await readFile(file)) : undefined;
}
