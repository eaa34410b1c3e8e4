import { appendTo, recordOfWord, reading } from '../../test/events.ts';
import { trailInMemory } from '../../test/trail-in-memory.ts';
import { nextHead } from '../domain/chain.ts';
import { verifyChain } from '../domain/verify.ts';
import type { ReadableTrail } from './ports.ts';

const chain = recordOfWord('one').chain;
const append = (trail: ReturnType<typeof trailInMemory>, word: string) => appendTo(trail)(recordOfWord(word));

async function findings(trail: ReadableTrail) {
  const head = await trail.head(chain);
  return verifyChain(chain, head, trail.chain(chain, head), reading);
}

describe('appending', () => {
  it('puts records into their chain one after the other, the same one once', async () => {
    const trail = trailInMemory();
    for (const word of ['one', 'two', 'one', 'three', 'two']) await append(trail, word);
    expect([...trail.records.values()].map(({ place }) => place?.seq)).toEqual([1, 2, 3]);
    expect(await findings(trail)).toEqual({ records: 3, problems: [], omitted: 0 });
  });

  it('gives each a place when many append at once', async () => {
    const trail = trailInMemory(() => new Promise((resolve) => setImmediate(resolve)));
    const words = Array.from({ length: 8 }, (_, i) => `word ${i}`);
    await Promise.all([...words, ...words].map((word) => append(trail, word)));
    expect(await findings(trail)).toEqual({ records: 8, problems: [], omitted: 0 });
  });

  it('is done exactly once by whoever comes after one that was stopped, wherever that was', async () => {
    let operations = 0;
    await append(trailInMemory(async () => { operations += 1; }), 'one');
    expect(operations).toBe(4);
    for (let stopAt = 1; stopAt <= operations; stopAt += 1) {
      let count = 0;
      let stopped = (): void => undefined;
      const reached = new Promise<void>((resolve) => (stopped = resolve));
      // Stopped for good: the operation is never answered.
      const trail = trailInMemory(() => (++count === stopAt ? new Promise(() => stopped()) : Promise.resolve()));
      void append(trail, 'one');
      await reached;
      await append(trail, 'two');
      await append(trail, 'one');
      expect(await findings(trail)).toEqual({ records: 2, problems: [], omitted: 0 });
      expect([...trail.records.values()].every(({ place }) => place !== undefined)).toBe(true);
    }
  });

  it('is put off when others keep moving the head on', async () => {
    const trail = trailInMemory();
    let others = 0;
    const besieged = {
      ...trail,
      async advance(of: string, seen: number, to: Parameters<typeof trail.advance>[2]) {
        others += 1;
        const other = recordOfWord(`other ${others}`);
        trail.heads.set(of, nextHead(trail.heads.get(of), other, reading.digest));
        return trail.advance(of, seen, to);
      },
    };
    const given = appendTo(besieged)(recordOfWord('one'));
    await expect(given).rejects.toMatchObject({ name: 'OutageError', code: 'ERR_CHAIN_CONTENDED', retryable: true, retryAfterSeconds: 5 });
    await expect(given).rejects.toThrow('20 times');
    expect(trail.records.get(recordOfWord('one').key)?.place).toBeUndefined();
  });
});
