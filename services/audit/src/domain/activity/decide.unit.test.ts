import { decide, type ActivityEvent, type Command, type Learned } from './decide.ts';
import { evolve } from './evolve.ts';
import { dueAt, scopeOf, usualSchedule } from './schedule.ts';
import type { ActivityState } from './state.ts';

const at = (time: string): number => Date.parse(`2026-03-02T${time}:00.000Z`);
const iso = (time: string): string => new Date(at(time)).toISOString();
const minute = 60_000;

const base = { requestId: 'r', grantId: '00000000-0000-5000-8000-000000000001', assignment: { principalId: 'p', accountId: '111122223333', permissionSetArn: 'arn' } };
const opened: Learned = { ...base, opened: { person: { userId: 'p', userName: 'dana' }, permissionSetName: 'Admin', sessionMinutes: 120, openedAt: iso('09:00'), latestEnd: iso('12:00') } };
const granted: Learned = { ...base, grantedAt: iso('09:01') };
const ended: Learned = { ...base, ended: { how: 'deleted', endedAt: iso('10:01'), removedAt: iso('10:01'), credentialsUselessBy: iso('12:01') } };
const nothing = { reads: 0, writes: 0, errors: 0, afterRemoval: 0, services: [] };
const some = { ...nothing, reads: 2, writes: 1, services: ['s3.amazonaws.com'] };

/** A grant in time. */
function grant() {
  let state: ActivityState | undefined;
  const said: Extract<ActivityEvent, { type: 'SessionActivityCollected.v1' }>['data'][] = [];
  const tell = (command: Command, now: number): readonly ActivityEvent[] => {
    const events = decide(state, command, now, usualSchedule);
    for (const event of events) {
      state = evolve(state, event);
      if (event.type === 'SessionActivityCollected.v1') said.push(event.data);
    }
    return events;
  };
  return {
    said,
    tell,
    hear: (...facts: readonly Learned[]) => facts.map((learned) => tell({ type: 'learn', learned }, at('10:02'))),
    due: () => (state === undefined ? undefined : dueAt(state, usualSchedule)),
    scope: () => (state === undefined ? undefined : scopeOf(state)),
    round: () => state?.round ?? 0,
    collect: (tally = some, whole = true) => tell({ type: 'collect', round: state?.round ?? 0, tally, whole, detailLocation: 'there' }, state === undefined ? 0 : (dueAt(state, usualSchedule) ?? 0)),
    fail: (now: number) => tell({ type: 'fail', round: state?.round ?? 0, why: { code: 'ERR_ACTIVITY_SOURCE_DOWN', message: 'down' } }, now),
  };
}

describe('what is heard of a grant', () => {
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
  it.each(orders)('counts in any order, and twice is once (%i, %i, %i)', (...order) => {
    const one = grant();
    const facts = order.map((i) => [opened, granted, ended][i] ?? opened);
    one.hear(...facts, ...facts);
    expect(one.scope()).toEqual({ grantId: base.grantId, accountId: '111122223333', permissionSetName: 'Admin', userName: 'dana', from: iso('09:01'), to: iso('12:01') });
    expect(one.due()).toBe(at('12:16'));
  });

  it('that it ended is waited for until its latest end and the length of a session are over, whatever else was heard', () => {
    const one = grant();
    one.hear(opened);
    expect(one.due()).toBe(at('14:15'));
    one.hear(granted);
    expect(one.due()).toBe(at('14:15'));
    expect(one.scope()).toMatchObject({ from: iso('09:01'), to: iso('14:00') });
    one.hear(ended);
    expect(one.due()).toBe(at('12:16'));
  });

  it('its end alone is enough to be due; who it was is then missing, and said to be', () => {
    const one = grant();
    one.hear(ended);
    expect(one.due()).toBe(at('12:16'));
    expect(one.scope()).toMatchObject({ code: 'ERR_SESSION_UNKNOWN' });
  });

  it('a grant that was never there has nothing to collect', () => {
    const one = grant();
    one.hear(opened, { ...base, ended: { how: 'never_created', endedAt: iso('10:00') } });
    expect(one.due()).toBeUndefined();
  });

  it('what stays for another grant is looked at up to the end of this one', () => {
    const one = grant();
    one.hear(opened, granted, { ...base, ended: { how: 'kept_for_other_grant', endedAt: iso('10:01') } });
    expect(one.scope()).toMatchObject({ to: iso('10:01') });
    expect(one.due()).toBe(at('10:16'));
  });

  it('an end that is heard of after everything was collected begins it again', () => {
    const one = grant();
    one.hear(opened, granted);
    for (let i = 0; i < 3; i += 1) one.collect();
    expect(one.due()).toBeUndefined();
    one.hear(ended);
    expect(one.round()).toBe(0);
    one.collect();
    expect(one.said.at(-1)).toMatchObject({ to: iso('12:01'), removedAt: iso('10:01'), collection: 1 });
  });
});

describe('collecting', () => {
  it('is done a quarter of an hour, six hours and a day after the last credentials, and no more', () => {
    const one = grant();
    one.hear(opened, granted, ended);
    const dues = [0, 1, 2].map(() => {
      const due = one.due() ?? 0;
      one.collect();
      return (due - at('12:01')) / minute;
    });
    expect(dues).toEqual([15, 360, 1_440]);
    expect(one.due()).toBeUndefined();
    expect(one.said.map(({ collection, collections, state, use, reads }) => [collection, collections, state, use, reads])).toEqual([1, 2, 3].map((n) => [n, 3, 'complete', 'used', 2]));
  });

  it('of a round that is over changes nothing, whatever a doubled timer brings', () => {
    const one = grant();
    one.hear(opened, granted, ended);
    one.collect();
    expect(one.tell({ type: 'collect', round: 0, tally: some, whole: true, detailLocation: 'there' }, at('13:00'))).toEqual([]);
    expect(one.tell({ type: 'fail', round: 0, why: { code: 'ERR_X', message: 'x' } }, at('13:00'))).toEqual([]);
    expect(one.tell({ type: 'wait', round: 0, queryId: 'q' }, at('13:00'))).toEqual([]);
  });

  it('is begun by one alone, and by another once the first has had its time', () => {
    const one = grant();
    one.hear(opened, granted, ended);
    expect(one.tell({ type: 'try', round: 0 }, at('12:15'))).toEqual([]);
    expect(one.tell({ type: 'try', round: 0 }, at('12:16'))).toHaveLength(1);
    expect(one.tell({ type: 'try', round: 0 }, at('12:17'))).toEqual([]);
    expect(one.tell({ type: 'try', round: 0 }, at('12:19'))).toHaveLength(1);
  });

  it('asks a query again sooner at first, and begins anew when it takes too long', () => {
    const one = grant();
    one.hear(opened, granted, ended);
    let now = at('12:16');
    const waits: number[] = [];
    for (let i = 0; i < 40 && (one.due() ?? 0) >= now; i += 1) {
      if (one.tell({ type: 'wait', round: 0, queryId: 'q' }, now)[0]?.type === 'CollectionFailed') break;
      waits.push((one.due() ?? 0) - now);
      now = one.due() ?? 0;
    }
    expect(waits.slice(0, 3)).toEqual([15_000, 15_000, 30_000]);
    expect(Math.max(...waits)).toBe(5 * minute);
    expect((one.due() ?? 0) - now).toBe(minute);
    // The next try begins a query of its own.
    expect(one.tell({ type: 'wait', round: 0, queryId: 'q2' }, now)[0]).toMatchObject({ type: 'QueryBegun', data: { since: now } });
  });

  it('that fails is tried again after longer and longer, then said to be missing, and tried again in the next round', () => {
    const one = grant();
    one.hear(opened, granted, ended);
    let now = at('12:16');
    const waits: number[] = [];
    while (one.round() === 0) {
      one.fail(now);
      if (one.round() === 0) waits.push(((one.due() ?? 0) - now) / minute);
      now = one.due() ?? now;
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 30]);
    expect(one.said).toMatchObject([{ state: 'missing', use: 'unknown', reads: 0, reason: { code: 'ERR_ACTIVITY_SOURCE_DOWN' }, collection: 1 }]);
    expect(one.due()).toBe(at('12:01') + 360 * minute);
    one.collect();
    expect(one.said.at(-1)).toMatchObject({ state: 'complete', use: 'used', collection: 2 });
  });

  it('that fails later keeps what was found before, and says that it is missing all the same', () => {
    const one = grant();
    one.hear(opened, granted, ended);
    one.collect();
    let now = one.due() ?? 0;
    while (one.round() === 1) {
      one.fail(now);
      now = one.due() ?? now;
    }
    expect(one.said.at(-1)).toMatchObject({ state: 'missing', reads: 2, writes: 1, use: 'used', collection: 2 });
  });

  it('that is not whole says why', () => {
    const one = grant();
    one.hear(opened, granted, ended);
    one.tell({ type: 'collect', round: 0, tally: nothing, whole: false, why: { code: 'ERR_ACTIVITY_IN_PART', message: 'one Region' }, detailLocation: 'there' }, at('12:16'));
    expect(one.said).toMatchObject([{ state: 'partial', use: 'unknown', reason: { code: 'ERR_ACTIVITY_IN_PART' } }]);
  });
});
