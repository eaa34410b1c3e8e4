import type { World } from '../../infra/local/src/play/world.ts';
import { emeka } from '../journeys/worlds.ts';
import { approvedLife, audited, deadLetters, endsOf, hostileWorld, inProduction, outcomesOf, unpublished, type Fate } from './hostile-world.ts';

/**
 * Calls of an invocation alone. What a function keeps between invocations (directory, public keys) goes with its process on AWS,
 * and here would be asked for ever by the promise that never answers.
 */
const ownCalls = new Set([
  ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'SendMessage', 'PutEvents', 'Sign'],
  ...['CreateAccountAssignment', 'DeleteAccountAssignment', 'ListAccountAssignments'],
  ...['DescribeAccountAssignmentCreationStatus', 'DescribeAccountAssignmentDeletionStatus'],
]);

/** One request approved, given, ended, all at rest again: what is wrong, if anything. */
async function whatIsWrong(world: World, requestId: string): Promise<object> {
  return {
    outcomes: outcomesOf(world, requestId),
    ends: Object.values(endsOf(world, requestId)),
    held: await inProduction(world),
    deadLetters: deadLetters(world),
    unpublished: await unpublished(world),
    ...(await audited(world)),
  };
}

const allRight = { outcomes: ['AccessApproved.v1'], ends: [['deleted']], held: [], deadLetters: [], unpublished: [], problems: [], missing: 0 };

/** Every call of a short life was killed once while this was written; these are some of each service. */
const killed: [service: string, fate: Fate, calls: number[]][] = [
  ['team.request', 'die-before', [4]],
  ['team.request', 'die-after', [2, 5]],
  ['team.approval', 'die-before', [2, 7]],
  ['team.approval', 'die-after', [4, 12]],
  ['team.expiry', 'die-before', [1, 5]],
  ['team.expiry', 'die-after', [2, 7]],
  ['team.provisioning', 'die-before', [2, 8, 16, 24]],
  ['team.provisioning', 'die-after', [1, 9, 13, 22]],
];

it.each(killed.flatMap(([service, fate, calls]) => calls.map((call) => [service, fate, call] as const)))(
  'a life goes on to its end when %s dies (%s) at its call %i',
  async (service, fate, at) => {
    let calls = 0;
    const world = await hostileWorld(({ caller, action }) => (caller.name === service && ownCalls.has(action) && calls++ === at ? fate : 'pass'));
    const requestId = await approvedLife(world, { durationMinutes: 2 });
    const granted = await world.until('AccessGranted.v1', requestId);
    const ended = await world.until('AccessEnded.v1', requestId);
    expect(calls).toBeGreaterThan(at);
    // Two minutes of access, and at most two for whoever takes over.
    expect(Date.parse(ended.time) - Date.parse(granted.time)).toBeLessThanOrEqual(4 * 60_000);
    await world.pass(4);
    expect(await whatIsWrong(world, requestId)).toEqual(allRight);
  },
);

it.each(['team.request', 'team.approval', 'team.expiry', 'team.audit'])('access ends although %s never answers again', async (dead) => {
  let died = false;
  const world = await hostileWorld(({ caller }) => (died && caller.name === dead ? 'die-before' : 'pass'));
  const requestId = await approvedLife(world, { durationMinutes: 2 });
  await world.until('AccessGranted.v1', requestId);
  died = true;
  await world.pass(3);
  expect(await inProduction(world)).toEqual([]);
});

it('an approval counts although whoever handles it dies with it, and it is taken up after its signature ran out', async () => {
  let dies = false;
  const world = await hostileWorld(({ caller, action }) => {
    if (!dies || caller.name !== 'team.approval' || action !== 'UpdateItem') return 'pass';
    dies = false;
    return 'die-before';
  });
  const requestId = await approvedLife(world, { durationMinutes: 2 }, () => {
    dies = true;
  });
  await world.until('AccessApproved.v1', requestId);
  const { approvals } = world.events(requestId).find(({ detailType }) => detailType === 'AccessApproved.v1')?.detail.data ?? {};
  expect(approvals).toMatchObject([{ decider: { userId: world.user(emeka).UserId } }]);
});
