import type { Call } from '../../domain/activity/call.ts';
import { decide, type ActivityEvent, type Learned } from '../../domain/activity/decide.ts';
import { evolve } from '../../domain/activity/evolve.ts';
import { dueAt } from '../../domain/activity/schedule.ts';
import type { ActivityState } from '../../domain/activity/state.ts';
import type { ActivityDetails, ActivitySource, GrantActivities, SourceAnswer } from '../ports.ts';
import { collectActivity, mostDetails } from './collect.ts';

const minute = 60_000;
const endedAt = Date.parse('2026-03-02T10:00:00Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const schedule = { collectAfterMinutes: [15, 360] };
const grantId = '00000000-0000-5000-8000-000000000001';
const key = `activity#${grantId}`;
const learned: Learned = {
  requestId: 'r',
  grantId,
  assignment: { principalId: 'p', accountId: '111122223333', permissionSetArn: 'arn' },
  opened: { person: { userId: 'p', userName: 'dana' }, permissionSetName: 'Admin', sessionMinutes: 60, openedAt: iso(endedAt - 60 * minute), latestEnd: iso(endedAt) },
  grantedAt: iso(endedAt - 60 * minute),
  ended: { how: 'deleted', endedAt: iso(endedAt), removedAt: iso(endedAt), credentialsUselessBy: iso(endedAt + 60 * minute) },
};
const call = (i: number, more: Partial<Call> = {}): Call => ({ eventId: `e${i}`, at: iso(endedAt - 30 * minute + i), service: 's3.amazonaws.com', action: 'ListBuckets', readOnly: true, ...more });
const found = (calls: readonly Call[], whole = true): SourceAnswer => ({ kind: 'found', calls, whole });

/** Collecting over memory; `answers` are the source's, one after the other, the last again and again. An `Error` is thrown. */
function setUp(...answers: readonly (SourceAnswer | Error)[]) {
  let now = endedAt + 75 * minute;
  let state: ActivityState | undefined = evolve(undefined, { type: 'GrantLearned', data: { learned, again: false } });
  let stopAfter: 'details' | undefined;
  const said: Extract<ActivityEvent, { type: 'SessionActivityCollected.v1' }>['data'][] = [];
  const lines = new Map<string, Call>();
  const asked: string[] = [];
  const warned: unknown[] = [];
  const answer = (how: string): Promise<SourceAnswer> => {
    const next = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(how);
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? found([]));
  };
  const source: ActivitySource = { begin: (_scope, token) => answer(`begin ${token}`), resume: (query) => answer(`resume ${query}`) };
  const grants: GrantActivities = {
    load: async () => state,
    async execute(_key, command) {
      const events = decide(state, command, now, schedule);
      for (const event of events) {
        state = evolve(state, event);
        if (event.type === 'SessionActivityCollected.v1') said.push(event.data);
      }
      return { state, events };
    },
  };
  const details: ActivityDetails = {
    of: async () => [...lines.values()],
    page: async () => ({ items: [] }),
    async add(_grantId, calls) {
      for (const one of calls) if (!lines.has(one.eventId)) lines.set(one.eventId, one);
      if (stopAfter === 'details') throw new Error('the process died');
    },
    locationOf: (id) => `there/${id}`,
  };
  const log = { info: () => undefined, error: () => undefined, warn: (_message: string, facts: object) => void warned.push(facts) };
  const collect = collectActivity({ grants, source, details, schedule, clock: () => now, log, explain: (error) => ({ code: 'ERR_SAID', message: String(error) }) });
  return {
    said,
    asked,
    warned,
    lines,
    stopAfterDetails: (stops: boolean) => void (stopAfter = stops ? 'details' : undefined),
    due: () => (state === undefined ? undefined : dueAt(state, schedule)),
    collect: () => collect(key),
    /** The same when it is due next. */
    async next() {
      now = Math.max(now, (state === undefined ? undefined : dueAt(state, schedule)) ?? now);
      await collect(key);
    },
  };
}

it('is not done before it is due, and by one of those whom a doubled timer calls', async () => {
  const early = setUp(found([call(1)]));
  await early.next();
  expect(early.said).toHaveLength(1);
  await early.collect();
  expect(early.asked).toHaveLength(1);
  const doubled = setUp(found([call(1)]));
  await Promise.all([doubled.collect(), doubled.collect(), doubled.collect()]);
  expect([doubled.asked.length, doubled.said.length]).toEqual([1, 1]);
});

it('asks the same query again until it is done', async () => {
  const one = setUp({ kind: 'running', query: 'q' }, { kind: 'running', query: 'q' }, found([call(1)]));
  for (let i = 0; i < 3; i += 1) await one.next();
  expect(one.asked).toEqual([`begin ${grantId}-0-0`, 'resume q', 'resume q']);
  expect(one.said).toMatchObject([{ reads: 1, state: 'complete', detailLocation: `there/${grantId}` }]);
});

it('adds what comes late and counts nothing twice; what the source has forgotten since stays', async () => {
  const one = setUp(found([call(1), call(2)]), found([call(2), call(2), call(3, { readOnly: false, at: iso(endedAt + minute) })]));
  await one.next();
  await one.next();
  expect(one.said.map(({ reads, writes, afterRemoval, use }) => [reads, writes, afterRemoval, use])).toEqual([[2, 0, 0, 'only_reads'], [2, 1, 1, 'after_removal']]);
  expect([...one.lines.keys()]).toEqual(['e1', 'e2', 'e3']);
});

it('counts the same where the process died after the details were written', async () => {
  const one = setUp(found([call(1), call(2)]));
  one.stopAfterDetails(true);
  await expect(one.collect()).rejects.toThrow('died');
  expect(one.said).toEqual([]);
  one.stopAfterDetails(false);
  await one.next();
  expect(one.said).toMatchObject([{ reads: 2, collection: 1 }]);
  // The same token, so that a query is not begun twice.
  expect(one.asked).toEqual([`begin ${grantId}-0-0`, `begin ${grantId}-0-0`]);
});

it('what fails is told of, tried again with a query of its own, and never said to be nothing', async () => {
  const one = setUp(new Error('refused'), new Error('refused'), found([call(1)]));
  for (let i = 0; i < 3; i += 1) await one.next();
  expect(one.warned).toMatchObject([{ code: 'ERR_SAID', failures: 1 }, { failures: 2 }]);
  expect(one.asked).toEqual([`begin ${grantId}-0-0`, `begin ${grantId}-0-1`, `begin ${grantId}-0-2`]);
  expect(one.said).toMatchObject([{ reads: 1 }]);
});

it('counts all of very many calls and keeps those that matter, over all collections', async () => {
  const many = Array.from({ length: mostDetails + 500 }, (_, i) => call(i));
  const one = setUp(found(many), found([...many, call(9_999, { readOnly: false, at: iso(endedAt + minute) })]));
  await one.next();
  expect(one.said).toMatchObject([{ reads: mostDetails + 500 }]);
  expect(one.lines.size).toBeLessThan(mostDetails);
  await one.next();
  expect(one.said.at(-1)).toMatchObject({ reads: mostDetails + 500, writes: 1, afterRemoval: 1 });
  expect(one.lines.size).toBe(mostDetails);
  expect(one.lines.has('e9999')).toBe(true);
});
