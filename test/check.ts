/** `npm run lint` and the like: one of the checks of `npm test` by itself. Further arguments go to its tool. */
import path from 'node:path';
import { checks } from './architecture/checks.ts';
import { runNode } from './architecture/run-node.ts';

const [name = '', ...more] = process.argv.slice(2);
const check = checks[name];
if (!check) throw new Error(`no check is called "${name}"; there are ${Object.keys(checks).join(', ')}`);

const end = await runNode([...check, ...more], { cwd: path.resolve(import.meta.dirname, '..'), output: 'show', limitSeconds: 600 });
process.exitCode = end.ok ? 0 : 1;
