import type { Command } from 'commander';
import { setTimeout as delay } from 'node:timers/promises';
import type { AuditTrail } from './cloud/audit-trail.ts';
import type { Bus } from './cloud/bus.ts';
import type { Connection } from './cloud/connection.ts';
import { misused, type ExitCode } from './failure.ts';

/** Where a command's words go. */
export interface Output {
  /** A line of what was asked for. */
  say(text: string): void;
  /** A line about how it goes; not part of what a pipe gets. */
  remark(text: string): void;
  /** Resolves when there is room for more: who says a great deal waits for it, or it piles up. Absent: there always is. */
  readonly roomForMore?: () => Promise<void>;
}

/** What a command works with. */
export interface Context extends Output {
  readonly connection: Connection;
  readonly trail: AuditTrail;
  readonly bus: Bus;
  /** How `team` is called to go on at the same place: for commands that are printed to be pasted. */
  readonly ownCommand: string;
  readonly newId: () => string;
  /** Aborted when the person has had enough. */
  readonly signal: AbortSignal;
  /** Waits so many milliseconds of this machine's; rejects when `signal` is aborted meanwhile. */
  pause(ms: number): Promise<void>;
}

/** Who is named by `--as`. Throws `Failure` (usage) where nobody is: the local run knows nobody who is signed in. */
export function whoSays(as: string | undefined): string {
  if (as === undefined) throw misused('say who: --as USER in the local run, or sign in at the portal with `npx team login`');
  return as;
}

/** Waits on this machine's clock, until it is aborted. */
export const pauseOf =
  (signal: AbortSignal): Context['pause'] =>
  (ms) =>
    delay(ms, undefined, { signal });

/** What a command does, and how it ends. Throws `Failure` for what a person can mend. */
export type Work = (context: Context) => Promise<ExitCode>;

/** Runs a command's work where its options say. */
export type Perform = (command: Command, work: Work) => Promise<void>;
