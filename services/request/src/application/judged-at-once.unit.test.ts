import { asked, service } from '../../test/service.ts';

/** Asks, and stops before a step until the gate is opened. */
async function heldAt(held: string, at: ReturnType<typeof service>) {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  at.world.passage = async (step, answer) => {
    if (step === held) {
      reached.resolve();
      await gate.promise;
    }
    return answer();
  };
  const late = at.ask();
  await reached.promise;
  at.world.passage = (_step, answer) => answer();
  return () => {
    gate.resolve();
    return late;
  };
}

describe('a request judged twice at once', () => {
  it('counts where it was accepted first, though the other judgement was against it', async () => {
    const at = service();
    const goOn = await heldAt('policies', at);
    await at.ask();
    at.world.policies = [];
    await goOn();
    expect(at.types()).toEqual(['AccessRequestAccepted.v1']);
    expect(at.open()).toEqual([asked.requestId]);
  });

  it.each(['admit', 'sign', 'accept'])('does not count where it was rejected first, at "%s"', async (step) => {
    const at = service();
    const goOn = await heldAt(step, at);
    at.world.policies = [];
    await at.ask();
    await goOn();
    expect(at.types()).toEqual(['AccessRequestRejected.v1']);
    expect(at.open()).toEqual([]);
  });
});
