/** Reads an environment as JSON and prints the stacks of its deployment, in the order in which they are made: `[{ stackName, template }]`. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildApp } from '../src/app.ts';
import { environmentSchema } from '../src/environment/schema.ts';

const environment = environmentSchema.parse(JSON.parse(readFileSync(0, 'utf8')));
const folder = mkdtempSync(path.join(tmpdir(), 'team-templates-'));
try {
  // Without bundles: every function has the same code.
  const code = path.join(folder, 'code');
  mkdirSync(code);
  writeFileSync(path.join(code, 'index.mjs'), 'export const handler = () => {};\n');
  const { stacks } = buildApp(environment, { bundleOf: () => code, outdir: path.join(folder, 'templates') }).synth();
  process.stdout.write(JSON.stringify(stacks.map(({ stackName, template }) => ({ stackName, template: template as unknown }))));
} finally {
  rmSync(folder, { recursive: true });
}
