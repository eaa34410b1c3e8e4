import { fixture, named, startMs } from './testing/identity-cloud.ts';
import { developers, members, setNamed, ssoAdminCalls, user, wanted } from './testing/sso-admin-calls.ts';

test('answers IN_PROGRESS first, holds nothing yet, and reports SUCCEEDED once the assignment stands', async () => {
  const { create, creation, clock, sso } = ssoAdminCalls();
  const first = await create();
  expect(first).toMatchObject({ Status: 'IN_PROGRESS', TargetId: wanted.AccountId, PrincipalId: wanted.PrincipalId });
  expect(first?.CreatedDate).toEqual(new Date(startMs));
  clock.advanceTo(startMs + 3_999);
  expect((await creation(first?.RequestId))?.Status).toBe('IN_PROGRESS');
  expect(sso.holds(wanted)).toBe(false);
  clock.advanceTo(startMs + 60_000);
  expect((await creation(first?.RequestId))?.Status).toBe('SUCCEEDED');
  expect(sso.holds(wanted)).toBe(true);
});

test('takes longer for the first use of a permission set in an account than for the next', async () => {
  const fixed = (fixedMs: number) => ({ fixedMs, tailMs: 0, atMostMs: 60_000 });
  const { create, clock, sso } = ssoAdminCalls({ latency: fixed(1_000), firstUseLatency: fixed(5_000) });
  await create();
  clock.advanceTo(startMs + 4_999);
  expect(sso.holds(wanted)).toBe(false);
  clock.advanceTo(startMs + 5_000);
  expect(sso.holds(wanted)).toBe(true);
  await create({ PrincipalId: user(6) });
  clock.advanceTo(startMs + 6_000);
  expect(sso.holds({ ...wanted, PrincipalId: user(6) })).toBe(true);
});

test('accepts the creation of what exists, and it succeeds', async () => {
  const { createAndWait } = ssoAdminCalls();
  expect(await createAndWait()).toMatchObject({ Status: 'SUCCEEDED' });
  expect(await createAndWait()).toMatchObject({ Status: 'SUCCEEDED' });
});

test('removes an assignment, and fails the removal of what is not there', async () => {
  const { createAndWait, removeAndWait, sso } = ssoAdminCalls();
  await createAndWait();
  expect(await removeAndWait()).toMatchObject({ Status: 'SUCCEEDED' });
  expect(sso.holds(wanted)).toBe(false);
  expect(await removeAndWait()).toMatchObject({
    Status: 'FAILED',
    FailureReason: expect.stringMatching(/^Received a 404 status error: EntitlementItem doesn't exist/),
  });
});

test.each([
  ['an unknown user', { PrincipalId: '00000000-0000-4000-a000-000000000000' }, /404 .*the USER assignee .* was not found in directory d-/],
  ['a group id given as a user', { PrincipalId: developers }, /the USER assignee/],
  ['a suspended account', { AccountId: named(fixture.Accounts, 'Status', 'SUSPENDED').Id }, /Obtaining permissions to manage/],
])('accepts the creation for %s and fails it afterwards', async (_, assignment, reason) => {
  const { createAndWait, sso } = ssoAdminCalls();
  expect(await createAndWait(assignment)).toMatchObject({ Status: 'FAILED', FailureReason: expect.stringMatching(reason) });
  expect(sso.holds({ ...wanted, ...assignment })).toBe(false);
});

test('works on one role at a time: another operation on its account and permission set conflicts until it is done', async () => {
  const { create, remove, clock } = ssoAdminCalls();
  await create();
  await expect(create({ PrincipalId: user(6) })).rejects.toMatchObject({ name: 'ConflictException' });
  await expect(remove()).rejects.toMatchObject({ name: 'ConflictException' });
  await create({ PermissionSetArn: setNamed('SupportUser') });
  clock.advanceTo(startMs + 60_000);
  await remove();
});

test('holds ten operations at once, creations and deletions together', async () => {
  const { create, remove, clock, sso } = ssoAdminCalls();
  const target = (index: number) => ({ AccountId: members[index]?.Id ?? '' });
  for (let i = 0; i < 4; i += 1) sso.assignByHand({ ...wanted, ...target(i) });
  for (let i = 0; i < 4; i += 1) await remove(target(i));
  for (let i = 4; i < 10; i += 1) await create(target(i));
  await expect(create(target(10))).rejects.toMatchObject({ name: 'ThrottlingException' });
  clock.advanceTo(startMs + 60_000);
  await create(target(10));
});

test('an operation fails as ordered, once, and a creation does not use up the failure of a deletion', async () => {
  const { createAndWait, removeAndWait, sso } = ssoAdminCalls();
  sso.failNext('deletion', 'as ordered');
  expect(await createAndWait()).toMatchObject({ Status: 'SUCCEEDED' });
  expect(await removeAndWait()).toMatchObject({ Status: 'FAILED', FailureReason: 'as ordered' });
  expect(sso.holds(wanted)).toBe(true);
  expect(await removeAndWait()).toMatchObject({ Status: 'SUCCEEDED' });
});

test('keeps the assignment of a deleted user; its removal succeeds or, where told so, fails as was reported', async () => {
  for (const [removalForDeletedPrincipal, Status] of [['succeeds', 'SUCCEEDED'], ['fails', 'FAILED']] as const) {
    const { people, removeAndWait, sso } = ssoAdminCalls({ removalForDeletedPrincipal });
    sso.assignByHand(wanted);
    people.deleteUser(wanted.PrincipalId);
    expect(sso.holds(wanted)).toBe(true);
    expect(await removeAndWait()).toMatchObject({ Status });
    expect(sso.holds(wanted)).toBe(Status === 'FAILED');
  }
});
