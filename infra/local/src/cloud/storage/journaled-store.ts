import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Store } from '../store.ts';
import { lockFolder } from './folder-lock.ts';
import { JournalFile, readJournal, RemovedFolderError, writeSnapshot } from './journal-file.ts';
import { RecordedMaps } from './recorded-maps.ts';

export interface JournaledStoreOptions {
  /** The journal is folded into a snapshot when it is larger than this and than the last snapshot. Default 16 MiB. */
  readonly compactAboveBytes?: number;
}

/** A store on disk. */
export interface JournaledStore extends Store {
  /**
   * False when the folder was removed or replaced while the store was open: what is in it would not be found again. Then `commit`
   * throws `RemovedFolderError`, at the latest before it would write over another's files.
   */
  inPlace(): boolean;
}

/** Aggregates, audit records and archived events are larger than this; messages of queues, which are read often, mostly are not. */
const textAbove = 600;

/**
 * A store in a folder: `snapshot.jsonl` and, over it, `journal.jsonl` with one line per commit. A commit is with the
 * operating system when `commit` returns, so that `kill -9` loses nothing that was answered. It is not forced to the
 * disk: a loss of power may take the last commits, never a part of one.
 * Throws `FolderInUseError` when another process has the folder, `DamagedJournalError` when its files are not ours to read.
 */
export function journaledStore(folder: string, options: JournaledStoreOptions = {}): JournaledStore {
  const compactAboveBytes = options.compactAboveBytes ?? 16 * 1024 * 1024;
  const path = resolve(folder);
  mkdirSync(path, { recursive: true });
  const release = lockFolder(path);
  const maps = new RecordedMaps({ textAbove });
  const snapshotPath = join(path, 'snapshot.jsonl');
  const journalPath = join(path, 'journal.jsonl');

  function load(): [JournalFile, number] {
    try {
      const snapshotBytes = readJournal(snapshotPath, (change) => maps.apply(change));
      const wholeBytes = readJournal(journalPath, (change) => maps.apply(change));
      return [new JournalFile(journalPath, wholeBytes), snapshotBytes];
    } catch (error) {
      release();
      throw error;
    }
  }

  const loaded = load();
  const journal = loaded[0];
  let snapshotBytes = loaded[1];
  let closed = false;

  function commit(): void {
    const changes = maps.takeChanges();
    if (changes.length === 0) return;
    if (closed) throw new Error(`The store in ${path} is closed.`);
    journal.append(changes);
    if (journal.size > Math.max(compactAboveBytes, snapshotBytes)) {
      if (!journal.inPlace()) throw new RemovedFolderError(path);
      snapshotBytes = writeSnapshot(snapshotPath, maps.all());
      journal.empty();
    }
  }

  return {
    map: (name) => maps.map(name),
    all: () => maps.all(),
    commit,
    inPlace: () => journal.inPlace(),
    close() {
      if (closed) return;
      try {
        commit();
      } finally {
        closed = true;
        journal.close();
        release();
      }
    },
  };
}
