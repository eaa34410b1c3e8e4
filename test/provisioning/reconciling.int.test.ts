import { minute, provisioningOnLocalCloud } from './provisioning-on-local-cloud.ts';

describe.each(['in-pass', 'by-timer'] as const)('the reconciler on the local cloud, the dispatcher waiting %s', (waiting) => {
  it('alone ends a grant: expiry silent, the sweep dead, every timer lost', async () => {
    const cloud = await provisioningOnLocalCloud(waiting, { off: ['sweep', 'timers'] });
    await cloud.opened(await cloud.window(1));
    await cloud.run(4 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created']);
    await cloud.run(12 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted']);
    expect(await cloud.listed()).toBe(0);
  });

  it('is what does so: without it nothing ends', async () => {
    const cloud = await provisioningOnLocalCloud(waiting, { off: ['sweep', 'timers', 'reconcile'] });
    await cloud.opened(await cloud.window(1));
    await cloud.run(4 * 60 * minute);
    expect(cloud.said()).not.toContain('AccessEnded.v1 deleted');
  });

  it('says once that somebody removed what is granted, and the grant ends as deleted', async () => {
    const cloud = await provisioningOnLocalCloud(waiting);
    await cloud.opened(await cloud.window(1, 60));
    await cloud.run(minute);
    cloud.ssoAdmin.removeByHand(cloud.byHand);
    await cloud.run(55 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AssignmentDriftDetected.v1 none']);
    await cloud.run(6 * minute);
    expect(cloud.said().slice(2)).toEqual(['AccessEnded.v1 deleted']);
  });

  it('has it created again where that is configured, and it ends when it would have ended', async () => {
    const cloud = await provisioningOnLocalCloud(waiting, { reconciliation: { recreateMissing: true, checkEveryMinutes: 5 } });
    await cloud.opened(await cloud.window(1, 30));
    await cloud.run(minute);
    cloud.ssoAdmin.removeByHand(cloud.byHand);
    await cloud.run(9 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AssignmentDriftDetected.v1 create']);
    expect(await cloud.listed()).toBe(1);
    await cloud.run(22 * minute);
    expect(cloud.said().slice(2)).toEqual(['AccessEnded.v1 deleted']);
    expect(await cloud.listed()).toBe(0);
  });

  it.each([1, 7])('never touches nor reports what somebody makes by hand %d min after the end', async (minutes) => {
    const cloud = await provisioningOnLocalCloud(waiting);
    const window = await cloud.window(1);
    await cloud.opened(window);
    await cloud.run(minute);
    await cloud.expired(window);
    await cloud.run(minutes * minute);
    cloud.ssoAdmin.assignByHand(cloud.byHand);
    await cloud.run(3 * 60 * minute);
    expect(cloud.said()).toEqual(['AccessGranted.v1 created', 'AccessEnded.v1 deleted']);
    expect(await cloud.listed()).toBe(1);
  });
});
