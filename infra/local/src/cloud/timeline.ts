/** The one clock of the local cloud. Everything that waits, waits here. Times are milliseconds since the epoch. */
export interface Timeline {
  now(): number;
  /** Runs `callback` once, at `dueMs` or as soon after as possible (at once if already past), never synchronously. */
  at(dueMs: number, callback: () => void, options?: TimerOptions): Timer;
}

export interface TimerOptions {
  /** A clock's own ticking: a test driver that runs until nothing is left to do does not wait for it. */
  readonly background?: boolean;
}

export interface Timer {
  cancel(): void;
}
