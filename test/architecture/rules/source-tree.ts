import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SourceFile } from './rule.ts';

/** Folders that hold what was installed, built or left behind by a run. */
const NOT_OURS = new Set(['node_modules', '.git', '.nx', '.team', 'coverage', 'dist', 'cdk.out']);

/** Every file of the project below `root`, sorted by path. */
export function readTree(root: string): SourceFile[] {
  const files: SourceFile[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const at = path.posix.join(folder, entry.name);
      if (entry.isDirectory() && !NOT_OURS.has(entry.name)) walk(at);
      if (entry.isFile() && !entry.name.endsWith('.log')) files.push({ path: at, text: readFileSync(path.join(root, at), 'utf8') });
    }
  };
  walk('');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
