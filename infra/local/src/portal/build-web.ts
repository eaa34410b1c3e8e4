import { execFile } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** A build takes some ten seconds; on a busy machine many. */
const limitMs = 180_000;

/** Where the portal's web application stands in the project. */
export const webSources = path.resolve(import.meta.dirname, '../../../../services/portal/web');
export const builtWeb = path.join(webSources, 'dist');

/** Whether what was built is there, and no source is newer. */
function isBuilt(): boolean {
  const index = path.join(builtWeb, 'index.html');
  if (!existsSync(index)) return false;
  const builtAt = statSync(index).mtimeMs;
  const sources = readdirSync(path.join(webSources, 'src'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return sources.every((entry) => statSync(path.join(entry.parentPath, entry.name)).mtimeMs <= builtAt);
}

let building: Promise<void> | undefined;

/**
 * Builds the web application where that is needed, once whoever asks. It is built beside its place and moved there whole, since other
 * processes may read it, or build it too. Rejects with what Vite says.
 */
export function buildWeb(): Promise<void> {
  building ??= build().finally(() => (building = undefined));
  return building;
}

/** Another process may have been faster: what it built is as good. */
function moveThere(folder: string): void {
  try {
    rmSync(builtWeb, { recursive: true, force: true });
    renameSync(folder, builtWeb);
  } catch (error) {
    if (!isBuilt()) throw error;
  }
}

async function build(): Promise<void> {
  if (isBuilt()) return;
  const vite = path.resolve(webSources, '../../../node_modules/vite/bin/vite.js');
  const folder = path.join(webSources, `dist-${process.pid}`);
  try {
    // Whatever this process is: what is served is never React's build for development.
    await promisify(execFile)(process.execPath, [vite, 'build', webSources, '--outDir', folder, '--bypass-lock', '--logLevel', 'error'], { timeout: limitMs, env: { ...process.env, NODE_ENV: 'production' } });
    moveThere(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
