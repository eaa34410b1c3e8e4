/**
 * Writes `shared/policies/published/policy.schema.json` from the documents that policy files hold.
 *
 *   node shared/policies/tools/generate.ts           writes
 *   node shared/policies/tools/generate.ts --check   writes nothing; exit code 1 where the file is not what it should be
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { policySchemaText } from '../src/policy-schema.ts';

const name = 'shared/policies/published/policy.schema.json';
const file = path.resolve(import.meta.dirname, '../published/policy.schema.json');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const wanted = policySchemaText();
const found = existsSync(file) ? readFileSync(file, 'utf8') : undefined;

if (found !== wanted && values.check) {
  console.error(`${name}: ${found === undefined ? 'missing' : 'out of date'}\nRun: npm run generate`);
  process.exitCode = 1;
} else if (found !== wanted) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, wanted);
  console.log(`wrote ${name}`);
}
