import { fork, type ChildProcess } from 'node:child_process';
import type { Which } from './simulate.ts';
import type { Answer } from './worker.ts';

/** A worker is replaced after so many runs, so that none grows. */
const runsPerWorker = 200;
/** A run that takes longer (ms) is itself a finding. */
const runWithinMs = 120_000;

/** A process of its own that runs one plan after the other. */
export interface Runner {
  ask(which: Which): Promise<Answer>;
  end(): void;
}

export function createRunner(): Runner {
  let worker: ChildProcess | undefined;
  let runs = 0;
  const end = (): void => {
    worker?.kill();
    worker = undefined;
  };
  return {
    async ask(which) {
      if (runs % runsPerWorker === 0) end();
      runs += 1;
      worker ??= fork(new URL('worker.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] });
      const answer = await ask(worker, which);
      if (answer.error !== undefined) end();
      return answer;
    },
    end,
  };
}

/** Works through a list with so many runners at a time. */
export async function shareOut<Item>(all: Iterable<Item>, runners: number, work: (runner: Runner, item: Item) => Promise<void>): Promise<void> {
  const queue = all[Symbol.iterator]();
  const one = async (): Promise<void> => {
    const runner = createRunner();
    try {
      for (let next = queue.next(); next.done !== true; next = queue.next()) await work(runner, next.value);
    } finally {
      runner.end();
    }
  };
  await Promise.all(Array.from({ length: runners }, one));
}

/** Runs plans in processes of their own, `runners` at a time, and tells of each as it ends. `goesOn` says whether to begin another. */
export async function runAll(all: Iterable<Which>, runners: number, onAnswer: (answer: Answer) => void, goesOn: () => boolean): Promise<void> {
  await shareOut(all, runners, async (runner, which) => {
    if (goesOn()) onAnswer(await runner.ask(which));
  });
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
