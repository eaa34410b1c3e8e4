import { opening, someone, startMs } from '../../test/examples.ts';
import { createWorld } from '../../test/world.ts';
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
