import type { DirectorySnapshot } from '@team/directory';
import type { ListedOrganization } from './ports.ts';
import { peopleOf, survey, surveyed } from './survey.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
const minutes = (count: number): number => count * 60_000;
const snapshotOf = (takenAt: number): DirectorySnapshot => ({ takenAt, rootId: 'r-acme', managementAccountId: '111111111111', users: [], groups: [], organizationalUnits: [], accounts: [], permissionSets: [] });

function setUp() {
  const at = { now: start };
  const counts = { listed: 0, looked: 0 };
  const held: { organization?: ListedOrganization; fails?: Error } = {};
  const store = {
    takenAt: async () => held.organization?.snapshot.takenAt,
    get: async () => {
      counts.looked += 1;
      return held.organization;
    },
    put: async (snapshot: DirectorySnapshot) => void (held.organization = { digest: String(snapshot.takenAt), snapshot }),
  };
  const list = async (): Promise<DirectorySnapshot> => {
    counts.listed += 1;
    if (held.fails !== undefined) throw held.fails;
    return snapshotOf(at.now);
  };
  return { at, counts, held, store, run: survey(list, store, () => at.now), read: surveyed(store, () => at.now) };
}

it('lists the organization every six minutes, whoever starts anew meanwhile', async () => {
  const { at, counts, run } = setUp();
  for (let minute = 0; minute < 13; minute += 1) {
    at.now = start + minutes(minute);
    await run();
  }
  expect(counts.listed).toBe(3);
});

it('lists what is new each time, though who lists keeps everything for five minutes', async () => {
  const { at, held, store } = setUp();
  const kept: Record<string, number> = {};
  const read = (what: string, when: number): number => (kept[what] = when - (kept[what] ?? -Infinity) < minutes(5) ? (kept[what] ?? 0) : when);
  // The last of it is read nearly a minute after the first.
  const list = async (): Promise<DirectorySnapshot> => snapshotOf(Math.min(read('first', at.now), read('last', at.now + 50_000)));
  const run = survey(list, store, () => at.now);
  for (const minute of [0, 1, 2, 3, 4, 5, 6]) {
    at.now = start + minutes(minute);
    await run();
  }
  expect(held.organization?.snapshot.takenAt).toBe(start + minutes(6));
});

it('keeps what was listed where it cannot be listed, and says so, until it can', async () => {
  const { at, held, run, read } = setUp();
  await run();
  at.now += minutes(6);
  held.fails = new Error('throttled');
  await expect(run()).rejects.toThrow('throttled');
  expect((await read()).takenAt).toBe(start);
  delete held.fails;
  at.now += minutes(1);
  await run();
  expect((await read()).takenAt).toBe(at.now);
});

it('lists anew where what is kept is of the future', async () => {
  const { at, held, run } = setUp();
  await run();
  at.now -= minutes(1);
  await run();
  expect(held.organization?.snapshot.takenAt).toBe(at.now);
});

it('goes on with what it read while what is kept cannot be read', async () => {
  const { at, held, run, read } = setUp();
  await run();
  await read();
  delete held.organization;
  at.now += minutes(1);
  expect((await read()).takenAt).toBe(start);
});

it('says when to come again while nothing was listed yet', async () => {
  const { run, read } = setUp();
  await expect(read()).rejects.toMatchObject({ code: 'ERR_NOT_LISTED_YET', retryable: true, retryAfterSeconds: 5 });
  await run();
  expect((await read()).takenAt).toBe(start);
});

it('tells nobody before anything was listed; what cannot be read is no empty list', async () => {
  const { run, read } = setUp();
  expect(await peopleOf(read)()).toEqual({ users: [], groups: [] });
  await run();
  expect(await peopleOf(read)()).toMatchObject({ takenAt: start });
  await expect(peopleOf(() => Promise.reject(new Error('no table')))()).rejects.toThrow('no table');
});

it('looks for something newer every fifteen seconds, once for all who read', async () => {
  const { at, counts, run, read } = setUp();
  await run();
  await Promise.all([read(), read(), read()]);
  expect(counts.looked).toBe(1);
  at.now += minutes(6);
  await run();
  expect((await read()).takenAt).toBe(at.now);
  at.now += 14_999;
  await read();
  expect(counts.looked).toBe(2);
});
