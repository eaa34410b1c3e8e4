import { Untried, type Belief } from './belief.ts';
import type { Place } from './place.ts';
import { motoDifferences } from './places/moto-differences.ts';

/** What became of a belief: it held, or it did not, or it was not tried; or it did not, as is known of an imitation of AWS. */
export interface Outcome {
  readonly belief: Belief;
  readonly result: 'held' | 'broken' | 'untried' | 'differs';
  /** Why it is broken or untried; what was seen beside a belief that held. */
  readonly words?: string;
}

export interface RunOptions {
  /** Try what takes minutes, too. */
  readonly slow: boolean;
  /** Told of each outcome as it comes. */
  readonly tell: (outcome: Outcome) => void;
  /** Aborted when the person has had enough: what is under way is finished, and the sandbox emptied. */
  readonly signal: AbortSignal;
}

/** What imitations of AWS answer to an action that they do not have. */
const notThere = /^(NotImplemented\w*|NotYetImplemented|UnknownOperationException|UnknownAction|InvalidAction|501)$/;

/** Tries one belief. Never rejects. */
export async function tryBelief(place: Place, belief: Belief, slow: boolean): Promise<Outcome> {
  const reason = belief.untriedOn?.[place.kind];
  if (reason !== undefined) return { belief, result: 'untried', words: reason };
  if (belief.slow !== undefined && !slow && place.kind !== 'local') return { belief, result: 'untried', words: `${belief.slow}; --slow tries it` };
  try {
    const words = await belief.check(place);
    return { belief, result: 'held', ...(typeof words === 'string' ? { words } : {}) };
  } catch (error) {
    if (!(error instanceof Error)) return { belief, result: 'broken', words: String(error) };
    if (error instanceof Untried) return { belief, result: 'untried', words: error.message };
    if (place.kind === 'emulator' && isMissing(error)) return { belief, result: 'untried', words: `not implemented there: ${firstLine(error)}` };
    const words = `${error.name}: ${error.message}`;
    const difference = place.kind === 'emulator' ? motoDifferences.get(belief.id) : undefined;
    return difference === undefined ? { belief, result: 'broken', words } : { belief, result: 'differs', words: difference };
  }
}

/** Tries all, one after the other, and empties the sandbox whatever became of them; gives what could not be removed. */
export async function runBeliefs(place: Place, beliefs: readonly Belief[], { slow, tell, signal }: RunOptions): Promise<{ readonly outcomes: readonly Outcome[]; readonly left: readonly string[] }> {
  const outcomes: Outcome[] = [];
  for (const belief of beliefs) {
    const outcome: Outcome = signal.aborted ? { belief, result: 'untried', words: 'interrupted' } : await tryBelief(place, belief, slow);
    outcomes.push(outcome);
    tell(outcome);
  }
  return { outcomes, left: await place.sandbox.empty() };
}

function isMissing(error: Error): boolean {
  // A page for people instead of an answer.
  if (error instanceof SyntaxError && '$response' in error) return true;
  const status = '$metadata' in error && typeof error.$metadata === 'object' && error.$metadata !== null && 'httpStatusCode' in error.$metadata ? error.$metadata.httpStatusCode : undefined;
  return notThere.test(error.name) || status === 501;
}

const firstLine = ({ name, message }: Error): string => `${name}: ${message}`.split('\n')[0] ?? name;
