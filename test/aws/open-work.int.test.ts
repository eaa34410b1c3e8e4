import { accessRequestedV1 } from '@team/contracts';
import { openWork } from '../../infra/aws/src/commands/open-work.ts';
import { ask } from '../../infra/local/src/play/world.ts';
import { prefix } from '../../infra/local/src/system/who.ts';
import { emeka, monday, prodPayments, wren } from '../journeys/worlds.ts';

describe('what is under way, before a deployment is removed', () => {
  it('is a request that waits, then its window, and nothing once it has ended', async () => {
    const world = await monday();
    const open = () => openWork(prefix, world.system.clients('operator').documents);
    expect(await open()).toEqual([]);
    const requestId = world.newId();
    await world.emit('deploy-pipeline', accessRequestedV1, { ...ask(requestId, wren, prodPayments, 'ReadOnlyAccess'), durationMinutes: 30 });
    await world.until('ApprovalRequested.v1', requestId);
    await world.pass(1);
    expect((await open()).map(({ service, key }) => `${service} ${key}`)).toContain(`approval request#${requestId}`);
    await world.decide(requestId, 'approve', emeka);
    await world.until('AccessGranted.v1', requestId);
    const running = await open();
    expect(running.map(({ service }) => service)).toEqual(expect.arrayContaining(['expiry', 'provisioning']));
    const ends = running.find(({ service }) => service === 'provisioning');
    expect(Date.parse(ends?.dueAt ?? '') - world.now()).toBeGreaterThan(20 * 60_000);
    await world.until('AccessEnded.v1', requestId, 60);
    await world.pass(10);
    expect(await open()).toEqual([]);
  });

  it('is known to nobody where a table cannot be read, and the message says which and why', async () => {
    const world = await monday();
    const reading = openWork(`${prefix}-other`, world.system.clients('operator').documents);
    await expect(reading).rejects.toMatchObject({ code: 'ERR_OPEN_WORK_UNKNOWN', message: expect.stringMatching(/team-other-request-aggregates cannot be read \(\w+: .*\)\. Nothing was removed/) as unknown });
  });
});
