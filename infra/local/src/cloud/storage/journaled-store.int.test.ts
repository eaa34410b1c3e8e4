import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FolderInUseError } from './folder-lock.ts';
import { DamagedJournalError, RemovedFolderError } from './journal-file.ts';
import { journaledStore } from './journaled-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'team-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const journal = () => join(folder, 'journal.jsonl');

function write(changes: Record<string, number | undefined>): void {
  const store = journaledStore(folder);
  const map = store.map<number>('m');
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
  store.close();
}

function read(): [string, number][] {
  const store = journaledStore(folder);
  const entries = [...store.map<number>('m').entries()];
  store.close();
  return entries;
}

/** Starts the writer, kills it after some commits, and returns the last count that it had said to be committed. */
async function killedWriter(compactAboveBytes: number, afterMs: number): Promise<number> {
  const script = fileURLToPath(new URL('./writer.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, String(compactAboveBytes)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child.stdout, 'data');
  setTimeout(() => child.kill('SIGKILL'), afterMs);
  await once(child, 'close');
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}

describe('a journaled store', () => {
  test('has after a restart what was committed, in the order in which it was put', () => {
    write({ b: 1, a: 2, c: 3 });
    write({ b: undefined, a: 4, d: 5 });
    expect(read()).toEqual([['a', 4], ['c', 3], ['d', 5]]);
  });

  test('writes what one commit changed as one line, and nothing for a commit without changes', () => {
    const store = journaledStore(folder);
    store.map<number>('m').set('a', 1);
    store.map<number>('n').set('b', 2);
    store.commit();
    store.commit();
    store.close();
    expect(readFileSync(journal(), 'utf8')).toBe('[["m","a",1],["n","b",2]]\n');
  });

  test('drops the last line where its write was interrupted, whatever was left of it, and goes on behind it', () => {
    write({ a: 1 });
    const whole = statSync(journal()).size;
    write({ b: 2 });
    for (let size = statSync(journal()).size - 1; size > whole; size--) {
      truncateSync(journal(), size);
      expect(read()).toEqual([['a', 1]]);
      appendFileSync(journal(), '[["m","b",2]]\n'.slice(0, size - whole - 1));
    }
    write({ c: 3 });
    expect(read()).toEqual([['a', 1], ['c', 3]]);
  });

  test('reads lines of any length, whatever stands at the borders of the pieces in which a file is read', () => {
    const texts = [0, 1, 2, 3].map((shift) => `${'x'.repeat(shift)}${'é🙂'.repeat(400_000)}`);
    const store = journaledStore(folder);
    for (const [key, text] of texts.entries()) {
      store.map<string>('m').set(String(key), text);
      store.commit();
    }
    store.close();
    const again = journaledStore(folder, { compactAboveBytes: 1 });
    again.map<string>('m').set('last', 'x');
    again.close();
    const fromSnapshot = journaledStore(folder);
    expect([...fromSnapshot.map<string>('m').values()].map((text) => text.length)).toEqual([...texts.map(({ length }) => length), 1]);
    expect(fromSnapshot.map<string>('m').get('3')).toBe(texts[3]);
    fromSnapshot.close();
  });

  test('refuses a journal that is damaged elsewhere, naming file and line', () => {
    write({ a: 1 });
    write({ b: 2 });
    const lines = readFileSync(journal(), 'utf8').split('\n');
    writeFileSync(journal(), [lines[0]?.slice(0, -1), lines[1], ''].join('\n'));
    expect(() => journaledStore(folder)).toThrow(DamagedJournalError);
    expect(() => journaledStore(folder)).toThrow(`${journal()}:1`);
    writeFileSync(journal(), '{"m": 1}\n');
    expect(() => journaledStore(folder)).toThrow(DamagedJournalError);
  });

  test('folds the journal into a snapshot when it has grown, and has the same as before', () => {
    const store = journaledStore(folder, { compactAboveBytes: 1_000 });
    const map = store.map<number>('m');
    for (let count = 0; count < 1_000; count++) {
      map.set(String(count % 10), count);
      store.commit();
    }
    store.close();
    expect(statSync(journal()).size).toBeLessThan(1_100);
    expect(read()).toHaveLength(10);
    expect(Object.fromEntries(read())['9']).toBe(999);
  });

  test('comes to the same state when it was killed between writing a snapshot and emptying the journal', () => {
    write({ a: 1, b: 2 });
    write({ a: undefined, c: 3 });
    const journaled = readFileSync(journal());
    const store = journaledStore(folder, { compactAboveBytes: 1 });
    store.map<number>('m').set('d', 4);
    store.close();
    expect(statSync(journal()).size).toBe(0);
    writeFileSync(journal(), Buffer.concat([journaled, Buffer.from('[["m","d",4]]\n')]));
    expect(Object.fromEntries(read())).toEqual({ b: 2, c: 3, d: 4 });
  });

  test('is open once: a second opening is refused, in this process and in another', async () => {
    const store = journaledStore(folder);
    expect(() => journaledStore(folder)).toThrow(FolderInUseError);
    store.close();
    const held = spawn('sleep', ['60']);
    await once(held, 'spawn');
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: held.pid }));
    expect(() => journaledStore(folder)).toThrow(`in use by process ${held.pid}`);
    held.kill('SIGKILL');
    await once(held, 'close');
    expect(read()).toEqual([]);
  });

  test('leaves the lock of another process alone, which began in a new folder of its name', () => {
    const store = journaledStore(folder);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    const others = JSON.stringify({ pid: process.ppid });
    writeFileSync(join(folder, 'lock'), others);
    store.close();
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(others);
  });

  test('takes nothing more when its folder was removed, also when there is a new one of its name', () => {
    const store = journaledStore(folder);
    store.map<number>('m').set('a', 1);
    store.commit();
    expect(store.inPlace()).toBe(true);
    rmSync(folder, { recursive: true });
    expect(store.inPlace()).toBe(false);
    mkdirSync(folder);
    writeFileSync(journal(), '[["m","b",2]]\n');
    expect(store.inPlace()).toBe(false);
    store.map<number>('m').set('c', 3);
    expect(() => store.commit()).toThrow(RemovedFolderError);
    store.close();
    expect(read()).toEqual([['b', 2]]);
  });

  test('writes no snapshot over that of a new folder, where its own was moved away', () => {
    const store = journaledStore(folder, { compactAboveBytes: 1 });
    const elsewhere = `${folder}-moved`;
    renameSync(folder, elsewhere);
    mkdirSync(folder);
    store.map<number>('m').set('a', 1);
    expect(() => store.commit()).toThrow(RemovedFolderError);
    store.close();
    rmSync(elsewhere, { recursive: true });
    expect(existsSync(join(folder, 'snapshot.jsonl'))).toBe(false);
  });

  test('takes over the lock of a process id that another process has by now', () => {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, startedAt: '1' }));
    expect(read()).toEqual([]);
  });

  test.each([
    ['while it writes', 1_000_000_000],
    ['while it compacts again and again', 20_000],
  ])('loses nothing and keeps commits whole when its process is killed %s', async (_when, compactAboveBytes) => {
    for (let round = 0; round < 4; round++) {
      const said = await killedWriter(compactAboveBytes, 40 + round * 25);
      const store = journaledStore(folder);
      const count = store.map<number>('counters').get('count') ?? 0;
      const log = [...store.map<string>('log').entries()];
      store.close();
      expect(count).toBeGreaterThanOrEqual(said);
      const oldest = Math.max(0, count - 200) + 1;
      expect(log.map(([key]) => Number(key))).toEqual(Array.from({ length: count - oldest + 1 }, (_, index) => oldest + index));
      expect(log.every(([key, text]) => text.length === Number(key) % 500)).toBe(true);
    }
  }, 30_000);
});
