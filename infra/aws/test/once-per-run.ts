import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a process may print: templates of a deployment take some 2 MB. */
const maxBuffer = 32 * 2 ** 20;

/**
 * What a program prints of an input, as JSON. To synthesize takes seconds and much memory: so it is done in a process of its own, and once for a
 * whole run of the tests, which has a folder for such things in `TEAM_TEST_FOLDER`.
 */
export function oncePerRun(program: string, input: unknown): unknown {
  const asked = JSON.stringify(input);
  const folder = process.env['TEAM_TEST_FOLDER'];
  if (folder === undefined) return JSON.parse(printedBy(program, asked));
  const file = path.join(folder, `${path.basename(program, '.ts')}-${createHash('sha256').update(`${program} ${asked}`).digest('hex').slice(0, 16)}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const text = printedBy(program, asked);
  // Whole or not at all: others may look for it now.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
  return JSON.parse(text);
}

// What CDK thinks of the templates is tested elsewhere.
const printedBy = (program: string, input: string): string => execFileSync(process.execPath, [program], { input, encoding: 'utf8', maxBuffer, env: { ...process.env, CDK_VALIDATION: 'false' } });
