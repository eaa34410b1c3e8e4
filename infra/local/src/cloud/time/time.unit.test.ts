import { memoryStore } from '../storage/memory-store.ts';
import { createCron } from './cron.ts';
import { runUntil } from './run-until.ts';
import { rememberedOrigin, systemTimeline } from './system-timeline.ts';
import { TimerQueue } from './timer-queue.ts';
import { virtualTimeline } from './virtual-timeline.ts';

describe('a virtual timeline', () => {
  test('stands still until it is moved, then fires in order of time, ties in order of insertion', () => {
    const timeline = virtualTimeline(1_000);
    const fired: string[] = [];
    const at = (dueMs: number, name: string) => timeline.at(dueMs, () => fired.push(`${name}@${timeline.now()}`));
    at(1_500, 'c');
    at(1_200, 'a');
    at(1_200, 'b');
    at(2_001, 'late');
    at(500, 'past');
    expect(fired).toEqual([]);
    expect(timeline.nextDue()).toBe(1_000);
    timeline.advanceTo(2_000);
    expect(fired).toEqual(['past@1000', 'a@1200', 'b@1200', 'c@1500']);
    expect([timeline.now(), timeline.pending]).toEqual([2_000, 1]);
  });

  test.each([3, 10])('keeps its order among many timers of which one in %d stays, added and cancelled while others fire', (oneIn) => {
    const timeline = virtualTimeline(0);
    const due = Array.from({ length: 2_000 }, (_, index) => (index * 7_919) % 503);
    const fired: number[] = [];
    const timers = due.map((ms) => timeline.at(ms, () => fired.push(ms)));
    timers.forEach((timer, index) => index % oneIn !== 0 && timer.cancel());
    timeline.at(250, () => timeline.at(100, () => fired.push(250)));
    timeline.advanceTo(1_000);
    expect(fired).toEqual([...due.filter((_, index) => index % oneIn === 0), 250].sort((a, b) => a - b));
  });

  test('does not run backwards', () => {
    expect(() => virtualTimeline(1_000).advanceTo(999)).toThrow(RangeError);
  });
});

describe('a queue of timers', () => {
  test('lets go of what was cancelled long before it is due', () => {
    const queue = new TimerQueue();
    const kept = queue.add(1, () => undefined, false);
    for (let count = 0; count < 10_000; count++) queue.cancel(queue.add(1_000_000, () => undefined, false));
    expect([queue.pending, queue.size < 1_000]).toEqual([1, true]);
    expect([queue.take(), queue.take(), queue.pending]).toEqual([kept, undefined, 0]);
  });

  test('counts a timer once that was cancelled after it was taken, or twice', () => {
    const queue = new TimerQueue();
    queue.add(2, () => undefined, false);
    const first = queue.add(1, () => undefined, false);
    expect(queue.take()).toBe(first);
    queue.cancel(first);
    queue.cancel(first);
    expect([queue.pending, queue.size]).toEqual([1, 1]);
  });
});

describe('runUntil', () => {
  test('lets promises settle between two timers, also of the same moment', async () => {
    const timeline = virtualTimeline(0);
    const steps: string[] = [];
    timeline.at(10, () => void Promise.resolve().then(() => steps.push('promise')));
    timeline.at(10, () => steps.push('second timer'));
    await runUntil(timeline, 'idle');
    expect(steps).toEqual(['promise', 'second timer']);
  });

  test('ends at a moment with the time there, and nothing later fired', async () => {
    const timeline = virtualTimeline(0);
    const fired: number[] = [];
    for (const ms of [5, 10, 11]) timeline.at(ms, () => fired.push(ms));
    expect(await runUntil(timeline, { ms: 10 })).toBe(2);
    expect([fired, timeline.now()]).toEqual([[5, 10], 10]);
  });

  test('ends when a condition holds, and fails when it never can', async () => {
    const timeline = virtualTimeline(0);
    let done = false;
    timeline.at(60_000, () => (done = true));
    await runUntil(timeline, { condition: () => done });
    expect(timeline.now()).toBe(60_000);
    await expect(runUntil(timeline, { condition: () => false })).rejects.toThrow('condition does not hold');
  });

  test('rests although a clock ticks, and gives up on what feeds itself', async () => {
    const timeline = virtualTimeline(0);
    createCron(timeline).everyMinute('sweep', () => undefined);
    expect(await runUntil(timeline, 'idle')).toBe(0);
    const again = (): void => void timeline.at(timeline.now() + 1, again);
    again();
    await expect(runUntil(timeline, 'idle', { limit: 50 })).rejects.toThrow('Gave up after 50 timers');
  });
});

describe('the minute cron', () => {
  test('calls at each full minute, until cancelled', () => {
    const timeline = virtualTimeline(Date.parse('2026-01-01T10:00:30Z'));
    const called: string[] = [];
    const schedule = createCron(timeline).everyMinute('sweep', (ms) => called.push(new Date(ms).toISOString().slice(11, 19)));
    timeline.advanceTo(Date.parse('2026-01-01T10:02:00Z'));
    schedule.cancel();
    timeline.advanceTo(Date.parse('2026-01-01T10:05:00Z'));
    expect(called).toEqual(['10:01:00', '10:02:00']);
  });

  test('goes on after a callback that throws, and has each name once', () => {
    const timeline = virtualTimeline(0);
    const cron = createCron(timeline);
    let calls = 0;
    cron.everyMinute('sweep', () => {
      calls++;
      throw new Error('broken');
    });
    expect(() => timeline.advanceTo(60_000)).toThrow('broken');
    expect(() => timeline.advanceTo(120_000)).toThrow('broken');
    expect(calls).toBe(2);
    expect(() => cron.everyMinute('sweep', () => undefined)).toThrow('exists already');
  });
});

describe('the timeline of a running system', () => {
  test('runs as many times as fast as its scale says, and never synchronously', async () => {
    const timeline = systemTimeline({ scale: 1_000 });
    const start = timeline.now();
    const fired: string[] = [];
    const done = new Promise<void>((resolve) => timeline.at(start + 30_000, () => resolve(void fired.push('30 s'))));
    timeline.at(start + 10_000, () => fired.push('10 s'));
    timeline.at(0, () => fired.push('past'));
    timeline.at(start + 20_000, () => fired.push('cancelled')).cancel();
    expect(fired).toEqual([]);
    await done;
    timeline.close();
    expect(fired).toEqual(['past', '10 s', '30 s']);
    expect(timeline.now() - start).toBeGreaterThanOrEqual(30_000);
  });

  test('goes on after a restart where it was, time having passed meanwhile, at another scale from there', () => {
    const store = memoryStore();
    let realMs = 1_000_000;
    const realNow = () => realMs;
    const first = rememberedOrigin(store, 60, realNow);
    realMs += 10_000;
    expect(systemTimeline({ origin: first, realNow }).now()).toBe(1_000_000 + 600_000);
    realMs += 10_000;
    expect(systemTimeline({ origin: rememberedOrigin(store, 60, realNow), realNow }).now()).toBe(1_000_000 + 1_200_000);
    const slower = systemTimeline({ origin: rememberedOrigin(store, 1, realNow), realNow });
    expect(slower.now()).toBe(1_000_000 + 1_200_000);
    realMs += 5_000;
    expect(slower.now()).toBe(1_000_000 + 1_205_000);
  });

  test('does not run backwards when the real clock is set back', () => {
    let realMs = 1_000_000;
    const timeline = systemTimeline({ realNow: () => realMs });
    realMs = 1_005_000;
    expect(timeline.now()).toBe(1_005_000);
    realMs = 900_000;
    expect(timeline.now()).toBe(1_005_000);
  });
});
