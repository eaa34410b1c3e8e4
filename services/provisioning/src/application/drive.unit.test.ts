import { opening, startMs } from '../../test/examples.ts';
import { scriptedIdentityCenter } from '../../test/scripted-identity-center.ts';
import type { AssignmentState } from '../domain/assignment.ts';
import { decide } from '../domain/decide.ts';
import { evolve } from '../domain/evolve.ts';
import { nextStep } from '../domain/next-step.ts';
import { drive } from './drive.ts';
import type { Assignments } from './ports.ts';

/** One waiting assignment; `between` happens after it was loaded and before it is decided on. */
function oneAssignment(clock: () => number, between: () => void = () => undefined) {
  const held = decide(undefined, opening(1, startMs), startMs).reduce<AssignmentState | undefined>(evolve, undefined);
  let state = held;
  const apply: Assignments['execute'] = async (_key, command) => {
    const events = decide(state, command, clock());
    state = events.reduce<AssignmentState | undefined>(evolve, state);
    return { state, events };
  };
  const assignments: Assignments = {
    load: async () => state,
    execute: async (key, command, cause) => {
      between();
      return apply(key, command, cause);
    },
  };
  return { assignments, apply };
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('one step', () => {
  it('calls AWS for the operation that it stored itself', async () => {
    const clock = () => startMs;
    const directory = scriptedIdentityCenter(clock);
    await drive({ ...oneAssignment(clock), directory, nextStep, recreateMissing: false, clock, log }, 'key', { until: startMs + 30_000 });
    expect(directory.changes).toHaveLength(1);
  });

  it('never calls AWS for an operation that another pass stored', async () => {
    const clock = () => startMs;
    const directory = scriptedIdentityCenter(clock);
    const one = oneAssignment(clock, () => void one.apply('key', { type: 'looked', epoch: 0, present: false, until: startMs + 45_000, recreate: false }));
    const driven = await drive({ ...one, directory, nextStep, recreateMissing: false, clock, log }, 'key', { until: startMs + 30_000 });
    expect(directory.changes).toEqual([]);
    expect(driven.outstanding?.epoch).toBe(1);
  });

  it('never calls AWS after its lease is over, and leaves the operation to be read back', async () => {
    let now = startMs;
    const clock = () => now;
    const directory = scriptedIdentityCenter(clock);
    const one = oneAssignment(clock, () => void (now = startMs + 30_000));
    const driven = await drive({ ...one, directory, nextStep, recreateMissing: false, clock, log }, 'key', { until: startMs + 30_000 });
    expect(directory.changes).toEqual([]);
    expect(driven.outstanding?.until).toBe(startMs + 45_000);
  });
});
