import { InvalidArgumentError } from 'commander';

/** An option that counts something. */
export function numberFrom1(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

/** An option that can be given several times. */
export const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
