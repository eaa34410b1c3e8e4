/** `npm run bench:portal`: the door for people, each figure against its bar. */
import { cpus, loadavg, totalmem } from 'node:os';
import { Command, Option } from 'commander';
import { wholeNumber } from '../../whole-number.ts';
import type { Report } from '../figures.ts';
import { benchApproval, benchFirstLoad } from './browsing.ts';
import { fillWith } from './many-rows.ts';
import { benchLists, benchLoad, benchPickers } from './reads.ts';
import { portalWorld } from './world.ts';

const parts = ['first-load', 'approval', 'reads'] as const;

const { only, requests } = new Command('npm run bench:portal --')
  .description('The portal: first load, from approval to access, and lists, pickers and reads of many over many requests.')
  .addOption(new Option('--only <part>', 'this part alone').choices(parts))
  .option('--requests <n>', 'how many requests there are', wholeNumber(1_000), 100_000)
  .allowExcessArguments(false)
  .parse()
  .opts<{ only?: (typeof parts)[number]; requests: number }>();

console.log(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
const held: boolean[] = [];
if (only === undefined || only === 'first-load') show(await benchFirstLoad());
if (only === undefined || only === 'approval') show(await benchApproval());
if (only === undefined || only === 'reads') {
  const world = await portalWorld();
  try {
    show(await benchPickers(world));
    await fillWith(requests, world, (done) => console.error(`${done} of ${requests} requests are there`));
    show(await benchLists(world, requests));
    show(await benchLoad(world));
  } finally {
    await world.close();
  }
}
const all = held.every(Boolean);
console.log(`\n${all ? 'every bar is held' : 'NOT every bar is held'}`);
if (!all) process.exitCode = 1;

function show({ title, lines, bars }: Report): void {
  console.log(`\n${title}`);
  for (const line of lines) console.log(`  ${line}`);
  for (const { what, held: isHeld } of bars) console.log(`  ${isHeld ? 'held    ' : 'NOT HELD'} ${what}`);
  held.push(...bars.map(({ held: isHeld }) => isHeld));
}
