import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Store } from '../store.ts';
import { lockFolder } from './folder-lock.ts';
import { JournalFile, readJournal, writeSnapshot } from './journal-file.ts';
import { RecordedMaps } from './recorded-maps.ts';

export interface JournaledStoreOptions {
  /** The journal is folded into a snapshot when it is larger than this and than the last snapshot. Default 16 MiB. */
  readonly compactAboveBytes?: number;
}

/** Aggregates, audit records and archived events are larger than this; messages of queues, which are read often, mostly are not. */
const textAbove = 600;

/**
 * A store in a folder: `snapshot.jsonl` and, over it, `journal.jsonl` with one line per commit. A commit is with the
 * operating system when `commit` returns, so that `kill -9` loses nothing that was answered. It is not forced to the
 * disk: a loss of power may take the last commits, never a part of one.
 * Throws `FolderInUseError` when another process has the folder, `DamagedJournalError` when its files are not ours to read.
 */
export function journaledStore(folder: string, options: JournaledStoreOptions = {}): Store {
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
      snapshotBytes = writeSnapshot(snapshotPath, maps.all());
      journal.empty();
    }
  }

  return {
    map: (name) => maps.map(name),
    commit,
    close() {
      if (closed) return;
      commit();
      closed = true;
      journal.close();
      release();
    },
  };
}
