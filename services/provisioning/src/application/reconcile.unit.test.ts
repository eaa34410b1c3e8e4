import { ending, grantOf, opening, someone, startMs } from '../../test/examples.ts';
import { createWorld, minute, type Death } from '../../test/world.ts';
import { assignmentKey } from '../domain/assignment.ts';
import { manifest } from '../manifest.ts';
import type { Assignments } from './ports.ts';
import { createReconcile, reconcileMs } from './reconcile.ts';

type World = ReturnType<typeof createWorld>;
const key = assignmentKey(someone);

/** What was published, in short; of one grant where `n` is given. */
const said = (world: World, n?: number): string[] =>
  world.published
    .filter(({ data }) => n === undefined || data['grantId'] === grantOf(n).grantId)
    .map(({ type, data }) => [type, data['how'] ?? data['repair']].filter((part) => typeof part === 'string').join(' '));

describe('the reconciler', () => {
  it('alone ends every grant, without a timer, a sweep or anybody’s word', async () => {
    const world = createWorld({ driven: 'by-reconciler' });
    for (let n = 1; n <= 5; n += 1) {
      const assignment = { ...someone, accountId: `10000000000${n}` };
      await world.tell(assignment, { ...opening(n, startMs, 2 + n), assignment });
    }
    await world.pass();
    await world.run(20 * minute);
    for (let n = 1; n <= 5; n += 1) expect(said(world, n)).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted']);
    expect(world.identityCenter.present.size).toBe(0);
    expect((await world.dispatcher())?.slots).toEqual({});
  });

  it('alone fails a window that nobody could open in time', async () => {
    const world = createWorld({ driven: 'by-reconciler' });
    world.identityCenter.outage(startMs + 70 * minute);
    await world.tell(someone, opening(1, startMs));
    await world.run(62 * minute);
    expect(said(world)).toEqual(['AccessGrantFailed.v1']);
  });

  it.each(['by-reconciler', 'by-both'] as const)('finds and removes a creation that landed after all had said that it is absent, %s', async (driven) => {
    const world = createWorld({ driven });
    world.identityCenter.next('create', { kind: 'late', ms: 200_000 });
    await world.tell(someone, opening(1, startMs));
    await world.pass();
    await world.tell(someone, ending(1));
    await world.run(12 * minute);
    expect(said(world)).toEqual(['AccessEnded.v1 never_created', 'AssignmentDriftDetected.v1 remove']);
    expect(world.identityCenter.changes).toEqual([`create ${key}`, `delete ${key}`]);
    expect(world.identityCenter.present.size).toBe(0);
  });

  it('touches and reports nothing that somebody made by hand after our grant was over', async () => {
    const world = createWorld({ driven: 'by-both' });
    await world.tell(someone, opening(1, startMs, 2));
    await world.run(10 * minute);
    world.identityCenter.present.add(key);
    await world.run(3 * 60 * minute);
    expect(said(world)).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted']);
    expect(world.identityCenter.present).toEqual(new Set([key]));
  });

  it('says once that somebody removed what is granted, and asks no oftener than it may', async () => {
    const world = createWorld({ driven: 'by-both' });
    await world.tell(someone, opening(1, startMs, 300));
    await world.run(minute);
    world.identityCenter.present.delete(key);
    world.identityCenter.calls.length = 0;
    await world.run(4 * 60 * minute);
    expect(said(world)).toEqual(['AccessGranted.v1 created', 'AssignmentDriftDetected.v1 none']);
    expect(world.identityCenter.calls.length).toBeLessThanOrEqual(4 * 4 + 2);
    await world.run(61 * minute);
    expect(said(world)).toEqual(['AccessGranted.v1 created', 'AssignmentDriftDetected.v1 none', 'AccessEnded.v1 deleted']);
  });

  it('creates again where it may, and the end stays where it was', async () => {
    const world = createWorld({ driven: 'by-both', recreateMissing: true });
    await world.tell(someone, opening(1, startMs, 60));
    await world.run(minute);
    world.identityCenter.present.delete(key);
    await world.run(20 * minute);
    expect(said(world)).toEqual(['AccessGranted.v1 created', 'AssignmentDriftDetected.v1 create']);
    expect(world.identityCenter.present.size).toBe(1);
    await world.run(40 * minute);
    expect(said(world).at(-1)).toBe('AccessEnded.v1 deleted');
    expect(world.identityCenter.present.size).toBe(0);
  });

  it('leaves the calls to removals and grants while these wait', async () => {
    const world = createWorld({ driven: 'by-reconciler', limits: { outstanding: 1 } });
    await world.tell(someone, opening(1, startMs, 60));
    await world.run(2 * minute);
    const elsewhere = { ...someone, accountId: '100000000001' };
    world.at(startMs + 20 * minute);
    await world.tell(elsewhere, { ...opening(2, world.now()), assignment: elsewhere });
    world.identityCenter.calls.length = 0;
    await world.reconcile();
    expect(world.identityCenter.calls.map(({ method }) => method)).toEqual(['isPresent', 'create']);
    expect((await world.state(someone))?.lookAsked).toBe(world.now());
  });
});

describe('one invocation', () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  /** Ten a page. */
  const checksOf = (...keys: string[]) => ({
    shards: ['0', '1'],
    async *due(shard: string) {
      for (let from = 0; shard === '0' && from < keys.length; from += 10) yield keys.slice(from, from + 10);
    },
  });

  it('checks all that is due, wakes the dispatcher and says what failed, when one check fails', async () => {
    const keys = Array.from({ length: 1_000 }, (_, n) => `assignment#${n}`);
    const done: string[] = [];
    let woken = 0;
    const execute: Assignments['execute'] = async (one) => {
      if (one === 'assignment#0') throw new Error('no');
      done.push(one);
      return { state: undefined, events: [] };
    };
    const assignments = { load: async () => undefined, execute };
    const reconcile = createReconcile(assignments, checksOf(...keys), async () => void (woken += 1), () => 0, log);
    await expect(reconcile()).rejects.toThrow('1 checks of assignments failed');
    expect(done).toHaveLength(999);
    expect(woken).toBe(1);
  });

  it('wakes the dispatcher even where nothing can be found', async () => {
    let woken = 0;
    const checks = {
      shards: ['0'],
      due: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('no')) }) }),
    };
    const assignments = { load: async () => undefined, execute: () => Promise.reject(new Error('not asked')) };
    await expect(createReconcile(assignments, checks, async () => void (woken += 1), () => 0, log)()).rejects.toThrow('1 checks');
    expect(woken).toBe(1);
  });

  it('begins nothing more shortly before the platform would end it, and what is longest due came first', async () => {
    expect(reconcileMs).toBeLessThan(manifest.functions.reconcile.timeoutSeconds * 1_000);
    const keys = Array.from({ length: 1_000 }, (_, n) => `assignment#${n}`);
    let now = 0;
    const done: string[] = [];
    const execute: Assignments['execute'] = async (one) => {
      now += 1_000;
      done.push(one);
      return { state: undefined, events: [] };
    };
    await createReconcile({ load: async () => undefined, execute }, checksOf(...keys), async () => undefined, () => now, log)();
    expect(done.length).toBeLessThan(60);
    expect(done).toEqual(keys.slice(0, done.length));
  });
});

/** A grant whose creation lands late, then one that somebody removes by hand and that is created again; the process stops once. */
async function liveThrough(death: Death | undefined) {
  const world = createWorld({ driven: 'by-reconciler', recreateMissing: true, checkEveryMinutes: 3 });
  world.identityCenter.next('create', { kind: 'late', ms: 200_000 });
  await world.tell(someone, opening(1, startMs, 2));
  await world.pass();
  const life = world.restart(death);
  await world.tell(someone, ending(1));
  await world.run(8 * minute);
  const elsewhere = { ...someone, accountId: '100000000001' };
  await world.tell(elsewhere, { ...opening(2, world.now(), 25), assignment: elsewhere });
  await world.run(5 * minute);
  world.identityCenter.present.delete(assignmentKey(elsewhere));
  await world.run(10 * minute);
  const again = world.identityCenter.present.size;
  life.resume();
  await world.run(20 * minute);
  await world.relay();
  return { world, again, calls: life.calls };
}

describe('a process that stops', () => {
  // To die before a call is to die after the one before it.
  it('after any of its calls leaves no access and no question behind, and says nothing twice', async () => {
    const { calls } = await liveThrough(undefined);
    expect(calls).toBeGreaterThan(150);
    for (let call = 1; call <= calls; call += 1) {
      const { world, again } = await liveThrough({ call, when: 'after' });
      const { present, violations } = world.identityCenter;
      const ops = [(await world.state(someone))?.op, (await world.dispatcher())?.slots];
      // What a death left in an outbox is said in the end.
      const grants = said(world, 2).sort();
      expect({ call, again, present: [...present], violations, ops, grants }).toEqual({
        call,
        again: 1,
        present: [],
        violations: [],
        ops: [undefined, {}],
        grants: ['AccessEnded.v1 deleted', 'AccessGranted.v1 created'],
      });
      const drifts = said(world).filter((text) => text.startsWith('AssignmentDrift')).sort();
      expect({ call, drifts }).toEqual({ call, drifts: ['AssignmentDriftDetected.v1 create', 'AssignmentDriftDetected.v1 remove'] });
    }
  }, 120_000);
});
