import { fork } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { changesIn, readJournal, writeSnapshot, type Change, type Store } from '../cloud/index.ts';
import type { Around } from '../system/options.ts';
import type { System } from '../system/create-system.ts';
import { textsOf } from './changes.ts';
import type { Task } from './player.ts';
import { takeOver } from './take-over.ts';
import { usualDays } from './usual-days.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** So long the playing process may say nothing: it tells of every day, on a busy machine too. */
const mostSilentMs = 10 * minuteMs;
/** Below everybody who waits for an answer. */
const niceness = 5;
/** Most of what is made is thrown away at once. */
const execArgv = ['--max-semi-space-size=16', '--heap-growing-percent=20'];

/** `wanted`: not there yet, of the days before `end`, with signed hours up to `until` (ms since the epoch). */
type Standing = { readonly state: 'wanted'; readonly end: number; readonly until: number; readonly days: number } | { readonly state: 'there' | 'none' };

export interface MonthOptions {
  readonly store: Store;
  /** The data folder. */
  readonly data: string;
  /** 0 for none. */
  readonly days: number;
  /** ms since the epoch */
  readonly now: number;
  readonly organization: string;
  readonly policies: string;
}

/** The past requests of a data folder. */
export interface Month {
  /** Stands around every function: hours are signed once the past is there, which has the hours before. */
  readonly around: Around;
  /** After the system was made, and before anybody can ask for anything. True where a past begins to be wanted. */
  prepare(): boolean;
  /** Plays the past, or takes over one that was played; ends when it is there, or cannot be. At once where none is wanted. */
  bring(system: System, tell: (text: string, last?: boolean) => void): Promise<void>;
  /** Whoever starts again on this folder begins again. */
  stop(): void;
}

/** What becomes of the past of a data folder is settled when the folder is new: decision 28. */
export function monthOf({ store, data, days, now, organization, policies }: MonthOptions): Month {
  const standing = store.map<Standing>('history');
  if (store.all()[Symbol.iterator]().next().done === true && days > 0) {
    standing.set('month', { state: 'wanted', end: lastMidnight(now), until: lastSigned(now), days });
    store.commit();
  }
  const folder = join(data, 'history');
  const files = { base: join(folder, 'base.jsonl'), past: join(folder, 'past.jsonl'), archive: join(folder, 'archive') };
  const wanted = () => {
    const month = standing.get('month');
    return month?.state === 'wanted' ? month : undefined;
  };
  const settle = (state: 'there' | 'none'): void => {
    standing.set('month', { state });
    store.commit();
    rmSync(folder, { recursive: true, force: true });
  };
  let child: ReturnType<typeof fork> | undefined;
  let stopping = false;

  /** Plays the past where it was not played yet, and reads what it has become. */
  async function played(month: NonNullable<ReturnType<typeof wanted>>, system: System, progress: (part: number) => void) {
    if (!existsSync(files.past)) {
      const task: Task = { base: files.base, past: files.past, archive: files.archive, end: month.end, until: month.until, days: month.days, organization, policies, endpoint: system.options.endpoint };
      child = fork(fileURLToPath(new URL('player.ts', import.meta.url)), [JSON.stringify(task)], { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      if (child.pid !== undefined) setPriority(child.pid, niceness);
      await ended(child, progress);
    }
    const past = await changesFrom(files.past);
    const base: Change[] = [];
    readJournal(files.base, (change) => base.push(change));
    return { past, base };
  }

  return {
    around: ({ service, name }, run) => (service === 'audit' && name === 'checkpoint' && wanted() !== undefined ? Promise.resolve() : run()),
    prepare() {
      if (wanted() === undefined || existsSync(files.base)) return false;
      mkdirSync(folder, { recursive: true });
      writeSnapshot(files.base, store.all());
      return true;
    },
    async bring(system, tell) {
      const month = wanted();
      if (month === undefined) return;
      const what = month.days === usualDays ? 'a month of past requests' : `past requests of ${month.days} days`;
      let become: Awaited<ReturnType<typeof played>>;
      try {
        become = await played(month, system, (part) => tell(`${what}: ${Math.floor(part * 100)} %`));
        if (existsSync(files.archive)) renameSync(files.archive, join(data, 'archive'));
      } catch (error) {
        if (stopping) return;
        settle('none');
        tell(`there are no past requests: ${String(error)}`, true);
        return;
      }
      // From here on nothing comes in between. A fault ends the run, which has committed nothing of it then: the next one takes it over again.
      takeOver(become.past, textsOf(become.base), { store, dynamo: system.dynamo });
      settle('there');
      tell(`${what}: 100 %`, true);
    },
    stop() {
      stopping = true;
      child?.kill('SIGKILL');
    },
  };
}

/** The last midnight of UTC that is some hours ago: the past's last day is not today, whose chains the running system writes. */
function lastMidnight(now: number): number {
  return Math.floor((now - 3 * hourMs) / (24 * hourMs)) * 24 * hourMs;
}

/** Ends with the process; one that says nothing for too long is ended, since no hour is signed until the past is there. */
function ended(child: ReturnType<typeof fork>, progress: (part: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let silence = setTimeout(() => child.kill('SIGKILL'), mostSilentMs);
    child.on('message', (part) => {
      if (typeof part !== 'number') return;
      clearTimeout(silence);
      silence = setTimeout(() => child.kill('SIGKILL'), mostSilentMs);
      progress(part);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(silence);
      if (code === 0) resolve();
      else reject(new Error(`playing them ended with ${signal ?? code}`));
    });
  });
}

/** When the last hour that is over was signed, which takes two minutes: the next is for the running system. */
function lastSigned(now: number): number {
  return Math.floor((now - 3 * minuteMs) / hourMs) * hourMs + 2.5 * minuteMs;
}

/** Line by line, so that whoever asks meanwhile is answered. */
async function changesFrom(path: string): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) changes.push(...changesIn(line, path, changes.length + 1));
  return changes;
}
