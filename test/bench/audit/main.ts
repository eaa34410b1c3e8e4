import { cpus, loadavg, totalmem } from 'node:os';
import { Command, Option } from 'commander';
import type { Report } from '../figures.ts';
import type { Part } from './part.ts';
import { benchExport } from './export.ts';
import { factsPerLife, manyRequests } from './many-requests.ts';
import { benchQuestions } from './questions.ts';
import { recording } from './recording.ts';
import { benchVerify } from './verify.ts';

/** So many requests are told in 200,000 records. */
const manyLives = Math.ceil(200_000 / factsPerLife);

/** Every part, in the order in which they run. */
const parts: readonly Part[] = [
  recording,
  { name: 'verify', run: () => benchVerify() },
  { name: 'questions', run: async () => benchQuestions(await manyRequests(manyLives, () => undefined)) },
  { name: 'export', run: () => benchExport(manyLives) },
];

const { only } = new Command('npm run bench:audit --')
  .description('What the audit service takes and how fast it answers, each figure against its bar.')
  .addOption(new Option('--only <part>', 'this part alone').choices(parts.map(({ name }) => name)))
  .allowExcessArguments(false)
  .parse()
  .opts<{ only?: string }>();

console.log(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
const held: boolean[] = [];
for (const { name, run } of parts) if (only === undefined || only === name) held.push(show(await run()));
const all = held.every(Boolean);
console.log(`\n${all ? 'every bar is held' : 'NOT every bar is held'}`);
if (!all) process.exitCode = 1;

function show({ title, lines, bars }: Report): boolean {
  console.log(`\n${title}`);
  for (const line of lines) console.log(`  ${line}`);
  for (const { what, held: isHeld } of bars) console.log(`  ${isHeld ? 'held    ' : 'NOT HELD'} ${what}`);
  return bars.every(({ held: isHeld }) => isHeld);
}
