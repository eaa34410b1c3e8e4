import path from 'node:path';
import { runNode } from './run-node.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Prints, when the process ends, of which packages of others it has loaded something. */
const tellsWhatIsLoaded = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({
    load(url, context, next) {
      const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
      if (name !== undefined) packages.add(name);
      return next(url, context);
    },
  });
  process.on('exit', () => console.log('LOADED ' + [...packages].join(' ')));
`)}`;

// Ours need packages of others as soon as they do anything: zod, yaml, the AWS SDK.
it.each([
  ['services/portal/cli/team.js', ['--help'], 0],
  ['services/portal/cli/team.js', ['policies', '--wrong'], 2],
  ['services/portal/cli/team.js', ['list'], 4],
  ['infra/local/bin/start.js', ['--wrong'], 1],
  ['infra/local/bin/demo.js', ['--wrong'], 1],
  ['test/simulation/main.ts', ['--wrong'], 1],
  ['test/crash/main.ts', ['--wrong'], 1],
  ['test/conformance/main.ts', ['--wrong'], 2],
])('%s %j loads nothing but what reads options', async (entry, argv, code) => {
  const { reason, output } = await runNode(['--import', tellsWhatIsLoaded, entry, ...argv], { cwd: root, output: 'capture', limitSeconds: 20, env: { XDG_CONFIG_HOME: '/nobody/is/signed/in' } });
  expect([reason, /^LOADED (.*)$/m.exec(output)?.[1]]).toEqual([`exit code ${code}`, 'commander']);
});
