import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** `contracts/published` of this checkout. */
export const publishedFolder = path.resolve(import.meta.dirname, '../published');

/** The JSON files of a folder, text by file name; none where the folder does not exist. */
export function jsonFilesIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}
