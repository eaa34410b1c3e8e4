import { parseArgs } from 'node:util';

export interface CrashOptions {
  readonly rounds: number;
  readonly seed: number;
}

/** `--rounds N [--seed S]`. Without a seed one is drawn, and said, so that a run can be repeated. */
export function readOptions(argv: readonly string[]): CrashOptions {
  const { values } = parseArgs({ args: [...argv], options: { rounds: { type: 'string', default: '20' }, seed: { type: 'string' } } });
  return { rounds: whole('rounds', values.rounds, 1), seed: values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : whole('seed', values.seed, 0) };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) throw new RangeError(`--${name} must be a whole number from ${least} on, not "${text}"`);
  return value;
}
