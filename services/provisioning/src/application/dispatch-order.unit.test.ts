import { ending, grantOf, opening, someone, startMs } from '../../test/examples.ts';
import { createWorld, minute } from '../../test/world.ts';
import { assignmentKey, type AssignmentId } from '../domain/assignment.ts';

const granted = ({ published }: ReturnType<typeof createWorld>) => published.filter(({ type }) => type === 'AccessGranted.v1');

describe('the dispatcher, where much waits,', () => {
  it('does not let one person’s long list keep somebody else waiting', async () => {
    const world = createWorld({ limits: { outstanding: 4 } });
    for (let n = 1; n <= 9; n += 1) {
      const assignment = { ...someone, accountId: `10000000000${n}` };
      await world.tell(assignment, { ...opening(n, startMs), assignment });
    }
    world.at(startMs + 1_000);
    const other = { ...someone, principalId: '94482488-3041-7069-a4b2-0d7a1a2b3c4e' };
    await world.tell(other, { ...opening(10, startMs), assignment: other });
    await world.pass();
    expect(world.identityCenter.changes[1]).toBe(`create ${assignmentKey(other)}`);
  });

  it.each([someone.principalId, '94482488-3041-7069-a4b2-0d7a1a2b3c4e'])('does not let a request of forty accounts keep a single one waiting (%s)', async (principalId) => {
    const world = createWorld({ limits: { outstanding: 4 } });
    const { requestId } = grantOf(1);
    for (let n = 1; n <= 40; n += 1) {
      const assignment = { ...someone, accountId: String(100_000_000_000 + n) };
      await world.tell(assignment, { ...opening(n, startMs), requestId, assignment });
    }
    world.at(startMs + 1_000);
    const single = { ...someone, principalId };
    await world.tell(single, { ...opening(41, world.now()), assignment: single });
    await world.pass();
    expect(world.identityCenter.changes[1]).toBe(`create ${assignmentKey(single)}`);
  });

  it('sees a single request behind hundreds that came before it', async () => {
    const world = createWorld({ limits: { outstanding: 2 } });
    const { requestId } = grantOf(1);
    for (let n = 1; n <= 600; n += 1) {
      const assignment = { ...someone, accountId: String(100_000_000_000 + n) };
      await world.tell(assignment, { ...opening(n, startMs), requestId, assignment });
    }
    await world.pass();
    world.at(startMs + 1_000);
    const single = { ...someone, principalId: '94482488-3041-7069-a4b2-0d7a1a2b3c4e' };
    await world.tell(single, { ...opening(601, world.now()), assignment: single });
    const begun = () => world.identityCenter.changes.indexOf(`create ${assignmentKey(single)}`);
    for (let second = 0; second < 30 && begun() === -1; second += 1) await world.tick();
    expect(begun()).toBeGreaterThan(0);
    expect(begun()).toBeLessThanOrEqual(3);
  });

  it('gives the slot that it had chosen a grant for to a removal that comes meanwhile, and only where somebody needs it', async () => {
    for (const outstanding of [1, 2]) {
      const world = createWorld({ limits: { outstanding } });
      const standing = { ...someone, accountId: '100000000001' };
      await world.tell(standing, { ...opening(1, startMs), assignment: standing });
      await world.run(10_000);
      expect(world.identityCenter.changes).toEqual([`create ${assignmentKey(standing)}`]);
      const wanted = { ...someone, accountId: '100000000002' };
      await world.tell(wanted, { ...opening(2, world.now()), assignment: wanted });
      const { pages } = world.store;
      // Removals are read first, and there is none; while the grants are read, one comes.
      world.store.pages = (index, partition, ...rest) => {
        if (partition.value !== 'grant') return pages(index, partition, ...rest);
        world.store.pages = pages;
        return (async function* () {
          await world.tell(standing, { ...ending(1), assignment: standing });
          yield* pages(index, partition, ...rest);
        })();
      };
      await world.run(10_000);
      const changes = [`create ${assignmentKey(wanted)}`, `delete ${assignmentKey(standing)}`];
      expect(world.identityCenter.changes.slice(1)).toEqual(outstanding === 1 ? changes.toReversed() : changes);
    }
  });

  it('sees a removal behind more than a thousand of one role, of which only one can be under way', async () => {
    const world = createWorld({ limits: { outstanding: 3 } });
    const ended = async (n: number, assignment: AssignmentId) => {
      const fact = { until: startMs + minute, recreate: false, epoch: 1 };
      await world.tell(assignment, { ...opening(n, startMs), assignment });
      await world.tell(assignment, { type: 'looked', present: false, ...fact, epoch: 0 });
      await world.tell(assignment, { type: 'accepted', awsRequestId: `aws-${n}`, ...fact });
      await world.tell(assignment, { type: 'succeeded', sessionMinutes: 0, ...fact });
      world.identityCenter.present.add(assignmentKey(assignment));
      await world.tell(assignment, { type: 'end', ...grantOf(n), assignment });
    };
    for (let n = 1; n <= 1_100; n += 1) await ended(n, { ...someone, principalId: `94482488-3041-7069-a4b2-${String(n).padStart(12, '0')}` });
    world.at(startMs + 1_000);
    const elsewhere = { ...someone, accountId: '100000000001' };
    await ended(1_101, elsewhere);
    await world.pass();
    expect(world.identityCenter.changes).toHaveLength(2);
    expect(world.identityCenter.changes[1]).toBe(`delete ${assignmentKey(elsewhere)}`);
    await world.run(10_000);
    expect(world.identityCenter.changes.length).toBeGreaterThan(3);
    expect(world.identityCenter.present.has(assignmentKey(elsewhere))).toBe(false);
  });

  it('goes on with the others while AWS leaves one question open', async () => {
    const world = createWorld();
    const { isPresent } = world.identityCenter;
    let answer: (() => void) | undefined;
    world.identityCenter.isPresent = (assignment) => {
      if (answer !== undefined) return isPresent(assignment);
      return new Promise((resolve) => (answer = () => resolve(isPresent(assignment))));
    };
    for (let n = 1; n <= 3; n += 1) {
      const assignment = { ...someone, accountId: `10000000000${n}` };
      await world.tell(assignment, { ...opening(n, startMs), assignment });
    }
    const pass = world.pass();
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(world.identityCenter.changes).toHaveLength(2);
    answer?.();
    await pass;
    expect(world.identityCenter.changes).toHaveLength(3);
  });

  it('asks AWS for a list where many operations are under way, and about each by itself only when it has ended', async () => {
    const world = createWorld({ latencyMs: 20_000 });
    for (let n = 1; n <= 9; n += 1) {
      const assignment = { ...someone, accountId: `10000000000${n}` };
      await world.tell(assignment, { ...opening(n, startMs), assignment });
    }
    await world.run(60_000);
    const asked = Map.groupBy(world.identityCenter.calls, ({ method }) => method);
    expect(granted(world)).toHaveLength(9);
    expect(asked.get('inProgress')?.length).toBeGreaterThan(3);
    // Each once at its end, and a few that a new pass does not know yet.
    expect(asked.get('statusOf')?.length).toBeLessThan(9 * 3);
  });

  it('asks less often about what takes long', async () => {
    const world = createWorld({ latencyMs: 120_000 });
    await world.tell(someone, opening(1, startMs));
    await world.run(3 * minute);
    expect(granted(world)).toHaveLength(1);
    expect(world.identityCenter.calls.filter(({ method }) => method === 'statusOf').length).toBeLessThan(45);
  });
});
