import type { ExitCode } from '../failure.ts';
import type { Output } from '../context.ts';
import type { OpenPage } from './open-page.ts';
import type { SignInStore } from './sign-in-store.ts';

/** Sends one HTTP call; that of Node.js, or a test's. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A person who can be asked something. */
export interface Terminal {
  /** What they answer, without the end of the line. Rejects when they have had enough. */
  ask(question: string): Promise<string>;
}

/** What a command of somebody who is signed in works with: the portal over HTTP alone, nothing of AWS. */
export interface PortalContext extends Output {
  readonly fetch: Fetch;
  readonly signIns: SignInStore;
  /** Absent where nobody is there to answer: in a script. */
  readonly terminal?: Terminal | undefined;
  /** Opens a page in a browser of this machine. Absent where none is to be seen. */
  readonly openPage?: OpenPage | undefined;
  readonly newId: () => string;
  /** ms since the epoch, by this machine's clock */
  readonly now: () => number;
  /** Aborted after so many milliseconds. */
  readonly timeout: (ms: number) => AbortSignal;
  /** Aborted when the person has had enough. */
  readonly signal: AbortSignal;
  /** Waits so many milliseconds; rejects when `signal` is aborted meanwhile. */
  pause(ms: number): Promise<void>;
}

/** What such a command does, and how it ends. Throws `Failure` for what a person can mend. */
export type PortalWork = (context: PortalContext) => Promise<ExitCode>;

/** Runs a command's work at the portal. */
export type PerformAtPortal = (work: PortalWork) => Promise<void>;
