/**
 * `npm run bench:cost`: what AWS would bill for a thousand requests, counted in a run of the whole product, beside the same request in
 * AWS's published sample, derived from its state machines. See docs/cost.md.
 */
import { Command } from 'commander';
import { accessRequestedV1 } from '@team/contracts';
import type { FunctionManifest, QueueManifest } from '@team/runtime';
import { ask, createWorld } from '../../infra/local/src/play/world.ts';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { emeka, organization, policies, prodPayments, wren } from '../journeys/fixture.ts';
import { wholeNumber } from '../whole-number.ts';
import { computeMs, counting, logBytes } from './cost/counting.ts';
import { costOf, prices, pricesAsOf, type Counts, type Priced } from './cost/prices.ts';
import { executions, publishedCounts } from './cost/published-workflow.ts';
import { standing } from './cost/standing.ts';

/** A thousand requests cost at most this share of the published workflow's. */
const barShare = 0.25;
const perThousand = 1_000;
const minutesPerMonth = 43_800;
/** Lambda polls a standard queue with five readers, each of which waits twenty seconds for a message. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const emptyReceivesPerMinute = 5 * 3;

const { requests, seed } = new Command('npm run bench:cost --')
  .description('What AWS would bill for a thousand requests, and for a month without any.')
  .option('--requests <n>', 'lives to count: asked, approved, granted, ended', wholeNumber(1), 10)
  .option('--seed <s>', 'the same seed makes the same run', wholeNumber(0), 7)
  .allowExcessArguments(false)
  .parse()
  .opts<{ requests: number; seed: number }>();

const counted = counting(seed);
const world = await createWorld({ organization, policies, startAt: '2026-03-02T09:00:00.000Z', seed, more: counted.more });
counted.begin(world.system.options.timeline, world.system.all);
const from = world.now();
for (let n = 0; n < requests; n += 1) {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 30, justification: `look at a slow query, ${n}` }));
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', emeka);
  await world.until('AccessEnded.v1', requestId, 120);
  await world.pass(5);
}
const minutes = (world.now() - from) / 60_000;

const ours = scaled(counted.byRequests, 1 / requests);
const oursUsd = perThousand * costOf(ours);
const theirsUsd = perThousand * costOf(publishedCounts);
console.log(`one request for one account, asked, approved, granted and ended by time; ${requests} lives in virtual time, seed ${seed}`);
console.log(`prices of us-east-1 without free tiers, as of ${pricesAsOf}; handlers: the latencies of test/bench/aws-latencies.ts and ${computeMs} ms of computing at 512 MB; ${logBytes} bytes of log each`);
show('this product, per request', ours);
show('the published workflow, per request', publishedCounts);
for (const [machine, states] of Object.entries(executions)) console.log(`    ${machine.padEnd(9)} ${states.length} states: ${states.join(' → ')}`);
showMonth();
const withoutTracing = oursUsd - perThousand * costOf({ xrayTrace: ours.xrayTrace ?? 0 });
const share = oursUsd / theirsUsd;
console.log(`\nper 1,000 requests: ${usd(oursUsd)} here, ${usd(theirsUsd)} there: ${(100 * share).toFixed(0)} %; with tracing switched off ${usd(withoutTracing)}: ${((100 * withoutTracing) / theirsUsd).toFixed(0)} %`);
console.log(`bar: at most ${100 * barShare} %: ${share <= barShare ? 'held' : 'NOT HELD'}`);
if (share > barShare) process.exitCode = 1;

function scaled(counts: Counts, by: number): Counts {
  return Object.fromEntries(Object.entries(counts).map(([what, count]) => [what, count * by]));
}

function show(title: string, counts: Counts, times = perThousand, unit = 'per 1,000'): void {
  console.log(`\n${title}`);
  for (const [what, count] of Object.entries(counts)) {
    const price = prices[what as Priced];
    console.log(`  ${what.padEnd(20)} ${figure(count).padStart(12)}  ${usd(times * count * price.usd)} ${unit}  ${price.page}`);
  }
  console.log(`  ${'total'.padEnd(20)} ${''.padStart(12)}  ${usd(times * costOf(counts))} ${unit}`);
}

/** What a month costs in which nobody asks for anything. */
function showMonth(): void {
  const read = manifests.flatMap(({ queues, functions }) =>
    Object.entries<QueueManifest>(queues).filter(([name]) => Object.values<FunctionManifest>(functions).some(({ trigger }) => 'queue' in trigger && trigger.queue === name)),
  );
  const fifo = read.filter(([, { fifo: isFifo = false }]) => isFifo).length;
  const month: Counts = {
    ...scaled(counted.byCron, minutesPerMonth / minutes),
    sqsStandardRequest: (read.length - fifo) * emptyReceivesPerMinute * minutesPerMonth + ((counted.byCron.sqsStandardRequest ?? 0) * minutesPerMonth) / minutes,
    sqsFifoRequest: fifo * emptyReceivesPerMinute * minutesPerMonth,
    ...standing(),
    // Queues keep a data key for an hour, tables for five minutes; each is asked for by who writes and who reads.
    kmsSymmetricRequest: (minutesPerMonth / 60) * 2 * read.length + (minutesPerMonth / 5) * manifests.flatMap(({ tables }) => Object.keys(tables)).length,
  };
  show('fixed, per month: the minute cron, empty long polls, keys, alarms', month, 1, 'a month');
}

function figure(count: number): string {
  return count >= 100 ? count.toFixed(0) : count.toPrecision(3);
}

function usd(amount: number): string {
  return `USD ${amount.toFixed(4)}`;
}
