import type { SeenEvent } from '../../../infra/local/src/play/world.ts';
import type { ServiceCall } from '../invocation.ts';
import { createGrants, type Grants } from './grants.ts';
import { createHands, type Hands } from './hands.ts';
import { createPresence, type Presence } from './presence.ts';
import type { Seen } from './seen.ts';

/** What rules remember of a run together. */
export interface History {
  readonly presence: Presence;
  readonly hands: Hands;
  readonly grants: Grants;
  /** Sees how things stand; before anything that follows. */
  look(): void;
  /** The bus took an event. */
  take(event: SeenEvent): void;
  /** A service makes a call. */
  made(call: ServiceCall): void;
  /** A call takes effect. */
  called(call: ServiceCall): void;
}

export function createHistory(seen: Seen): History {
  const presence = createPresence(seen);
  const hands = createHands(seen, presence);
  const grants = createGrants(seen, presence);
  return {
    presence,
    hands,
    grants,
    look() {
      presence.look();
      hands.look();
    },
    take: (event) => grants.take(event),
    made: (call) => hands.made(call),
    called: (call) => hands.called(call),
  };
}
