/**
 * Writes `contracts/published/` from the contracts and removes what no contract accounts for.
 *
 *   node contracts/tools/generate.ts           writes
 *   node contracts/tools/generate.ts --check   writes nothing; exit code 1 and a list where a file is not what it should be
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { catalog } from '../src/catalog.ts';
import { jsonFilesIn, publishedFolder } from './folder.ts';
import { differences, publishedFiles } from './published-files.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const wanted = publishedFiles(catalog);
const changes = differences(wanted, jsonFilesIn(publishedFolder));

if (values.check) {
  for (const { file, problem } of changes) console.error(`contracts/published/${file}: ${problem}`);
  if (changes.length > 0) {
    console.error('Run: node contracts/tools/generate.ts');
    process.exitCode = 1;
  }
} else {
  mkdirSync(publishedFolder, { recursive: true });
  for (const { file } of changes) {
    const content = wanted.get(file);
    if (content === undefined) rmSync(path.join(publishedFolder, file));
    else writeFileSync(path.join(publishedFolder, file), content);
    console.log(`${content === undefined ? 'removed' : 'wrote'} contracts/published/${file}`);
  }
}
