import { InvalidArgumentError } from 'commander';

/** Reads the value of an option: a whole number, at least so large. */
export const wholeFrom = (least: number) => (text: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`It must be a whole number from ${least} on.`);
  return value;
};
