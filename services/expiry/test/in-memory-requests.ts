import type { Requests } from '../src/application/ports.ts';
import { decide } from '../src/domain/decide.ts';
import { evolve } from '../src/domain/evolve.ts';
import type { Fact } from '../src/domain/events.ts';
import type { RequestState } from '../src/domain/state.ts';

export interface InMemoryRequests extends Requests {
  readonly published: readonly Fact[];
  state(key: string): RequestState | undefined;
}

/** Requests with the real domain, kept in memory. */
export function inMemoryRequests(clock: () => number): InMemoryRequests {
  const states = new Map<string, RequestState>();
  const published: Fact[] = [];
  return {
    published,
    state: (key) => states.get(key),
    async execute(key, command) {
      const events = decide(states.get(key), command, clock());
      const state = events.reduce<RequestState | undefined>(evolve, states.get(key));
      if (state !== undefined) states.set(key, state);
      published.push(...events.filter((event): event is Fact => event.type.endsWith('.v1')));
      return { state };
    },
  };
}
