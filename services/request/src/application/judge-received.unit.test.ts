import { id, limits, policy, readOnly, wren } from '../../test/facts.ts';
import { asked, service, type Passage } from '../../test/service.ts';

const crash = new Error('killed');

/** Ends the process once: at the nth step, either before it took effect or after. */
function crashAt(nth: number, moment: 'before' | 'after'): Passage {
  let step = 0;
  return async (_name, answer) => {
    step += 1;
    const now = step === nth;
    if (now && moment === 'before') throw crash;
    const given = await answer();
    if (now) throw crash;
    return given;
  };
}

/** The names of the steps that asking takes, in order. */
async function stepsOf({ world, ask }: ReturnType<typeof service>): Promise<string[]> {
  const steps: string[] = [];
  world.passage = (step, answer) => {
    steps.push(step);
    return answer();
  };
  await ask();
  return steps;
}

/** A service under whose policies nobody may have anything. */
function withoutPolicies() {
  const at = service();
  at.world.policies = [];
  return at;
}

describe('a request', () => {
  it('is claimed, judged by facts, admitted, signed and accepted, in this order', async () => {
    const steps = await stepsOf(service());
    const factsAsked = ['person', 'account', 'permission set', 'management account', 'management permission sets', 'policies'];
    expect(steps[0]).toBe('receive');
    expect(new Set(steps.slice(1, -3))).toEqual(new Set(factsAsked));
    expect(steps.slice(-3)).toEqual(['admit', 'sign', 'accept']);
  });

  it('is accepted with what AWS says about it, and counts for its requester', async () => {
    const { ask, published, open } = service();
    await ask({ requester: wren.userName.toUpperCase() });
    expect(published).toMatchObject([
      {
        type: 'AccessRequestAccepted.v1',
        data: {
          requester: { userId: wren.userId, userName: wren.userName, displayName: 'Wren' },
          grants: [{ accountName: 'Prod 1', permissionSetArn: readOnly.arn, policyId: policy.policyId }],
          emitter: { name: 'pipeline', source: 'acme.pipeline', account: '222222222222' },
          approvalRequired: true,
        },
      },
    ]);
    expect(open()).toEqual([asked.requestId]);
  });

  it('is rejected by facts without being admitted or signed, and counts for nobody', async () => {
    const steps = await stepsOf(withoutPolicies());
    expect(steps).not.toContain('admit');
    expect(steps).not.toContain('sign');
  });

  it('is rejected by what its requester has open', async () => {
    const { ask, world, published, open } = service();
    world.limits = { ...limits, openRequestsPerUser: 1 };
    await ask();
    await ask({ requestId: id(51), durationMinutes: 30 });
    expect(published[1]).toMatchObject({ type: 'AccessRequestRejected.v1', data: { reasons: [{ code: 'ERR_TOO_MANY_OPEN' }] } });
    expect(open()).toEqual([asked.requestId]);
  });

  it('carries no more of a display name than its contract allows', async () => {
    const { ask, world, types, published } = service();
    world.person = { ...wren, displayName: `${'W'.repeat(255)}${'\u{1F600}'.repeat(300)}` };
    await ask();
    expect(types()).toEqual(['AccessRequestAccepted.v1']);
    expect(JSON.stringify(published)).not.toMatch(/\\ud83d/);
  });
});

describe('a crash', () => {
  const outcomes = [
    ['AccessRequestAccepted.v1', service, [asked.requestId]],
    ['AccessRequestRejected.v1', withoutPolicies, []],
  ] as const;

  describe.each(outcomes)('on the way to %s', (outcome, start, open) => {
    /** A service for every step and both moments at which asking can be cut short there. */
    async function* interrupted() {
      const steps = await stepsOf(start());
      for (let nth = 1; nth <= steps.length; nth += 1) {
        for (const moment of ['before', 'after'] as const) {
          const at = start();
          at.world.passage = crashAt(nth, moment);
          await expect(at.ask()).rejects.toBe(crash);
          yield at;
        }
      }
    }

    it('at any step leaves one outcome, by the timer of the request alone once it is claimed', async () => {
      for await (const at of interrupted()) {
        if (at.state() === undefined) await at.ask();
        else if (at.state()?.status === 'received') await at.whenDue();
        expect(at.types()).toEqual([outcome]);
        expect(at.open()).toEqual(open);
      }
    });

    it('at any step leaves one outcome where the event is delivered again and the timer fires too', async () => {
      for await (const at of interrupted()) {
        const received = at.state()?.status === 'received';
        await Promise.all([at.ask(), received ? at.whenDue() : undefined]);
        expect(at.types()).toEqual([outcome]);
        expect(at.open()).toEqual(open);
      }
    });
  });

  it('while it is resumed is taken up again, later each time', async () => {
    const at = service();
    at.world.passage = crashAt(2, 'before');
    await expect(at.ask()).rejects.toBe(crash);
    const before = at.clock();
    at.world.passage = crashAt(2, 'before');
    await expect(at.whenDue()).rejects.toBe(crash);
    at.world.passage = crashAt(2, 'before');
    await expect(at.whenDue()).rejects.toBe(crash);
    expect(at.clock() - before).toBe(180_000);
    await at.whenDue();
    expect(at.types()).toEqual(['AccessRequestAccepted.v1']);
  });

  it('after admission frees what was admitted, where the facts have changed against it meanwhile', async () => {
    const at = service();
    at.world.passage = (step, answer) => (step === 'sign' ? Promise.reject(crash) : answer());
    await expect(at.ask()).rejects.toBe(crash);
    expect(at.open()).toEqual([asked.requestId]);
    at.world.passage = (_step, answer) => answer();
    at.world.policies = [];
    await at.whenDue();
    expect(at.types()).toEqual(['AccessRequestRejected.v1']);
    expect(at.open()).toEqual([]);
  });
});

describe('an outage', () => {
  it.each(['person', 'account', 'policies', 'sign', 'admit'])('of "%s" is passed on, and the request waits for its end', async (down) => {
    const outage = new Error('down');
    const at = service();
    at.world.passage = (step, answer) => (step === down ? Promise.reject(outage) : answer());
    await expect(at.ask()).rejects.toBe(outage);
    expect(at.types()).toEqual([]);
    expect(at.state()?.status).toBe('received');
    at.world.passage = (_step, answer) => answer();
    await at.ask();
    expect(at.types()).toEqual(['AccessRequestAccepted.v1']);
  });
});

describe('the same request id', () => {
  it('with the same content, three times at once, has one outcome', async () => {
    const { ask, types, open } = service();
    await Promise.all([ask(), ask(), ask()]);
    await ask();
    expect(types()).toEqual(['AccessRequestAccepted.v1']);
    expect(open()).toEqual([asked.requestId]);
  });

  it('with other content, or from another sender, is ignored once, and the first stands', async () => {
    const { ask, types, state } = service();
    await ask();
    await ask({ durationMinutes: 61 });
    await ask({ durationMinutes: 61 });
    expect(types()).toEqual(['AccessRequestAccepted.v1', 'DuplicateRequestIgnored.v1']);
    expect(state()?.accepted?.durationMinutes).toBe(60);
  });

  it('with other content does not hurry or disturb a judgement under way', async () => {
    const at = service();
    at.world.passage = crashAt(2, 'before');
    await expect(at.ask()).rejects.toBe(crash);
    await at.ask({ durationMinutes: 61 });
    expect(at.types()).toEqual(['DuplicateRequestIgnored.v1']);
    await at.whenDue();
    expect(at.types()).toEqual(['DuplicateRequestIgnored.v1', 'AccessRequestAccepted.v1']);
  });
});
