import { inParallel } from './in-parallel.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('keeps the order of the items, whatever finishes first', async () => {
  const turns = [3, 1, 2];
  const results = await inParallel(3, turns, async (count) => {
    for (let turn = 0; turn < count; turn += 1) await nextTurn();
    return count * 10;
  });
  expect(results).toEqual([30, 10, 20]);
});

test('never runs more at a time than it may', async () => {
  let running = 0;
  let most = 0;
  await inParallel(4, Array.from({ length: 50 }), async () => {
    running += 1;
    most = Math.max(most, running);
    await nextTurn();
    running -= 1;
  });
  expect(most).toBe(4);
});

test('starts nothing more after a failure', async () => {
  const started: number[] = [];
  const failing = inParallel(2, [1, 2, 3, 4, 5, 6], async (item) => {
    started.push(item);
    await nextTurn();
    if (item === 2) throw new Error('second');
    await nextTurn();
  });
  await expect(failing).rejects.toThrow('second');
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  expect(started).toEqual([1, 2]);
});
