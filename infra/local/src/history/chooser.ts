import type { Random } from '../cloud/index.ts';

/** Draws by chance; the same chance gives the same draws. */
export interface Chooser {
  /** True so often, of 1. */
  happens(share: number): boolean;
  /** Both ends included. */
  whole(from: number, to: number): number;
  one<T>(from: readonly T[]): T;
  maybeOne<T>(from: readonly T[]): T | undefined;
  /** So many different ones, or all there are. */
  some<T>(from: readonly T[], count: number): readonly T[];
  weighted<T extends { readonly weight: number }>(from: readonly T[]): T;
}

export function chooser(random: Random): Chooser {
  const whole = (from: number, to: number): number => from + Math.floor(random.next() * (to - from + 1));
  const maybeOne = <T>(from: readonly T[]): T | undefined => from[whole(0, from.length - 1)];
  const one = <T>(from: readonly T[]): T => {
    const drawn = maybeOne(from);
    if (drawn === undefined) throw new RangeError('there is nothing to choose from');
    return drawn;
  };
  return {
    happens: (share) => random.next() < share,
    whole,
    one,
    maybeOne,
    some(from, count) {
      const left = [...from];
      return Array.from({ length: Math.min(count, from.length) }, () => left.splice(whole(0, left.length - 1), 1)).flat();
    },
    weighted(from) {
      let at = random.next() * from.reduce((sum, { weight }) => sum + weight, 0);
      return from.find(({ weight }) => (at -= weight) < 0) ?? one(from);
    },
  };
}
