import { minute, provisioningOnLocalCloud } from './provisioning-on-local-cloud.ts';

describe.each(['in-pass', 'by-timer'] as const)('provisioning on the local cloud, waiting %s', (waiting) => {
  it('assigns an opened window, says so after Identity Center did, and removes it at its own end', async () => {
    const cloud = await provisioningOnLocalCloud(waiting);
    await cloud.opened(await cloud.window(1));
    await cloud.run(30_000);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created']);
    expect(await cloud.listed()).toBe(1);
    await cloud.run(11 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted']);
    expect(await cloud.listed()).toBe(0);
  });

  it('answers an end each time it is asked for', async () => {
    const cloud = await provisioningOnLocalCloud(waiting);
    const window = await cloud.window(1);
    await cloud.opened(window);
    await cloud.run(minute);
    await cloud.expired(window);
    await cloud.run(minute);
    await cloud.expired(window, 1);
    await cloud.run(10_000);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted', 'AccessEnded.v1 deleted']);
  });

  it('leaves the assignment to the grant that still holds it', async () => {
    const cloud = await provisioningOnLocalCloud(waiting);
    const first = await cloud.window(1);
    const second = await cloud.window(2);
    await cloud.opened(first);
    await cloud.opened(second);
    await cloud.run(minute);
    await cloud.revoked(first, true);
    await cloud.run(minute);
    expect(await cloud.listed()).toBe(1);
    await cloud.expired(second);
    await cloud.run(minute);
    expect(cloud.said().slice(0, 2).sort()).toEqual(['AccessGranted.v1 created', 'AccessGranted.v1 shared']);
    expect(cloud.said().slice(2)).toEqual(['AccessEnded.v1 kept_for_other_grant', 'AccessEnded.v1 deleted']);
    expect(await cloud.listed()).toBe(0);
  });

  it('never removes what was assigned by hand before', async () => {
    const cloud = await provisioningOnLocalCloud(waiting);
    cloud.ssoAdmin.assignByHand(cloud.byHand);
    const window = await cloud.window(1);
    await cloud.opened(window);
    await cloud.run(minute);
    await cloud.expired(window);
    await cloud.run(minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 existed_before', 'AccessEnded.v1 existed_before']);
    expect(await cloud.listed()).toBe(1);
  });
});

describe('events that ask for what they may not', () => {
  it('assigns nothing for a window of one request with the evidence of another', async () => {
    const cloud = await provisioningOnLocalCloud('by-timer');
    const [mine, other] = [await cloud.window(1), await cloud.window(2)];
    await cloud.opened({ ...mine, proof: other.proof });
    await cloud.run(minute);
    expect(cloud.said()).toEqual(['AccessGrantFailed.v1 ERR_PROOF_REQUEST']);
    expect(await cloud.listed()).toBe(0);
  });

  it('assigns once for a window that is delivered three times, and refuses to open it again afterwards', async () => {
    const cloud = await provisioningOnLocalCloud('by-timer');
    const window = await cloud.window(1);
    const eventId = await cloud.opened(window);
    await cloud.opened(window, eventId);
    await cloud.opened(window, eventId);
    await cloud.run(minute);
    await cloud.expired(window);
    await cloud.run(minute);
    await cloud.opened(window);
    await cloud.run(minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted', 'AccessGrantFailed.v1 ERR_GRANT_USED (goes on)']);
    expect(await cloud.listed()).toBe(0);
  });

  it('keeps no access after its end for a window that was put in early, and opens that at its time', async () => {
    const cloud = await provisioningOnLocalCloud('by-timer');
    await cloud.opened(await cloud.window(1));
    await cloud.run(minute);
    await cloud.opened(await cloud.window(2, 10, 120));
    await cloud.run(11 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted']);
    expect(await cloud.listed()).toBe(0);
    await cloud.run(110 * minute);
    expect(cloud.said().slice(2)).toEqual(['AccessGranted.v1 created']);
  });

  it('opens nothing after an end that came first', async () => {
    const cloud = await provisioningOnLocalCloud('by-timer');
    const window = await cloud.window(1);
    await cloud.revoked(window, false);
    await cloud.run(10_000);
    await cloud.opened(window);
    await cloud.run(minute);
    expect(cloud.said()).toEqual(['AccessEnded.v1 never_created', 'AccessGrantFailed.v1 ERR_GRANT_USED (goes on)']);
    expect(await cloud.listed()).toBe(0);
  });

  it('refuses other content under a used event id, and the first goes on', async () => {
    const cloud = await provisioningOnLocalCloud('by-timer');
    const eventId = await cloud.opened(await cloud.window(1));
    await cloud.run(minute);
    await cloud.opened(await cloud.window(2), eventId);
    await cloud.run(minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AccessGrantFailed.v1 ERR_EVENT_ID_REUSED (goes on)']);
  });
});

describe('the sweep', () => {
  it.each(['outbox', 'due'] as const)('wakes the dispatcher each minute although it cannot read the index %s', async (unreadable) => {
    const cloud = await provisioningOnLocalCloud('by-timer', { off: ['timers', 'reconcile'], unreadable });
    const window = await cloud.window(1);
    await cloud.opened(window);
    await cloud.run(3 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created']);
    await cloud.expired(window);
    await cloud.run(3 * minute);
    expect(cloud.said().slice(1)).toEqual(['AccessEnded.v1 deleted']);
  });
});

describe('what Identity Center does', () => {
  it('says why a creation failed, and leaves nothing behind', async () => {
    const cloud = await provisioningOnLocalCloud('by-timer');
    cloud.ssoAdmin.failNext('creation', 'the role could not be made');
    await cloud.opened(await cloud.window(1));
    await cloud.run(minute);
    expect(cloud.said()).toEqual(['AccessGrantFailed.v1 ERR_IDENTITY_CENTER_FAILED']);
    expect(await cloud.listed()).toBe(0);
  });

  it('removes what was to be removed during an outage of an hour', async () => {
    const cloud = await provisioningOnLocalCloud('by-timer');
    await cloud.opened(await cloud.window(1));
    await cloud.run(minute);
    cloud.ssoAdmin.outage(cloud.now() + 60 * minute);
    await cloud.run(60 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created']);
    await cloud.run(3 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted']);
    expect(await cloud.listed()).toBe(0);
  });

  it('tries a failing removal until it succeeds, and says that it is late', async () => {
    const cloud = await provisioningOnLocalCloud('by-timer');
    for (let n = 0; n < 4; n += 1) cloud.ssoAdmin.failNext('deletion', 'try again');
    const window = await cloud.window(1);
    await cloud.opened(window);
    await cloud.run(minute);
    await cloud.expired(window);
    await cloud.run(3 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AccessRemovalDelayed.v1 ERR_IDENTITY_CENTER_FAILED', 'AccessEnded.v1 deleted']);
    expect(await cloud.listed()).toBe(0);
  });
});
