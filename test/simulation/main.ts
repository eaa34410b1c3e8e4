import { randomInt } from 'node:crypto';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { Command } from 'commander';
import { runAll } from './pool.ts';
import { run, type Figures } from './run.ts';
import { wholeNumber } from '../whole-number.ts';
import { largestSeed, planOf, shrink, usualSteps, type Which } from './simulate.ts';
import type { Answer } from './worker.ts';

/** Runs a minute on two cores, over so many that starting the processes does not count. */
const barPerMinute = 60;
const barSeeds = 100;
/** How long a failing run is made smaller (ms). */
const shrinkWithinMs = 90_000;

/** So many failures are enough to look at. */
const mostFailures = 5;

const command = new Command('npm run simulate --')
  .description('Runs the whole product in virtual time under faults and holds it against its invariants. The same seed makes the same run.')
  .option('--seeds <n>', 'how many runs; 50 where it is not given', wholeNumber(1))
  .option('--seed <s>', 'the first seed; the others follow it. Drawn where it is not given', wholeNumber(0, largestSeed))
  .option('--steps <n>', 'steps of the longest plan', wholeNumber(1), usualSteps)
  .option('--path <p>', 'replays a smaller plan of --seed, as a failure prints it')
  .option('--show', 'prints the timeline of --seed')
  .parse();
const options = command.opts<{ seeds?: number; seed?: number; steps: number; path?: string; show?: true }>();
const { seeds = 50 } = options;
/** Room is left for those that follow. */
const first = options.seed ?? randomInt(2 ** 31 - 1_000_000);
const replays = options.path !== undefined || options.show === true;
if (replays && options.seed === undefined) command.error('error: --path and --show are of one run: say which with --seed');
if (replays && options.seeds !== undefined) command.error('error: --path and --show are of one run, and --seeds is of many');
if (options.path !== undefined && !/^\d+(:\d+)*$/.test(options.path)) command.error(`error: --path is numbers with colons between them, as a failure prints them, not "${options.path}"`);
if (first + seeds - 1 > largestSeed) command.error(`error: the last seed would be ${first + seeds - 1}, and ${largestSeed} is the largest there is`);

async function replay(which: Which): Promise<void> {
  const { lines, violations, digest, figures } = await run(planOf(which));
  console.log(`seed ${which.seed}, a plan of up to ${which.steps} steps${which.path === undefined ? '' : `, made smaller along ${which.path}`}\n`);
  console.log(lines.join('\n'));
  console.log(`\n${JSON.stringify(figures)}\ndigest ${digest}`);
  console.log(violations.length === 0 ? 'no invariant is broken' : violations.map(({ rule, text }) => `${rule}: ${text}`).join('\n'));
  process.exitCode = violations.length === 0 ? 0 : 1;
}

async function simulate(): Promise<void> {
  const { steps } = options;
  const begunAt = performance.now();
  console.log(`seeds ${first} to ${first + seeds - 1}, plans of up to ${steps} steps, ${availableParallelism()} processes`);
  const answers: Answer[] = [];
  const failures: Answer[] = [];
  const all = Array.from({ length: seeds }, (_, i): Which => ({ seed: first + i, steps }));
  await runAll(
    all,
    availableParallelism(),
    (answer) => {
      answers.push(answer);
      if (answer.error !== undefined || (answer.outcome?.violations.length ?? 0) > 0) {
        failures.push(answer);
        console.log(`seed ${answer.which.seed}: ${answer.error ?? answer.outcome?.violations.map(({ rule, text }) => `${rule}: ${text}`).join('; ')}`);
      }
      if (answers.length % 100 === 0) console.log(`${answers.length} of ${seeds}, ${failures.length} failed, ${perMinute(answers.length, begunAt)} a minute`);
    },
    () => failures.length < mostFailures,
  );
  const speed = perMinute(answers.length, begunAt);
  report(answers);
  console.log(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  const bar = answers.length < barSeeds ? '' : `; bar: at least ${barPerMinute}: ${speed >= barPerMinute ? 'held' : 'NOT HELD'}`;
  console.log(`${speed} seeds a minute${bar}`);
  const broken = failures.find(({ outcome }) => outcome !== undefined);
  if (broken !== undefined) await explain(broken.which);
  if (answers.length < seeds) console.log(`\nended after ${failures.length} failures, with ${answers.length} of ${seeds} seeds`);
  console.log(`\n${answers.length - failures.length} seeds without violation, ${failures.length} with`);
  process.exitCode = failures.length === 0 && answers.length === seeds ? 0 : 1;
}

const perMinute = (count: number, begunAt: number): number => Math.round((count * 60_000) / (performance.now() - begunAt));

/** The shortest timeline found that shows what is wrong, and how to see it again. */
async function explain(which: Which): Promise<void> {
  console.log(`\nmaking seed ${which.seed} smaller, for up to ${shrinkWithinMs / 1_000} s`);
  const shrunk = await shrink(which, shrinkWithinMs);
  if (shrunk === undefined) return void console.log(`seed ${which.seed} fails among others and not alone: the simulator itself is at fault`);
  console.log(`\nseed ${which.seed}, made smaller over ${shrunk.tried} runs:\n`);
  console.log(shrunk.outcome.lines.join('\n'));
  console.log(`\nto see it again: npm run simulate -- --seed ${which.seed} --steps ${which.steps} --path ${shrunk.path}`);
}

/** What was simulated, over all runs. */
function report(answers: readonly Answer[]): void {
  const figures = answers.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome.figures]));
  const sum = (of: (one: Figures) => number): number => figures.reduce((total, one) => total + of(one), 0);
  const faults = new Map<string, number>();
  for (const one of figures) for (const [kind, count] of Object.entries(one.faults)) faults.set(kind, (faults.get(kind) ?? 0) + count);
  console.log(
    `${sum((one) => one.requests)} requests, ${sum((one) => one.events)} events, ${sum((one) => one.calls)} AWS calls, ` +
      `${Math.round(sum((one) => one.virtualMinutes) / 60)} hours of virtual time`,
  );
  const removals = figures.flatMap(({ measures }) => Object.values(measures));
  console.log(removals.length === 0 ? 'nothing was removed' : `latest removal: ${(Math.max(...removals) / 1_000).toFixed(1)} s after its end or after faults stopped, whichever was later`);
  console.log(`faults: ${[...faults].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
}

if (replays) await replay({ seed: first, steps: options.steps, ...(options.path === undefined ? {} : { path: options.path }) });
else await simulate();
