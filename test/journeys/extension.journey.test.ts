import { accessRequestedV1, accessRevocationRequestedV1 } from '@team/contracts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { iamFor } from '../least-privilege/deployment.ts';
import { codesOf, emeka, hana, monday, organization, policies, prodPayments, typesOf, wren } from './worlds.ts';

/** Many minutes pass: a busy machine must not reach it. */
const patienceMs = 60_000;

const denied: string[] = [];

/** A world that tells what provisioning asked AWS to do. */
async function watched() {
  const calls: { readonly action: string; readonly at: number }[] = [];
  let now = (): number => 0;
  const iam = iamFor(organization, policies.emitters, (functionName, action, allowed) => {
    if (!allowed) denied.push(`${functionName} ${action}`);
    // A call is judged once for each thing that it is about.
    const call = { action: action.replace(/^.*:/, ''), at: now() };
    const last = calls.at(-1);
    if (/(Create|Delete)AccountAssignment$/.test(action) && (last?.action !== call.action || last.at !== call.at)) calls.push(call);
  });
  const world = await monday({ more: { iam } });
  now = world.now;
  return { world, calls };
}

afterEach(() => {
  expect(denied.splice(0)).toEqual([]);
});

/** Wren may read production, for ten minutes, as Emeka approves. */
async function running(world: World, more = {}): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 10, ...more }));
  await approved(world, requestId);
  await world.until('AccessGranted.v1', requestId);
  return requestId;
}

async function approved(world: World, requestId: string): Promise<void> {
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', emeka);
}

/** Wren asks for ten minutes more. */
async function asksFor(world: World, extended: string, more = {}): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, { ...ask(requestId, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 10, ...more }), extends: extended });
  return requestId;
}

const has = async (world: World): Promise<boolean> => {
  const assigned = await world.assigned(prodPayments, world.permissionSet('ReadOnlyAccess').PermissionSetArn);
  return assigned.includes(world.user(wren).UserId);
};
const dataOf = (world: World, requestId: string, type: string) => world.events(requestId).find(({ detailType }) => detailType === type)?.detail.data ?? {};

it('goes on without a gap: the access is there at every minute, made once, deleted once, and ends its duration after the old end', async () => {
  const { world, calls } = await watched();
  const first = await running(world);
  const oldEnd = Date.parse(String(dataOf(world, first, 'AccessGranted.v1')['endsAt']));
  await world.pass(4);
  const second = await asksFor(world, first);
  const asked = await world.until('ApprovalRequested.v1', second);
  expect(asked.detail.data).toMatchObject({ extends: first, stretch: { requestId: first, durationMinutes: 20 } });
  await world.decide(second, 'approve', emeka);
  const granted = await world.until('AccessGranted.v1', second);
  expect(granted.detail.data).toMatchObject({ how: 'shared', endsAt: new Date(oldEnd + 10 * 60_000).toISOString() });
  while (world.now() < oldEnd + 9 * 60_000) {
    expect(await has(world)).toBe(true);
    await world.pass(1);
  }
  expect(calls.map(({ action }) => action)).toEqual(['CreateAccountAssignment']);
  expect(dataOf(world, first, 'AccessEnded.v1')['how']).toBe('kept_for_other_grant');
  expect((await world.until('AccessEnded.v1', second)).detail.data['how']).toBe('deleted');
  expect(dataOf(world, second, 'AccessExpired.v1')['endedAt']).toBe(new Date(oldEnd + 10 * 60_000).toISOString());
  expect(calls.map(({ action }) => action)).toEqual(['CreateAccountAssignment', 'DeleteAccountAssignment']);
  expect(calls[1]?.at).toBeGreaterThanOrEqual(oldEnd + 10 * 60_000);
  expect(await has(world)).toBe(false);
}, patienceMs);

it.each([
  ['the first', 'its requester', 'first', wren],
  ['the extension', 'its requester', 'second', wren],
  ['the first', 'an approver', 'first', hana],
  ['the extension', 'an approver', 'second', hana],
] as const)('ends both when %s is ended by %s', async (_which, _who, which, by) => {
  const { world } = await watched();
  const first = await running(world);
  const second = await asksFor(world, first);
  await approved(world, second);
  await world.until('AccessGranted.v1', second);
  await world.revoke(which === 'first' ? first : second, by);
  await world.pass(5);
  for (const requestId of [first, second]) {
    expect(typesOf(world.events(requestId))).toEqual(expect.arrayContaining(['AccessRevoked', 'AccessEnded']));
    expect(dataOf(world, requestId, 'AccessRevoked.v1')['by']).toMatchObject({ kind: 'person' });
  }
  expect(await has(world)).toBe(false);
}, patienceMs);

it('ends the extension too when the first, which time has ended, is ended', async () => {
  const { world } = await watched();
  const first = await running(world);
  const second = await asksFor(world, first);
  await approved(world, second);
  await world.until('AccessEnded.v1', first, 90);
  await world.emit('local-channel', accessRevocationRequestedV1, { requestId: first, by: wren });
  expect((await world.until('AccessEnded.v1', second, 5)).detail.data['how']).toBe('deleted');
  expect(await has(world)).toBe(false);
}, patienceMs);

it('opens nothing where what it extends has ended while people decided, and says so', async () => {
  const { world, calls } = await watched();
  const first = await running(world);
  const second = await asksFor(world, first);
  await world.until('ApprovalRequested.v1', second);
  await world.until('AccessEnded.v1', first, 90);
  await world.decide(second, 'approve', emeka);
  expect(codesOf(await world.until('AccessRevoked.v1', second))).toEqual(['ERR_EXTENDS_ENDED']);
  await world.pass(5);
  expect(typesOf(world.events(second))).not.toContain('AccessWindowOpened');
  expect(calls.map(({ action }) => action)).toEqual(['CreateAccountAssignment', 'DeleteAccountAssignment']);
}, patienceMs);

it('is extended again, up to what policy allows for the whole', async () => {
  const { world, calls } = await watched();
  const first = await running(world);
  const oldEnd = Date.parse(String(dataOf(world, first, 'AccessGranted.v1')['endsAt']));
  const second = await asksFor(world, first);
  await approved(world, second);
  await world.until('AccessGranted.v1', second);
  expect(codesOf(await rejected(world, await asksFor(world, first, { durationMinutes: 5 })))).toEqual(['ERR_EXTENDS_TWICE']);
  expect(codesOf(await rejected(world, await asksFor(world, second, { durationMinutes: 101 })))).toEqual(['ERR_DURATION_TOO_LONG']);
  const third = await asksFor(world, second);
  await approved(world, third);
  const granted = await world.until('AccessGranted.v1', third);
  expect(granted.detail.data['endsAt']).toBe(new Date(oldEnd + 20 * 60_000).toISOString());
  await world.until('AccessEnded.v1', second, 120);
  expect(await has(world)).toBe(true);
  await world.until('AccessEnded.v1', third, 60);
  expect(calls.map(({ action }) => action)).toEqual(['CreateAccountAssignment', 'DeleteAccountAssignment']);
  expect(codesOf(await rejected(world, await asksFor(world, third, { durationMinutes: 1 })))).toContain('ERR_EXTENDS_ENDED');
}, patienceMs);

it('is refused for somebody else’s access, for what was never accepted, and denied for what nobody has approved', async () => {
  const { world } = await watched();
  const first = await running(world);
  const other = world.newId();
  const kim = ask(other, 'dana.jansen@acme.example', prodPayments, 'ReadOnlyAccess', { durationMinutes: 30 });
  await world.emit('deploy-pipeline', accessRequestedV1, { ...kim, extends: first });
  expect(codesOf(await rejected(world, other))).toContain('ERR_EXTENDS_OTHERS');
  expect(codesOf(await rejected(world, await asksFor(world, world.newId())))).toEqual(['ERR_EXTENDS_UNKNOWN']);
  const waiting = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(waiting, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 45 }));
  await world.until('ApprovalRequested.v1', waiting);
  const early = await asksFor(world, waiting);
  expect(codesOf(await world.until('AccessDenied.v1', early))).toEqual(['ERR_EXTENDS_NOT_APPROVED']);
}, patienceMs);

async function rejected(world: World, requestId: string) {
  const there = world.events(requestId).find(({ detailType }) => detailType === 'AccessRequestRejected.v1');
  return there ?? world.until('AccessRequestRejected.v1', requestId);
}
