/** `npm run typecheck`: what runs in Node.js is one program; what runs in a browser is another, since each knows other globals. */
import { globSync } from 'node:fs';
import { runNode } from './run-node.ts';

const projects = ['tsconfig.base.json', ...globSync('services/*/web/tsconfig.json')];

const ends = [];
for (const project of projects) {
  // What did not change since the last time is not checked again.
  const known = ['--incremental', '--tsBuildInfoFile', `node_modules/.cache/typecheck/${project.replaceAll('/', '-')}.tsbuildinfo`];
  ends.push(await runNode(['node_modules/typescript/bin/tsc', '-p', project, ...known, ...process.argv.slice(2)], { cwd: process.cwd(), output: 'show', limitSeconds: 300 }));
}
process.exitCode = ends.every(({ ok }) => ok) ? 0 : 1;
