import { runNode } from './run-node.ts';

/** What writes files that are committed; with `--check` it compares them instead. */
const generators = ['contracts/tools/generate.ts', 'shared/policies/tools/generate.ts', 'services/portal/api/tools/generate.ts'];

for (const generator of generators) {
  const end = await runNode([generator, '--check'], { cwd: process.cwd(), output: 'show', limitSeconds: 120 });
  if (!end.ok) process.exitCode = 1;
}
