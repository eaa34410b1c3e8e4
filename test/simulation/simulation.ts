import { availableParallelism, cpus, loadavg } from 'node:os';
import { runAll } from './pool.ts';
import { run, type Figures } from './run.ts';
import { planOf, shrink, type Which } from './simulate.ts';
import type { SimulationOptions } from './options.ts';
import type { Answer } from './worker.ts';

/** Runs a minute on two cores, over so many that starting the processes does not count. */
const barPerMinute = 60;
const barSeeds = 100;
/** How long a failing run is made smaller (ms). */
const shrinkWithinMs = 90_000;

/** So many failures are enough to look at. */
const mostFailures = 5;

/** Runs one plan again and prints its timeline; exit code 1 where an invariant is broken. */
export async function replay(which: Which): Promise<void> {
  const { lines, violations, digest, figures } = await run(planOf(which));
  console.log(`seed ${which.seed}, a plan of up to ${which.steps} steps${which.path === undefined ? '' : `, made smaller along ${which.path}`}\n`);
  console.log(lines.join('\n'));
  console.log(`\n${JSON.stringify(figures)}\ndigest ${digest}`);
  console.log(violations.length === 0 ? 'no invariant is broken' : violations.map(({ rule, text }) => `${rule}: ${text}`).join('\n'));
  process.exitCode = violations.length === 0 ? 0 : 1;
}

/** Runs seed after seed; exit code 1 unless all of them ran without violation. */
export async function simulate({ first, seeds, steps }: SimulationOptions): Promise<void> {
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
