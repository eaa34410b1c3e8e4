import { fork, type ChildProcess } from 'node:child_process';
import type { Which } from './simulate.ts';
import type { Answer } from './worker.ts';

/** A worker is replaced after so many runs, so that none grows. */
const runsPerWorker = 200;
/** A run that takes longer (ms) is itself a finding. */
const runWithinMs = 120_000;

/** Runs plans in processes of their own, `workers` at a time, and tells of each as it ends. `goesOn` says whether to begin another. */
export async function runAll(all: Iterable<Which>, workers: number, onAnswer: (answer: Answer) => void, goesOn: () => boolean): Promise<void> {
  const queue = all[Symbol.iterator]();
  await Promise.all(Array.from({ length: workers }, () => workThrough(queue, onAnswer, goesOn)));
}

async function workThrough(queue: Iterator<Which>, onAnswer: (answer: Answer) => void, goesOn: () => boolean): Promise<void> {
  let worker: ChildProcess | undefined;
  let runs = 0;
  for (let next = queue.next(); next.done !== true && goesOn(); next = queue.next()) {
    if (worker === undefined || runs === runsPerWorker) {
      worker?.kill();
      worker = fork(new URL('worker.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] });
      runs = 0;
    }
    runs += 1;
    const answer = await ask(worker, next.value);
    if (answer.error !== undefined) {
      worker.kill();
      worker = undefined;
    }
    onAnswer(answer);
  }
  worker?.kill();
}

/** One question, one answer; a worker that dies or takes too long is one, too. */
function ask(worker: ChildProcess, which: Which): Promise<Answer> {
  return new Promise((resolve) => {
    const ended = (answer: Answer): void => {
      clearTimeout(limit);
      worker.removeAllListeners();
      resolve(answer);
    };
    const limit = setTimeout(() => ended({ which, error: `the run did not end within ${runWithinMs / 1_000} s` }), runWithinMs);
    worker.once('message', (answer: Answer) => ended(answer));
    worker.once('exit', (code, signal) => ended({ which, error: `the worker ended with ${signal ?? code}` }));
    worker.once('error', (error) => ended({ which, error: error.message }));
    worker.send(which);
  });
}
