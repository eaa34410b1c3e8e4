import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { kept, keptTogether } from './kept.ts';

function counting(most?: number) {
  const clock = { now: 0 };
  let loads = 0;
  const load = async (name: string): Promise<string> => {
    loads += 1;
    if (name === 'down') throw new Error('down');
    return `${name} ${loads}`;
  };
  return { clock, value: kept({ now: () => clock.now, maxAgeMs: 60, keyOf: (name: string) => name.toLowerCase(), ...(most === undefined ? {} : { most }) }, load) };
}

describe('what is kept', () => {
  it('is loaded once for all who ask before it is too old, by its key', async () => {
    const { clock, value } = counting();
    expect(await Promise.all([value('Dana'), value('dana')])).toEqual(['Dana 1', 'Dana 1']);
    clock.now = 59;
    expect(await value('DANA')).toBe('Dana 1');
    clock.now = 60;
    expect(await value('DANA')).toBe('DANA 2');
  });

  it('is loaded anew for everybody where somebody needs it so', async () => {
    const { value } = counting();
    await value('dana');
    expect([await value('dana', true), await value('dana')]).toEqual(['dana 2', 'dana 2']);
  });

  it('is not a failure', async () => {
    const { value } = counting();
    await expect(value('down')).rejects.toThrow('down');
    await expect(value('down')).rejects.toThrow('down');
    expect(await value('dana')).toBe('dana 3');
  });

  it('gives way, the longest known first', async () => {
    const { value } = counting(2);
    for (const name of ['a', 'b', 'a', 'c']) await value(name);
    expect([await value('b'), await value('a')]).toEqual(['b 2', 'a 4']);
  });
});

describe('what is kept of many', () => {
  function asking(most?: number) {
    const clock = { now: 0 };
    const calls: string[] = [];
    const load = async (keys: readonly string[]) => {
      calls.push(keys.join(' '));
      if (keys.includes('down')) throw new Error('down');
      return new Map(keys.filter((key) => key !== 'none').map((key) => [key, `${key} ${calls.length}`]));
    };
    return { clock, calls, values: keptTogether({ now: () => clock.now, maxAgeMs: 60, ...(most === undefined ? {} : { most }) }, load) };
  }

  it('is loaded by one call, and of what was asked for before only what is missing', async () => {
    const { clock, calls, values } = asking();
    await Promise.all([values(['a', 'b', 'a']), values(['b', 'none', 'c'])]);
    expect(calls).toEqual(['a b', 'none c']);
    expect([...(await values(['a', 'none', 'c']))]).toEqual([['a', 'a 1'], ['c', 'c 2']]);
    clock.now = 60;
    await values(['a']);
    expect(calls).toEqual(['a b', 'none c', 'a']);
  });

  it('is no failure, and not more than there is room for', async () => {
    const { calls, values } = asking(2);
    await expect(values(['down'])).rejects.toThrow('down');
    await expect(values(['down'])).rejects.toThrow('down');
    expect([...(await values(['a', 'b', 'c'])).keys()]).toEqual(['a', 'b', 'c']);
    await values(['b', 'c']);
    await values(['a']);
    expect(calls).toEqual(['down', 'down', 'a b c', 'a']);
  });
});

describe('what is too old', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  /** Long enough that it is no constant. */
  const large = () => ({ rows: Array.from({ length: 1_000 }, (_, n) => n) });

  it('is let go as soon as anything else is asked for, whole', async () => {
    const clock = { now: 0 };
    const given: WeakRef<object>[] = [];
    const load = (): object => {
      const value = large();
      given.push(new WeakRef(value));
      return value;
    };
    const one = kept({ now: () => clock.now, maxAgeMs: 60, keyOf: String }, async () => load());
    const many = keptTogether({ now: () => clock.now, maxAgeMs: 60 }, async (keys) => new Map(keys.map((key) => [key, load()])));
    await one(1);
    await many(['a', 'b']);
    clock.now = 60;
    await one(2);
    await many(['b']);
    // What is awaited is held until the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    expect(given.map((ref) => ref.deref() !== undefined)).toEqual([false, false, false, true, true]);
  });
});
