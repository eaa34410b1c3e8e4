import { directoryOf, management, organizationOfAcme, permissionSetArn, root } from '../test/acme.ts';
import { Failure } from '../test/scripted-aws.ts';

test('finds an account with its status and every unit above it, from the root', async () => {
  const { directory } = directoryOf(organizationOfAcme());
  await expect(directory.findAccount('200000000000')).resolves.toEqual({
    id: '200000000000',
    name: 'Shop',
    status: 'ACTIVE',
    ouPath: [root, 'ou-acme-work0000', 'ou-acme-prod0000'],
  });
  await expect(directory.findAccount(management)).resolves.toMatchObject({ ouPath: [root] });
});

test('sees at once that an account was suspended, moved or taken out of the organization', async () => {
  const acme = organizationOfAcme();
  const { directory } = directoryOf(acme);
  await directory.findAccount('200000000000');
  acme.accounts[1] = { Id: '200000000000', Name: 'Shop', State: 'SUSPENDED', ParentId: 'ou-acme-dev00000' };
  await expect(directory.findAccount('200000000000')).resolves.toMatchObject({
    status: 'SUSPENDED',
    ouPath: [root, 'ou-acme-work0000', 'ou-acme-dev00000'],
  });
  acme.accounts.splice(1, 1);
  await expect(directory.findAccount('200000000000')).resolves.toBeUndefined();
});

test('an account in units younger than the listing has its whole path', async () => {
  const acme = organizationOfAcme();
  const { directory, count } = directoryOf(acme);
  await directory.findAccount(management);
  const listings = count('ListOrganizationalUnitsForParent');
  acme.units.push(
    { Id: 'ou-acme-new00000', Name: 'New', ParentId: 'ou-acme-prod0000' },
    { Id: 'ou-acme-newer000', Name: 'Newer', ParentId: 'ou-acme-new00000' },
  );
  acme.accounts.push({ Id: '400000000000', Name: 'Young', State: 'ACTIVE', ParentId: 'ou-acme-newer000' });
  await expect(directory.findAccount('400000000000')).resolves.toMatchObject({
    ouPath: [root, 'ou-acme-work0000', 'ou-acme-prod0000', 'ou-acme-new00000', 'ou-acme-newer000'],
  });
  expect(count('ListOrganizationalUnitsForParent')).toBe(listings);
});

test('does not guess whether an account without a state is active', async () => {
  const { directory } = directoryOf(organizationOfAcme(), { DescribeAccount: ({ AccountId }) => ({ Account: { Id: AccountId } }) });
  await expect(directory.findAccount(management)).rejects.toMatchObject({ code: 'ERR_DIRECTORY_ANSWER', retryable: false });
});

test('what is no account id is no account, without asking', async () => {
  const { directory, calls } = directoryOf(organizationOfAcme());
  await expect(directory.findAccount('Shop')).resolves.toBeUndefined();
  expect(calls).toEqual([]);
});

test('finds a permission set by ARN and by exact name', async () => {
  const { directory } = directoryOf(organizationOfAcme());
  const readOnly = { arn: permissionSetArn('ReadOnlyAccess'), name: 'ReadOnlyAccess', sessionDurationMinutes: 510 };
  await expect(directory.findPermissionSet('ReadOnlyAccess')).resolves.toEqual(readOnly);
  await expect(directory.findPermissionSet(readOnly.arn)).resolves.toEqual(readOnly);
  await expect(directory.findPermissionSet('readonlyaccess')).resolves.toBeUndefined();
});

test('reads a permission set asked for by ARN alone, and to find a new one only the new one', async () => {
  const acme = organizationOfAcme();
  const { directory, clock, count } = directoryOf(acme);
  await directory.findPermissionSet(permissionSetArn('Billing'));
  expect(count('DescribePermissionSet')).toBe(1);
  await Promise.all(['Billing', 'ReadOnlyAccess', 'ReadOnlyAccess'].map((name) => directory.findPermissionSet(name)));
  expect(count('DescribePermissionSet')).toBe(2);
  acme.permissionSets.push({ Name: 'BreakGlass', SessionDuration: 'PT1H' });
  clock.time = 1;
  await expect(directory.findPermissionSet('BreakGlass')).resolves.toMatchObject({ sessionDurationMinutes: 60 });
  expect(count('DescribePermissionSet')).toBe(3);
});

test('unknown permission sets cost one listing in ten seconds', async () => {
  const { directory, clock, calls, count } = directoryOf(organizationOfAcme());
  await directory.snapshot();
  clock.time = 1;
  const asked = calls.length;
  const listings = count('ListPermissionSets');
  for (const ref of ['Nothing', 'Nobody', permissionSetArn('Nothing')]) {
    await expect(directory.findPermissionSet(ref)).resolves.toBeUndefined();
  }
  expect(count('ListPermissionSets')).toBe(2 * listings);
  clock.time = 5 * 60_000;
  await expect(directory.findPermissionSet('Nothing')).resolves.toBeUndefined();
  expect(new Set(calls.slice(asked))).toEqual(new Set(['ListPermissionSets']));
});

test('the successor of a deleted permission set of the same name is found when the old one is known to be gone', async () => {
  const arns = [permissionSetArn('old')];
  const { directory, clock } = directoryOf(organizationOfAcme(), {
    ListPermissionSets: () => ({ PermissionSets: [...arns] }),
    DescribePermissionSet: ({ PermissionSetArn }) =>
      arns.some((arn) => arn === PermissionSetArn)
        ? { PermissionSet: { Name: 'Billing', SessionDuration: 'PT1H' } }
        : new Failure('ResourceNotFoundException'),
  });
  await expect(directory.findPermissionSet('Billing')).resolves.toMatchObject({ arn: permissionSetArn('old') });
  arns[0] = permissionSetArn('new');
  clock.time = 5 * 60_000;
  await expect(directory.findPermissionSet('Billing')).resolves.toMatchObject({ arn: permissionSetArn('new') });
});

test('a changed session duration is seen when the snapshot is as old as it may be', async () => {
  const acme = organizationOfAcme();
  const { directory, clock } = directoryOf(acme);
  await directory.findPermissionSet('Billing');
  acme.permissionSets[1] = { Name: 'Billing', SessionDuration: 'PT12H' };
  clock.time = 5 * 60_000;
  await expect(directory.findPermissionSet('Billing')).resolves.toMatchObject({ sessionDurationMinutes: 720 });
});

test('a permission set deleted while they are read is left out; one without a session duration is an error', async () => {
  const acme = organizationOfAcme();
  const readOne = (PermissionSet: object) => ({ PermissionSetArn }: Record<string, unknown>) =>
    PermissionSetArn === permissionSetArn('Billing') ? { PermissionSet } : new Failure('ResourceNotFoundException');
  const whole = directoryOf(acme, { DescribePermissionSet: readOne({ Name: 'Billing', SessionDuration: 'PT1H' }) });
  await expect(whole.directory.findPermissionSet('ReadOnlyAccess')).resolves.toBeUndefined();
  await expect(whole.directory.findPermissionSet('Billing')).resolves.toBeDefined();
  const lacking = directoryOf(acme, { DescribePermissionSet: readOne({ Name: 'Billing' }) });
  await expect(lacking.directory.findPermissionSet('Billing')).rejects.toMatchObject({ code: 'ERR_DIRECTORY_ANSWER' });
});

test('names what is provisioned in the management account, asking for both once', async () => {
  const { directory, count } = directoryOf(organizationOfAcme());
  await expect(directory.permissionSetsInManagementAccount()).resolves.toEqual(new Set([permissionSetArn('Billing')]));
  await directory.permissionSetsInManagementAccount();
  await expect(directory.managementAccountId()).resolves.toBe(management);
  expect([count('ListPermissionSetsProvisionedToAccount'), count('DescribeOrganization')]).toEqual([1, 1]);
});

test('the snapshot has everything, read once for all who ask at the same time', async () => {
  const { directory, clock, calls } = directoryOf(organizationOfAcme());
  clock.time = 7;
  const [snapshot] = await Promise.all([directory.snapshot(), directory.snapshot(), directory.snapshot()]);
  expect(snapshot).toMatchObject({ takenAt: 7, rootId: root, managementAccountId: management, users: [], groups: [] });
  const units = snapshot.organizationalUnits.map(({ names }) => names.join('/'));
  expect(units.sort()).toEqual(['Sandbox', 'Workloads', 'Workloads/Dev', 'Workloads/Prod']);
  expect(snapshot.accounts.map(({ id, ouPath }) => [id, ouPath.at(-1)]).sort()).toEqual([
    [management, root],
    ['200000000000', 'ou-acme-prod0000'],
    ['300000000000', 'ou-acme-sand0000'],
  ]);
  expect(snapshot.permissionSets.map(({ name }) => name)).toEqual(['ReadOnlyAccess', 'Billing']);
  const asked = calls.length;
  await directory.snapshot();
  expect(calls).toHaveLength(asked);
  expect(calls.filter((call) => call === 'ListRoots')).toHaveLength(2);
});

test('the snapshot is as old as the oldest thing in it', async () => {
  const { directory, clock } = directoryOf(organizationOfAcme());
  clock.time = 5;
  await directory.findPermissionSet('ReadOnlyAccess');
  clock.time = 7;
  await expect(directory.snapshot()).resolves.toMatchObject({ takenAt: 5 });
});

test('a unit deleted while the tree is walked is taken for empty', async () => {
  const { directory } = directoryOf(organizationOfAcme(), {
    ListAccountsForParent: ({ ParentId }) =>
      ParentId === 'ou-acme-sand0000' ? new Failure('ParentNotFoundException') : { Accounts: [] },
  });
  await expect(directory.snapshot()).resolves.toMatchObject({ accounts: [] });
});

test('a large organization is read a few calls at a time', async () => {
  const acme = organizationOfAcme();
  acme.units = Array.from({ length: 60 }, (_, at) => ({ Id: `ou-acme-unit${1000 + at}`, Name: `Unit ${at}`, ParentId: root }));
  acme.permissionSets = Array.from({ length: 80 }, (_, at) => ({ Name: `Set${at}`, SessionDuration: 'PT1H' }));
  const { directory, load } = directoryOf(acme);
  await directory.findAccount(management);
  expect(load.most).toBeLessThanOrEqual(8);
  load.most = 0;
  await directory.findPermissionSet('Set79');
  expect(load.most).toBe(1);
});

test('a throttle half-way is an error for those who asked, and what was read before it is not read again', async () => {
  let allowed = 1;
  const { directory, count } = directoryOf(organizationOfAcme(), {
    DescribePermissionSet: ({ PermissionSetArn }) => {
      allowed -= 1;
      const Name = String(PermissionSetArn).split('ps-').at(-1);
      return allowed < 0 ? new Failure('ThrottlingException') : { PermissionSet: { Name, SessionDuration: 'PT1H' } };
    },
  });
  await expect(directory.snapshot()).rejects.toMatchObject({ code: 'ERR_DIRECTORY_UNAVAILABLE', retryable: true });
  allowed = 1;
  await expect(directory.findPermissionSet('Billing')).resolves.toMatchObject({ name: 'Billing' });
  expect(count('DescribePermissionSet')).toBe(3);
});
