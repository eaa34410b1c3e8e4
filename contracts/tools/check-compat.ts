/**
 * Compares `contracts/published/` of the working tree with an earlier state; exit code 1 and a list where an event major changed by
 * more than an added optional field.
 *
 *   node contracts/tools/check-compat.ts                    against the commit where this branch left `main`
 *   node contracts/tools/check-compat.ts --against v1.4.0   against a commit, branch or tag
 *   node contracts/tools/check-compat.ts --against FOLDER   against a folder of published schemas
 */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { breakingChangesOfAll } from './compatibility.ts';
import type { JsonObject } from './event-schema.ts';
import { jsonFilesIn, publishedFolder } from './folder.ts';

const inRepository = 'contracts/published/';
const { values } = parseArgs({ options: { against: { type: 'string' } } });

try {
  const against = values.against ?? branchPoint();
  const before = schemas(statSync(against, { throwIfNoEntry: false })?.isDirectory() === true ? jsonFilesIn(against) : jsonFilesAt(against));
  const breaking = breakingChangesOfAll(before, schemas(jsonFilesIn(publishedFolder)));
  for (const change of breaking) console.error(`${change.path}: ${change.message}`);
  if (breaking.length > 0) {
    console.error(`${breaking.length} breaking changes since ${against}. Publish a new major beside the old one (contracts/README.md).`);
    process.exitCode = 1;
  } else {
    console.log(`${before.size} published schemas of ${against}: nothing broken`);
  }
} catch (error) {
  // Not an answer "compatible": what to compare with could not be read.
  console.error(`check-compat: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

/** Schemas of event majors among the published files. */
function schemas(files: ReadonlyMap<string, string>): ReadonlyMap<string, JsonObject> {
  return new Map([...files].filter(([name]) => /\.v\d+\.json$/.test(name)).map(([name, text]) => [name, JSON.parse(text) as JsonObject]));
}

/** The published files at a commit, text by file name. */
function jsonFilesAt(ref: string): ReadonlyMap<string, string> {
  const names = git('ls-tree', '-r', '--name-only', ref, '--', inRepository).split('\n').filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [path.basename(name), git('show', `${ref}:${name}`)]));
}

/** The last commit that this branch shares with `main`; on `main` itself the last commit. */
function branchPoint(): string {
  for (const main of ['main', 'origin/main']) {
    const found = gitOrNothing('merge-base', 'HEAD', main);
    if (found !== undefined) return found.trim();
  }
  return git('rev-parse', 'HEAD').trim();
}

function git(...command: readonly string[]): string {
  const root = path.resolve(publishedFolder, '../..');
  return execFileSync('git', command, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] });
}

function gitOrNothing(...command: readonly string[]): string | undefined {
  try {
    return git(...command);
  } catch (error) {
    // 1: no common commit; 128: no such branch. Anything else, such as git missing, is not ours to hide.
    if (error instanceof Error && 'status' in error && (error.status === 1 || error.status === 128)) return undefined;
    throw error;
  }
}
