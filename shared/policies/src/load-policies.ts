import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileProblemsError } from './file-problem.ts';
import type { Names } from './names.ts';
import { parsePolicies, type PolicyFile } from './parse-policies.ts';
import type { LoadedPolicies } from './policies.ts';

/** Every `*.yaml` and `*.yml` of a folder, by name. Throws what the file system throws. */
export function policyFilesIn(folder: string): PolicyFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => /\.ya?ml$/.test(entry.name) && !entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => join(folder, name))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

/**
 * All policies of a folder, which must say limits.
 * Throws `FileProblemsError` with every problem of every file; then nothing was loaded.
 *
 * @example loadPolicies('policies', directoryNames(await directory.snapshot())).limits.openRequestsPerUser
 */
export function loadPolicies(folder: string, names: Names): LoadedPolicies {
  const files = policyFilesIn(folder);
  const { limits, ...rest } = parsePolicies(files, names);
  if (limits !== undefined) return { ...rest, limits };
  throw new FileProblemsError([{ file: folder, line: undefined, path: '', reason: 'no document of kind Limits in any file' }]);
}
