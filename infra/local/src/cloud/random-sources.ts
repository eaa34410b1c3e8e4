import { randomFillSync } from 'node:crypto';
import type { Random } from './random.ts';

/** Unpredictable numbers, for a running system. */
export function systemRandom(): Random {
  // Drawn in bulk: asking the operating system for each number costs more than the call that needs it.
  const pool = Buffer.alloc(6 * 512);
  let offset = pool.length;
  return {
    next() {
      if (offset === pool.length) {
        randomFillSync(pool);
        offset = 0;
      }
      offset += 6;
      return pool.readUIntBE(offset - 6, 6) / 2 ** 48;
    },
  };
}

/** The same numbers for the same seed, in every process: splitmix32 (Steele, Lea, Flood: Fast Splittable PRNGs, 2014). */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return {
    next() {
      state = (state + 0x9e3779b9) | 0;
      let mixed = state ^ (state >>> 16);
      mixed = Math.imul(mixed, 0x21f0aaad);
      mixed ^= mixed >>> 15;
      mixed = Math.imul(mixed, 0x735a2d97);
      mixed ^= mixed >>> 15;
      return (mixed >>> 0) / 2 ** 32;
    },
  };
}

/** A UUID version 4 (RFC 9562, 5.4) drawn from the given source. */
export function randomUuid(random: Random): string {
  const bytes = Buffer.alloc(16);
  for (let offset = 0; offset < bytes.length; offset += 4) bytes.writeUInt32BE(Math.floor(random.next() * 2 ** 32), offset);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
