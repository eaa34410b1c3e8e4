/** The one clock of the local cloud. Everything that waits, waits here. Times are milliseconds since the epoch. */
export interface Timeline {
  now(): number;
  /** Runs `callback` once, at `dueMs` or as soon after as possible (at once if already past), never synchronously. */
  at(dueMs: number, callback: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}
