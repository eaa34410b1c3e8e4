import { cpus, loadavg } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Command } from 'commander';
import * as z from 'zod';
import { usualFirstUseLatency, usualLatency } from '../../infra/local/src/identity/sso-admin.ts';
import { wholeNumber } from '../whole-number.ts';
import { callLatencies } from './aws-latencies.ts';
import type { Report } from './figures.ts';
import { endsInOneMinute, operations, removalBehindGrants } from './provisioning-scenarios.ts';

/** Two threads, of about the same work. */
const threads = [[operations, removalBehindGrants], [endsInOneMinute]] as const;
const job = z.object({ thread: z.int(), seed: z.int() });

async function work(): Promise<void> {
  const { thread, seed } = job.parse(workerData);
  for (const scenario of threads[thread] ?? []) parentPort?.postMessage(await scenario(seed));
}

function show({ title, lines, bars }: Report): boolean {
  console.log(`\n${title}`);
  for (const line of lines) console.log(`  ${line}`);
  for (const { what, held } of bars) console.log(`  ${held ? 'held    ' : 'NOT HELD'} ${what}`);
  return bars.every(({ held }) => held);
}

async function main(): Promise<void> {
  const { seed } = new Command('npm run bench:provisioning --')
    .description("Many operations and ends at once against Identity Center's quotas, the whole product in virtual time, held against bars.")
    .option('--seed <s>', 'the same seed makes the same run', wholeNumber(0), 7)
    .allowExcessArguments(false)
    .parse()
    .opts<{ seed: number }>();
  const startedAt = performance.now();
  const calls = Object.values(callLatencies).map(({ name, fromMs, toMs }) => `${name} ${fromMs}–${toMs}`);
  const drawn = [usualFirstUseLatency, usualLatency].map(({ fixedMs, tailMs, atMostMs }) => `${fixedMs} + exp(${tailMs}) ms, at most ${atMostMs}`);
  console.log(`provisioning against Identity Center's quotas, whole product in virtual time, seed ${seed}`);
  console.log(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  console.log(`a call takes (ms): ${calls.join(', ')}`);
  console.log(`an assignment operation takes ${drawn[0]} at the first use of a role in an account, else ${drawn[1]}; AWS publishes none of these`);
  const held: boolean[] = [];
  await Promise.all(
    threads.map(
      (_scenarios, thread) =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: { thread, seed } });
          worker.on('message', (report: Report) => held.push(show(report)));
          worker.on('error', reject);
          worker.on('exit', () => resolve());
        }),
    ),
  );
  const all = held.length === threads.flat().length && held.every(Boolean);
  console.log(`\n${all ? 'every bar is held' : 'NOT every bar is held'}; ${((performance.now() - startedAt) / 1000).toFixed(0)} s of real time`);
  if (!all) process.exitCode = 1;
}

await (isMainThread ? main() : work());
