import { randomUuid, seededRandom } from '../../infra/local/src/cloud/index.ts';

/** Chance from a seed. */
export interface Draw {
  /** A whole number from 0 up to but without `limit`. */
  below(limit: number): number;
  /** True once in so many times. */
  oneIn(times: number): boolean;
  from<T>(list: readonly T[]): T;
  uuid(): string;
}

export function createDraw(seed: number): Draw {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  return {
    below,
    oneIn: (times) => below(times) === 0,
    from(list) {
      const [found] = list.slice(below(list.length));
      if (found === undefined) throw new RangeError('nothing to draw from');
      return found;
    },
    uuid: () => randomUuid(random),
  };
}
