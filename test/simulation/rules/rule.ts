import type { SeenEvent } from '../../../infra/local/src/play/world.ts';
import type { ServiceCall } from '../invocation.ts';
import type { History } from './history.ts';
import type { Seen } from './seen.ts';

/** One invariant. Each function gives what is wrong, in words, or nothing. */
export interface Rule {
  /** A service makes a call; it may take effect later. */
  readonly onMade?: (call: ServiceCall) => string | undefined;
  /** A call of a service is about to take effect. */
  readonly onCall?: (call: ServiceCall) => string | undefined;
  /** The bus took an event. */
  readonly onEvent?: (event: SeenEvent) => string | undefined;
  /** Nothing moves any more, and what became a dead letter lies where it fell. */
  readonly beforeRedrive?: () => Promise<readonly string[]>;
  /** Nothing moves any more, dead letters were put back once. */
  readonly atRest?: () => readonly string[] | Promise<readonly string[]>;
}

/** An invariant over a run that can be seen, and over what is remembered of it. */
export type RuleFrom = (seen: Seen, history: History) => Rule;
