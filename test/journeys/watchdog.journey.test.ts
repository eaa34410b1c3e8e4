import { approvedLife } from '../hostile/hostile-world.ts';
import { monday, typesOf } from './worlds.ts';

const patienceMs = 120_000;

describe('the watchdog', () => {
  it('says nothing of a life that goes as it should', async () => {
    const world = await monday();
    const requestId = await approvedLife(world);
    await world.until('AccessEnded.v1', requestId, 40);
    await world.pass(8 * 60);
    expect(typesOf(world.events(requestId))).not.toContain('LifecycleStalled');
  }, patienceMs);
});
