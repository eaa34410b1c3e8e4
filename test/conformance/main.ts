/**
 * `npm run conformance`: tries what we believe of AWS on the local cloud; with `--aws` on a real account, with `--endpoint URL` on an
 * imitation of AWS. Exit codes: 0 every belief that was tried holds · 1 one does not, or something could not be removed · 2 not
 * understood, or not begun.
 */
import { randomBytes } from 'node:crypto';
import { CommanderError } from 'commander';
import { readOptions } from './options.ts';

const enough = new AbortController();
// Once only: a second Ctrl-C ends at once, and leaves behind what was made.
process.once('SIGINT', () => enough.abort());

try {
  const options = readOptions(process.argv.slice(2));
  // Loaded when the options are understood: the product takes longer to load than to say what is wrong with them.
  const { conformance } = await import('./conformance.ts');
  process.exitCode = await conformance(options, { say: (line) => console.log(line), signal: enough.signal, suffix: randomBytes(4).toString('hex') });
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
