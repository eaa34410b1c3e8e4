import { opening, someone, startMs } from '../../test/examples.ts';
import { createWorld } from '../../test/world.ts';
import { assignmentKey } from '../domain/assignment.ts';
import { leaseMs } from './dispatch.ts';

it('a pass that took its lease when its time was over already ends, and the next one drives', async () => {
  const world = createWorld();
  await world.tell(someone, opening(1, startMs));
  const life = world.restart({ call: 1, when: 'sleeps' });
  await world.pass();
  world.at(world.now() + leaseMs + 1_000);
  life.resume();
  await new Promise(setImmediate);
  world.restart();
  await world.pass();
  expect(world.identityCenter.changes).toHaveLength(1);
}, 5_000);

it.each([20_000, 90_000])('a pass whose invocation may run for %d ms yet holds the lease no longer, and half a minute at most', async (left) => {
  const world = createWorld();
  const untils: number[] = [];
  await world.tell(someone, opening(1, startMs));
  const { isPresent } = world.identityCenter;
  world.identityCenter.isPresent = async (assignment) => {
    untils.push((await world.dispatcher())?.lease?.until ?? 0);
    return isPresent(assignment);
  };
  await world.pass(() => left);
  expect(untils).toEqual([startMs + Math.min(left, leaseMs)]);
});

it('a pass after one that failed in the same invocation has what time is left of it, and nothing is begun in its last seconds', async () => {
  const world = createWorld();
  await world.tell(someone, opening(1, startMs));
  const endsAt = startMs + leaseMs;
  const leftMs = () => endsAt - world.now();
  const { pages } = world.store;
  world.store.pages = () => {
    world.store.pages = pages;
    throw new Error('no index');
  };
  await expect(world.pass(leftMs)).rejects.toThrow('no index');
  expect((await world.dispatcher())?.lease?.until).toBe(endsAt);
  world.at(startMs + 20_000);
  await world.sameInvocation(leftMs);
  expect(world.identityCenter.changes).toHaveLength(1);
  expect((await world.state(someone))?.op?.until).toBe(endsAt + 15_000);

  const late = createWorld();
  await late.tell(someone, opening(1, startMs));
  await late.pass(() => 5_000);
  expect(late.identityCenter.calls).toEqual([]);
  expect((await late.dispatcher())?.lease).toBeUndefined();
});

it('a pass that has to read far in order to choose reads no more than 5,000 a second', async () => {
  const world = createWorld({ waits: true });
  const entries = Array.from({ length: 250 }, (_, n) => ({ key: assignmentKey({ ...someone, principalId: `person-${n}` }), attributes: { workAt: startMs } }));
  let read = 0;
  world.store.pages = async function* (_index, { value }) {
    for (let page = 0; value === 'removal' && page < 100; page += 1) {
      read += entries.length;
      yield entries;
    }
  };
  await world.pass();
  const seconds = (world.now() - startMs) / 1_000;
  expect(seconds).toBeGreaterThan(5);
  expect(read / seconds).toBeLessThan(6_000);
});
