/**
 * `npm run crash -- --rounds N [--seed S]`: kills `npm start` while others work with it, N times on the same folder, and says what
 * was lost, left behind or done twice. Exit code 1 if anything was.
 */
import { cpus } from 'node:os';
import { readOptions } from './options.ts';

const mostShown = 40;

const options = readOptions(process.argv.slice(2));
// Loaded when the options are understood: the product takes longer to load than to say what is wrong with them.
const { crash } = await import('./crash.ts');
console.log(`crash test: ${options.rounds} rounds, seed ${options.seed}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`);
const { lost, left, twice, ...figures } = await crash(options, (line) => console.log(line));
for (const [what, found] of Object.entries({ lost, left, twice })) {
  for (const one of found.slice(0, mostShown)) console.log(`${what.toUpperCase()}  ${one}`);
  if (found.length > mostShown) console.log(`${what.toUpperCase()}  and ${found.length - mostShown} more`);
}
const memory = figures.peakMemory === undefined ? 'memory not measured' : `${(figures.peakMemory / 1e6).toFixed(0)} MB at most`;
console.log(
  `${figures.rounds} rounds, ${figures.kills} kills, ${figures.events} events acknowledged, ${figures.requests} requests: ` +
    `${lost.length} lost, ${left.length} left behind, ${twice.length} done twice`,
);
console.log(`dead letters: ${figures.redriven} redriven, ${figures.nonsense} of intents that nobody can answer; ${figures.seconds.toFixed(0)} s, ${memory}`);
process.exitCode = lost.length + left.length + twice.length === 0 ? 0 : 1;
