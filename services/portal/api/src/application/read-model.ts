import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import type { ListKey, OpenStage } from './ports.ts';
import type { RequestRow } from '../contract/index.ts';

/** A request's row as it is stored, with the lists that it stands in. */
export interface StoredRow {
  readonly row: RequestRow;
  /** Its place in each of them, which sorts by when it was asked. */
  readonly place: string;
  readonly lists: readonly ListKey[];
  /** Entries that should be gone since the last writing. */
  readonly left: readonly ListEntry[];
  readonly version: number;
  /** Whose it is and what stages wait, as the request's view has it; rows of before this was kept lack it. */
  readonly ownIds?: readonly string[] | undefined;
  readonly openStages?: readonly OpenStage[] | undefined;
}

/** Where a request stands in a list. */
export interface ListEntry {
  readonly list: ListKey;
  readonly place: string;
}

/** Keeps events, rows and list entries. */
export interface ReadModelStore {
  /** Keeps an event of a request; one that is there already is left as it is. */
  keepEvent(requestId: string, event: RecordedEvent): Promise<void>;
  /** All events of a request, as they are now. */
  eventsOf(requestId: string): Promise<readonly RecordedEvent[]>;
  row(requestId: string): Promise<StoredRow | undefined>;
  /** Writes a row where the stored one has the version before; false where somebody else was faster. */
  putRow(requestId: string, row: StoredRow): Promise<boolean>;
  /** For a row of this version; entries of later ones stay as they are. */
  addEntries(entries: readonly ListEntry[], requestId: string, version: number): Promise<void>;
  /** Those that were added for this version or an earlier one. */
  removeEntries(entries: readonly ListEntry[], version: number): Promise<void>;
}
