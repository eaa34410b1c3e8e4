/**
 * Writes `services/portal/api/published/openapi.json` from the routes of the API.
 *
 *   node services/portal/api/tools/generate.ts           writes
 *   node services/portal/api/tools/generate.ts --check   writes nothing; exit code 1 where the file is not what it should be
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openApiDocument } from '../src/http/openapi-document.ts';

const name = 'services/portal/api/published/openapi.json';
const file = path.resolve(import.meta.dirname, '../published/openapi.json');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const wanted = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
const found = existsSync(file) ? readFileSync(file, 'utf8') : undefined;

if (found !== wanted && values.check) {
  console.error(`${name}: ${found === undefined ? 'missing' : 'out of date'}\nRun: npm run generate`);
  process.exitCode = 1;
} else if (found !== wanted) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, wanted);
  console.log(`wrote ${name}`);
}
