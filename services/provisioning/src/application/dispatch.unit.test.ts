import { ending, grantOf, opening, someone, startMs } from '../../test/examples.ts';
import { createWorld, minute, type Death } from '../../test/world.ts';
import { assignmentKey } from '../domain/assignment.ts';
import { manifest } from '../manifest.ts';
import { leaseMs } from './dispatch.ts';

const typesOf = (world: ReturnType<typeof createWorld>, n?: number) =>
  world.published
    .filter(({ data }) => n === undefined || data['grantId'] === grantOf(n).grantId)
    .map(({ type, data }) => `${type} ${typeof data['how'] === 'string' ? data['how'] : ''}`.trim());

describe('the dispatcher', () => {
  it('holds its lease for as long as the platform lets it run', () => {
    expect(manifest.functions.dispatch.timeoutSeconds * 1_000).toBeLessThanOrEqual(leaseMs);
  });

  it('creates, grants after AWS reported success, and removes at the hold’s own end though nobody says so', async () => {
    const world = createWorld();
    await world.tell(someone, opening(1, startMs, 2));
    await world.pass();
    expect(world.published).toEqual([]);
    await world.run(30_000);
    expect(typesOf(world)).toEqual(['AccessGranted.v1 created']);
    await world.run(3 * minute);
    expect(typesOf(world)).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted']);
    expect(world.identityCenter.present.size).toBe(0);
    expect((await world.dispatcher())?.slots).toEqual({});
  });

  it('never deletes what existed before us', async () => {
    const world = createWorld();
    world.identityCenter.present.add(assignmentKey(someone));
    await world.tell(someone, opening(1, startMs, 2));
    await world.pass();
    expect(typesOf(world)).toEqual(['AccessGranted.v1 existed_before']);
    await world.run(5 * minute);
    expect(typesOf(world)).toEqual(['AccessGranted.v1 existed_before', 'AccessEnded.v1 existed_before']);
    expect(world.identityCenter.changes).toEqual([]);
  });

  it('has at most the allowed operations under way', async () => {
    const world = createWorld({ limits: { outstanding: 3 } });
    for (let n = 1; n <= 8; n += 1) {
      const assignment = { ...someone, accountId: `10000000000${n}` };
      await world.tell(assignment, { ...opening(n, startMs), assignment });
    }
    let most = 0;
    for (let second = 0; second < 60; second += 1) {
      await world.tick();
      most = Math.max(most, world.identityCenter.underWay());
    }
    expect(most).toBe(3);
    expect(typesOf(world).filter((type) => type === 'AccessGranted.v1 created')).toHaveLength(8);
  });

  it('does not start two operations on one role at once, and does not wait for others because of it', async () => {
    const world = createWorld();
    const other = { ...someone, principalId: '94482488-3041-7069-a4b2-0d7a1a2b3c4e' };
    const elsewhere = { ...someone, accountId: '100000000001' };
    await world.tell(someone, opening(1, startMs));
    await world.tell(other, { ...opening(2, startMs), assignment: other });
    await world.tell(elsewhere, { ...opening(3, startMs), assignment: elsewhere });
    await world.pass();
    expect(world.identityCenter.changes).toEqual([`create ${assignmentKey(someone)}`, `create ${assignmentKey(elsewhere)}`]);
  });

  it('starts a removal before grants that have waited longer', async () => {
    const world = createWorld({ limits: { outstanding: 1 } });
    await world.tell(someone, opening(1, startMs));
    await world.run(30_000);
    for (let n = 2; n <= 5; n += 1) {
      const assignment = { ...someone, accountId: `10000000000${n}` };
      await world.tell(assignment, { ...opening(n, world.now()), assignment });
    }
    await world.tell(someone, ending(1));
    await world.pass();
    expect(world.identityCenter.changes.at(-1)).toBe(`delete ${assignmentKey(someone)}`);
  });

  it('makes no more calls a second than it may', async () => {
    const world = createWorld({ limits: { callsPerSecond: 6 } });
    for (let n = 1; n <= 9; n += 1) {
      const assignment = { ...someone, accountId: `10000000000${n}` };
      await world.tell(assignment, { ...opening(n, startMs), assignment });
    }
    await world.run(40_000);
    const perSecond = Map.groupBy(world.identityCenter.calls, ({ at }) => at);
    expect(Math.max(...[...perSecond.values()].map(({ length }) => length))).toBeLessThanOrEqual(8);
    expect(world.identityCenter.calls.length).toBeLessThanOrEqual(6 * 41);
  });

  it('finds the operation that AWS took although the caller saw an error', async () => {
    const world = createWorld({ latencyMs: 120_000 });
    world.identityCenter.next('create', { kind: 'lost' });
    await world.tell(someone, opening(1, startMs));
    await world.run(4 * minute);
    expect(typesOf(world)).toEqual(['AccessGranted.v1 created']);
    expect(world.identityCenter.changes).toHaveLength(1);
  });

  it('reads back a creation that AWS finished although the caller saw an error, and removes it at the end', async () => {
    const world = createWorld();
    world.identityCenter.next('create', { kind: 'lost' });
    await world.tell(someone, opening(1, startMs, 3));
    await world.run(2 * minute);
    expect(typesOf(world)).toEqual(['AccessGranted.v1 created']);
    await world.run(5 * minute);
    expect(world.identityCenter.present.size).toBe(0);
    expect(world.identityCenter.changes).toHaveLength(2);
  });

  it('sits out an hour without Identity Center, and then does everything that was due', async () => {
    const world = createWorld();
    await world.tell(someone, opening(1, startMs, 10));
    await world.run(minute);
    world.identityCenter.outage(startMs + 65 * minute);
    const elsewhere = { ...someone, accountId: '100000000001' };
    await world.tell(elsewhere, { ...opening(2, startMs + 30 * minute), assignment: elsewhere });
    await world.run(70 * minute);
    expect(typesOf(world, 1)).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted']);
    expect(typesOf(world, 2)).toEqual(['AccessGranted.v1 created']);
    const during = world.identityCenter.calls.filter(({ at }) => at > startMs + minute && at < startMs + 65 * minute);
    expect(during.length).toBeLessThan(120);
  });

  it('tries a refused removal for ever and says that it is delayed', async () => {
    const world = createWorld();
    await world.tell(someone, opening(1, startMs, 2));
    await world.run(minute);
    world.identityCenter.next('remove', ...Array.from({ length: 4 }, () => ({ kind: 'refused', refusal: 'impossible' }) as const));
    await world.run(6 * minute);
    expect(typesOf(world)).toEqual(['AccessGranted.v1 created', 'AccessRemovalDelayed.v1', 'AccessEnded.v1 deleted']);
  });

  it('keeps driving the others when one assignment cannot be looked at', async () => {
    const world = createWorld();
    world.identityCenter.next('isPresent', { kind: 'refused', refusal: 'impossible' });
    await world.tell(someone, opening(1, startMs));
    const elsewhere = { ...someone, accountId: '100000000001' };
    await world.tell(elsewhere, { ...opening(2, startMs), assignment: elsewhere });
    await world.pass();
    expect(world.identityCenter.changes).toEqual([`create ${assignmentKey(elsewhere)}`]);
    await world.run(20_000);
    expect(typesOf(world, 1)).toEqual(['AccessGranted.v1 created']);
  });
});

/** The life of two overlapping grants on one assignment, with the process stopping once. */
async function liveThrough(death: Death | undefined) {
  const world = createWorld();
  const life = world.restart(death);
  await world.tell(someone, opening(1, startMs, 2));
  await world.pass();
  await world.run(20_000);
  await world.tell(someone, opening(2, world.now(), 5));
  await world.run(4 * minute);
  const heldByBoth = world.identityCenter.present.size;
  life.resume();
  await world.run(8 * minute);
  await world.relay();
  return { world, heldByBoth, calls: life.calls };
}

describe('a process that stops', () => {
  it.each(['before', 'after', 'sleeps'] as const)('%s at any of its calls leaves no access, no slot and no question behind', async (when) => {
    const { calls } = await liveThrough(undefined);
    expect(calls).toBeGreaterThan(60);
    for (let call = 1; call <= calls; call += 1) {
      const { world, heldByBoth } = await liveThrough({ call, when });
      const said = [typesOf(world, 1), typesOf(world, 2)].flat();
      const outcome = {
        violations: world.identityCenter.violations,
        heldByBoth,
        present: [...world.identityCenter.present],
        slots: (await world.dispatcher())?.slots,
        op: (await world.state(someone))?.op,
        grants: said.filter((text) => text.startsWith('AccessGranted.v1')).length,
        ends: said.filter((text) => text.startsWith('AccessEnded.v1')),
        deletions: world.identityCenter.changes.filter((change) => change.startsWith('delete')).length,
      };
      expect({ call, ...outcome }).toEqual({
        call,
        violations: [],
        heldByBoth: 1,
        present: [],
        slots: {},
        op: undefined,
        grants: 2,
        ends: ['AccessEnded.v1 kept_for_other_grant', 'AccessEnded.v1 deleted'],
        deletions: 1,
      });
    }
  });
});
