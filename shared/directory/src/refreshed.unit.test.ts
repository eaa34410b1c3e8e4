import { refreshed } from './refreshed.ts';

function counted(load: (time: number) => string | Promise<string> = (time) => `loaded at ${time}`) {
  const clock = { time: 0 };
  let loads = 0;
  const value = refreshed<string>({
    load: async () => {
      loads += 1;
      return load(clock.time);
    },
    now: () => clock.time,
    maxAgeMs: 60_000,
    missIntervalMs: 10_000,
  });
  return { clock, value, loads: () => loads };
}

test('loads once for all who ask at the same time', async () => {
  const { value, loads } = counted();
  await Promise.all([value.current(), value.current(), value.find((text) => text)]);
  expect(loads()).toBe(1);
});

test('loads again when the value is as old as it may be', async () => {
  const { value, clock, loads } = counted();
  await value.current();
  clock.time = 59_999;
  expect((await value.current()).at).toBe(0);
  clock.time = 60_000;
  expect(await value.current()).toEqual({ value: 'loaded at 60000', at: 60_000 });
  expect(loads()).toBe(2);
});

test('a failed load is tried again by the next who asks', async () => {
  let broken = true;
  const { value } = counted(() => {
    if (broken) throw new Error('down');
    return 'up';
  });
  await expect(value.current()).rejects.toThrow('down');
  broken = false;
  expect((await value.current()).value).toBe('up');
});

test('a miss loads once more and asks again', async () => {
  const { value, clock, loads } = counted();
  await value.current();
  clock.time = 1_000;
  expect(await value.find((text) => (text === 'loaded at 1000' ? text : undefined))).toBe('loaded at 1000');
  expect(loads()).toBe(2);
});

test('what is missing from a value loaded for this very question is not loaded again', async () => {
  const { value, loads } = counted();
  expect(await value.find(() => undefined)).toBeUndefined();
  expect(loads()).toBe(1);
});

test('what is missing from a value whose loading began before the question is looked for again', async () => {
  const { value, clock, loads } = counted();
  const loading = value.current();
  clock.time = 5;
  const found = value.find((text) => (text === 'loaded at 5' ? text : undefined));
  await loading;
  await expect(found).resolves.toBe('loaded at 5');
  expect(loads()).toBe(2);
});

test('a thousand misses load once in ten seconds', async () => {
  const { value, clock, loads } = counted();
  await value.current();
  for (let i = 0; i < 1_000; i += 1) {
    clock.time += 20;
    await value.find(() => undefined);
  }
  expect(loads()).toBe(1 + 2);
});

test('a miss whose load fails is an error, and the next miss tries again rather than answer from what is old', async () => {
  let broken = false;
  const { value, clock, loads } = counted(() => {
    if (broken) throw new Error('down');
    return 'up';
  });
  await value.current();
  broken = true;
  clock.time = 1;
  await expect(value.find(() => undefined)).rejects.toThrow('down');
  await expect(value.find(() => undefined)).rejects.toThrow('down');
  expect(loads()).toBe(3);
});
