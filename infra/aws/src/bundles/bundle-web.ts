import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

/** A build takes some ten seconds; on a busy machine many. */
const limitMs = 180_000;

const vite = path.resolve(import.meta.dirname, '../../../../node_modules/vite/bin/vite.js');

/**
 * Builds a web application into `outFolder`, each file compressed by Brotli and named as itself with `.br` after it. Always anew: what is deployed
 * is made of the sources that are there. The same sources give the same bytes. Rejects with what Vite says.
 */
export async function bundleWeb(sources: string, outFolder: string): Promise<void> {
  const built = await mkdtemp(path.join(tmpdir(), 'team-web-'));
  try {
    await promisify(execFile)(process.execPath, [vite, 'build', sources, '--outDir', built, '--emptyOutDir', '--bypass-lock', '--logLevel', 'error'], { timeout: limitMs });
    const entries = await readdir(built, { recursive: true, withFileTypes: true });
    await Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => compress(path.join(entry.parentPath, entry.name), built, outFolder)));
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}

async function compress(file: string, from: string, to: string): Promise<void> {
  const target = path.join(to, `${path.relative(from, file)}.br`);
  await mkdir(path.dirname(target), { recursive: true });
  // The best quality takes ten times as long for a tenth less.
  await writeFile(target, await promisify(brotliCompress)(await readFile(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
}
