import { bugNamed } from './bugs/all.ts';
import { run, type Outcome } from './run.ts';
import { planOf, type Which } from './simulate.ts';

/** What a worker answers for each run it was given. */
export interface Answer {
  readonly which: Which;
  readonly outcome?: Omit<Outcome, 'lines'>;
  /** The simulator itself failed. */
  readonly error?: string;
}

// Nobody is left to answer.
process.on('disconnect', () => process.exit());
process.on('message', (which: Which) => {
  void (async () => {
    const answer = await answerTo(which);
    process.send?.(answer);
  })();
});

async function answerTo(which: Which): Promise<Answer> {
  try {
    const { lines: _lines, ...outcome } = await run(planOf(which), which.bug === undefined ? {} : bugNamed(which.bug).composers);
    return { which, outcome };
  } catch (error) {
    return { which, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
