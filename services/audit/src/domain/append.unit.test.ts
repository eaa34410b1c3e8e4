import { recordOfWord, reading } from '../../test/events.ts';
import { beginAppend, continueAppend, type Answer, type Append } from './append.ts';
import type { Head, StoredRecord } from './chain.ts';

/** Everything there is: what is stored, who is appending, and, beside the trail, in which order the chain took which records. */
interface World {
  readonly records: Readonly<Record<string, StoredRecord>>;
  readonly head: Head | undefined;
  readonly appenders: readonly (Append | 'gone')[];
  readonly taken: readonly string[];
}
type Protocol = typeof continueAppend;

/** One appender's next operation, done to a world. */
function act(world: World, index: number, protocol: Protocol): World {
  const append = world.appenders[index];
  if (append === undefined || append === 'gone') return world;
  const { record, step } = append;
  let { records, head, taken } = world;
  const answer = ((): Answer => {
    switch (step.do) {
      case 'store':
        if (records[record.key] === undefined) records = { ...records, [record.key]: record };
        return { record: records[record.key] };
      case 'readHead':
        return { head };
      case 'readOwn':
        return { record: records[record.key] };
      case 'placeLast':
      case 'placeOwn': {
        const target = records[step.key];
        if (target !== undefined && target.place === undefined) records = { ...records, [step.key]: { ...target, place: step.place } };
        return {};
      }
      case 'advance':
        if ((head?.seq ?? 0) !== step.seen) return { advanced: false };
        head = step.to;
        taken = [...taken, step.to.last];
        return { advanced: true };
      case 'done':
        return {};
    }
  })();
  return { records, head, taken, appenders: world.appenders.with(index, protocol(append, answer, reading.digest)) };
}

const isOver = (append: Append | 'gone'): boolean => append === 'gone' || append.step.do === 'done';

/** Appends what is not placed, one after the other, as the sweep does. */
function sweep(world: World, protocol: Protocol): World {
  return Object.values(world.records).reduce((before, record) => {
    let after: World = { ...before, appenders: [beginAppend(record)] };
    while (!after.appenders.every(isOver)) after = act(after, 0, protocol);
    return after;
  }, world);
}

function violation({ records, head, taken }: World, atRest: boolean): string | undefined {
  if (new Set(taken).size < taken.length) return `taken twice: ${taken.join(' ')}`;
  if ((head?.seq ?? 0) !== taken.length) return `the head says ${head?.seq ?? 0}, but ${taken.length} were taken`;
  for (const [key, { place }] of Object.entries(records)) {
    if (place !== undefined && taken[place.seq - 1] !== key) return `${key} bears ${place.seq}, which is not its place`;
    if (atRest && place === undefined) return `${key} has no place`;
  }
  return undefined;
}

/** Every order in which appenders' operations can follow each other, each appender stopped for good anywhere. Gives the first violation. */
function explore(words: readonly string[], { stops, protocol = continueAppend }: { stops: number; protocol?: Protocol }) {
  const seen = new Set<string>();
  const open: { world: World; stops: number }[] = [
    { world: { records: {}, head: undefined, appenders: words.map((word) => beginAppend(recordOfWord(word))), taken: [] }, stops },
  ];
  let ends = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { world, stops: left } = next;
    const identity = JSON.stringify([world, left]);
    if (seen.has(identity)) continue;
    seen.add(identity);
    const running = world.appenders.flatMap((append, index) => (isOver(append) ? [] : [index]));
    const found = violation(world, false) ?? (running.length === 0 ? violation(sweep(world, protocol), true) : undefined);
    if (found !== undefined) return { found, worlds: seen.size, ends };
    if (running.length === 0) ends += 1;
    for (const index of running) {
      open.push({ world: act(world, index, protocol), stops: left });
      if (left > 0) open.push({ world: { ...world, appenders: world.appenders.with(index, 'gone') }, stops: left - 1 });
    }
  }
  return { found: undefined, worlds: seen.size, ends };
}

describe('the append protocol', () => {
  it.each([
    { of: 'two events', words: ['one', 'two'], stops: 2 },
    { of: 'one event delivered twice', words: ['one', 'one'], stops: 2 },
    { of: 'three events', words: ['one', 'two', 'three'], stops: 1 },
    { of: 'two events, one of them delivered twice', words: ['one', 'two', 'one'], stops: 1 },
    { of: 'one event delivered three times', words: ['one', 'one', 'one'], stops: 3 },
  ])('gives each record one place in every order of $of, stopped anywhere, and the sweep finishes the rest', ({ words, stops }) => {
    const { found, ends } = explore(words, { stops });
    expect(found).toBeUndefined();
    expect(ends).toBeGreaterThan(0);
  });

  it('would take a record twice if the last one were not given its place first', () => {
    const without: Protocol = (append, answer, digest) => {
      const next = continueAppend(append, answer, digest);
      return next.step.do === 'placeLast' ? { ...next, step: { do: 'readOwn', head: next.step.head } } : next;
    };
    expect(explore(['one', 'two', 'one'], { stops: 1, protocol: without }).found).toMatch(/^taken twice/);
  });

  it('would take a record twice if the own one were looked at before the head', () => {
    const early: Protocol = (append, answer, digest) => {
      const next = continueAppend(append, answer, digest);
      return next.step.do === 'readOwn' ? continueAppend(next, {}, digest) : next;
    };
    expect(explore(['one', 'one'], { stops: 0, protocol: early }).found).toMatch(/^taken twice/);
  });
});
