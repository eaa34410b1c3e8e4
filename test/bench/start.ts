/**
 * `npm run bench:start`: how large each Lambda function is, and how long Node.js takes to load it in a new process, beside a handler
 * that has one SDK client and nothing else, bundled as it is. What Lambda adds (fetching the code, starting the runtime) is the same for both.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import * as z from 'zod';
import { bundleAll, bundleEntries, functionsOf, type BundledEntry } from '../../infra/aws/src/bundles/bundle.ts';
import { writtenConfig } from '@team/runtime';
import { allManifests, anyConfig } from './any-config.ts';
import { wholeNumber } from '../whole-number.ts';
import { quantile } from './figures.ts';

/** A function takes less than so many times the bare handler's time to load. */
const barRatio = 1.5;
/** A function's code is smaller (bytes, not compressed). */
const barBytes = 800_000;

interface Measured {
  readonly name: string;
  readonly bundle: BundledEntry;
  /** Of each load (ms). */
  readonly times: number[];
  /** Processor time of each load, of all threads (ms): what other processes do counts less in it. */
  readonly processor: number[];
}

const { rounds, inputs } = new Command('npm run bench:start --')
  .description('Size of each Lambda function and time to load it in a new process, beside a handler with one SDK client.')
  .option('--rounds <n>', 'how often each is loaded', wholeNumber(3), 15)
  .option('--inputs', 'what each service is made of, by package')
  .allowExcessArguments(false)
  .parse()
  .opts<{ rounds: number; inputs?: true }>();

const folder = mkdtempSync(path.join(tmpdir(), 'team-start-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const [bareBundle] = await bundleEntries(['test/bench/bare-handler.ts'], ['bare'], folder);
if (bareBundle === undefined) throw new Error('the bare handler was not bundled');
const bare: Measured = { name: 'bare handler', bundle: bareBundle, times: [], processor: [] };
const functions: Measured[] = (await bundleAll(functionsOf(allManifests), folder)).map((bundle) => ({ name: `${bundle.service}-${bundle.name}`, bundle, times: [], processor: [] }));
// One after the other, again and again: a machine that is slow for a while is slow for all of them.
for (let round = 0; round < rounds; round += 1) for (const one of [bare, ...functions]) load(one);

const bareMs = quantile(bare.times, 0.5);
const bareProcessorMs = quantile(bare.processor, 0.5);
console.log(`loading each Lambda function in a process of its own, median of ${rounds}, interleaved`);
console.log(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
const held = [bare, ...functions].map(({ name, bundle, times, processor }) => {
  const ms = quantile(times, 0.5);
  const good = ms < barRatio * bareMs && bundle.bytes < barBytes;
  const spread = `${ms.toFixed(0).padStart(5)} ms (p10 ${quantile(times, 0.1).toFixed(0)}, p90 ${quantile(times, 0.9).toFixed(0)})`;
  console.log(`${name.padEnd(24)} ${(bundle.bytes / 1000).toFixed(0).padStart(4)} kB ${spread}  ${(ms / bareMs).toFixed(2)} × (processor ${(quantile(processor, 0.5) / bareProcessorMs).toFixed(2)} ×)  ${good ? 'held' : 'NOT HELD'}`);
  return good;
});
if (inputs === true) for (const { name, bundle } of functions.filter(({ name }) => /^portal-|-(inbox|query|dispatch)$/.test(name))) showInputs(name, bundle);
console.log(`bar: under ${barRatio} × the bare handler, under ${barBytes / 1e6} MB: ${held.every(Boolean) ? 'held' : 'NOT HELD'}`);
if (!held.every(Boolean)) process.exitCode = 1;

/** Imports a bundle in a new process, and notes how long that took once the process ran. */
function load({ bundle: { folder: place }, times, processor }: Measured): void {
  const file = pathToFileURL(path.join(place, 'index.mjs')).href;
  const script = `
    const begun = { at: performance.now(), cpu: process.cpuUsage() };
    await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(begun.cpu);
    process.stdout.write(JSON.stringify([performance.now() - begun.at, (user + system) / 1_000]));`;
  const env = { TEAM_CONFIG: writtenConfig(anyConfig), AWS_REGION: 'eu-central-1' };
  const said: unknown = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: place, env, encoding: 'utf8' }));
  const [ms, cpuMs] = z.tuple([z.number(), z.number()]).parse(said);
  times.push(ms);
  processor.push(cpuMs);
}

function showInputs(name: string, bundle: BundledEntry): void {
  const packages = new Map<string, number>();
  for (const { path: input, bytes } of bundle.inputs) {
    const owner = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(input)?.[1] ?? input.split('/').slice(0, 2).join('/');
    packages.set(owner, (packages.get(owner) ?? 0) + bytes);
  }
  console.log(`\n${name}, by package (kB)`);
  for (const [owner, bytes] of [...packages].toSorted(([, a], [, b]) => b - a).slice(0, 25)) console.log(`${(bytes / 1000).toFixed(1).padStart(7)} ${owner}`);
}
