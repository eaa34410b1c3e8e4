import type { ActivityEvent } from './decide.ts';
import type { ActivityState } from './state.ts';

export function evolve(state: ActivityState | undefined, event: ActivityEvent): ActivityState {
  if (event.type === 'GrantLearned') {
    const { learned, again } = event.data;
    const base = state ?? { requestId: learned.requestId, grantId: learned.grantId, assignment: learned.assignment, round: 0, failures: 0 };
    const told = { opened: base.opened ?? learned.opened, grantedAt: base.grantedAt ?? learned.grantedAt, ended: base.ended ?? learned.ended };
    return again ? { ...between(base), ...told, round: 0 } : { ...base, ...told };
  }
  if (state === undefined) throw new TypeError(`${event.type} of a grant that nobody has heard of`);
  switch (event.type) {
    case 'TryBegun':
      return { ...state, waitsUntil: event.data.until };
    case 'QueryBegun':
      return { ...state, query: { id: event.data.id, since: event.data.since }, waitsUntil: event.data.until };
    case 'CollectionFailed':
      return { ...between(state), failures: state.failures + 1, waitsUntil: event.data.until };
    case 'SessionActivityCollected.v1': {
      const { reads, writes, errors, afterRemoval, services, state: how } = event.data;
      return { ...between(state), round: state.round + 1, collected: { reads, writes, errors, afterRemoval, services, state: how } };
    }
  }
}

/** Nothing runs and nothing has failed. */
function between(state: ActivityState): ActivityState {
  const { query: _query, waitsUntil: _until, ...rest } = state;
  return { ...rest, failures: 0 };
}
