import { accessRequestedV1 } from '@team/contracts';
import { openWork, type OpenWork } from '../../infra/aws/src/commands/open-work.ts';
import type { HasStood } from '../../infra/aws/src/commands/stacks.ts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { prefix } from '../../infra/local/src/system/who.ts';
import { emeka, monday, prodPayments, wren } from '../journeys/worlds.ts';

const stood: HasStood = async () => true;
const looking = (world: World, of = prefix, hasStood = stood) => openWork(of, world.system.clients('operator').documents, hasStood);

describe('what is under way, before a deployment is removed', () => {
  it('is a request that waits, then its window, and nothing once it has ended', async () => {
    const world = await monday();
    const open = async (): Promise<readonly OpenWork[]> => (await looking(world)).open;
    expect(await looking(world)).toEqual({ open: [], missing: [] });
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

  it('is known to nobody where a table is missing and its stack is there, and the message says which and why', async () => {
    await expect(looking(await monday(), `${prefix}-other`)).rejects.toMatchObject({
      code: 'ERR_OPEN_WORK_UNKNOWN',
      message: expect.stringMatching(/team-other-request-aggregates cannot be read \(ResourceNotFoundException: .*\)\. Nothing was removed/) as unknown,
    });
  });

  it('is nothing in tables whose stacks never stood, as after a first deployment that failed half-way; each is named', async () => {
    const asked = new Set<string>();
    const found = await looking(await monday(), `${prefix}-other`, async (stack) => {
      asked.add(stack);
      return false;
    });
    expect(found.open).toEqual([]);
    expect(found.missing).toEqual(['request-aggregates', 'request-policies', 'approval-aggregates', 'approval-policies', 'expiry-aggregates', 'provisioning-aggregates'].map((table) => `team-other-${table}`));
    expect([...asked]).toEqual(['request', 'approval', 'expiry', 'provisioning'].map((service) => `team-other-${service}`));
  });

  it('is known to nobody where CloudFormation does not say whether the stack is there', async () => {
    const denied = looking(await monday(), `${prefix}-other`, () => Promise.reject(new Error('AccessDenied')));
    await expect(denied).rejects.toMatchObject({ code: 'ERR_OPEN_WORK_UNKNOWN', message: expect.stringContaining('whether its stack is there is not known, either: Error: AccessDenied') as unknown });
  });
});
