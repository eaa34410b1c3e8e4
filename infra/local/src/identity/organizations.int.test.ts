import {
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  type OrganizationsClient,
  paginateListAccounts,
  paginateListDelegatedAdministrators,
  paginateListTagsForResource,
} from '@aws-sdk/client-organizations';
import { fixture, identityCloud, named } from './testing/identity-cloud.ts';

const account = (name: string) => named(fixture.Accounts, 'Name', name).Id;
const noUnit = 'ou-3e9e-00000000';
const unit = (name: string) => named(fixture.OrganizationalUnits, 'Name', name).Id;

function setUp(options: Parameters<typeof identityCloud>[0] = {}) {
  const { tree, as } = identityCloud(options);
  return { tree, as, client: as('team').organizations };
}

test('lists every account once through pages of which some are empty', async () => {
  const { client } = setUp({ emptyPages: 0.5 });
  const sizes: number[] = [];
  const ids: (string | undefined)[] = [];
  for await (const { Accounts = [] } of paginateListAccounts({ client, pageSize: 3 }, {})) {
    sizes.push(Accounts.length);
    ids.push(...Accounts.map(({ Id }) => Id));
  }
  expect(ids.sort()).toEqual(fixture.Accounts.map(({ Id }) => Id).sort());
  expect(sizes).toContain(0);
});

test('an empty page carries a token, and the page after it is never empty', async () => {
  const { client } = setUp({ emptyPages: 1 });
  const first = await client.send(new ListAccountsCommand({}));
  expect(first).toMatchObject({ Accounts: [], NextToken: expect.any(String) });
  const second = await client.send(new ListAccountsCommand({ NextToken: first.NextToken }));
  expect(second.Accounts).toHaveLength(20);
});

test('walks the tree down from the root and up again', async () => {
  const { client } = setUp();
  const { Roots } = await client.send(new ListRootsCommand({}));
  expect(Roots).toMatchObject([{ Id: fixture.RootId }]);
  const { OrganizationalUnits } = await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: fixture.RootId }));
  expect(OrganizationalUnits?.map(({ Name }) => Name).sort()).toEqual(['Sandbox', 'Security', 'Workloads']);
  const { Accounts } = await client.send(new ListAccountsForParentCommand({ ParentId: unit('Prod') }));
  expect(Accounts?.map(({ Id }) => Id)).toContain(account('Prod 002'));
  const { Children } = await client.send(new ListChildrenCommand({ ParentId: unit('Workloads'), ChildType: 'ORGANIZATIONAL_UNIT' }));
  expect(Children).toHaveLength(3);
  const { Parents } = await client.send(new ListParentsCommand({ ChildId: account('Prod 002') }));
  expect(Parents).toEqual([{ Id: unit('Prod'), Type: 'ORGANIZATIONAL_UNIT' }]);
  const { OrganizationalUnit } = await client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: unit('Prod') }));
  expect(OrganizationalUnit).toMatchObject({ Name: 'Prod' });
});

test('says an account is suspended by State alone, Status being retired', async () => {
  const { client, tree } = setUp();
  const AccountId = account('Prod 002');
  tree.suspendAccount(AccountId);
  const { Account } = await client.send(new DescribeAccountCommand({ AccountId }));
  expect(Account?.State).toBe('SUSPENDED');
  expect(Account).not.toHaveProperty('Status');
});

test('shows an account under its new unit as soon as it was moved', async () => {
  const { client, tree } = setUp();
  tree.moveAccount(account('Prod 002'), unit('Sandbox'));
  const { Parents } = await client.send(new ListParentsCommand({ ChildId: account('Prod 002') }));
  expect(Parents).toEqual([{ Id: unit('Sandbox'), Type: 'ORGANIZATIONAL_UNIT' }]);
  expect(() => tree.moveAccount(account('Prod 002'), noUnit)).toThrow("doesn't exist");
});

test('a unit can be deleted once it is empty', async () => {
  const { client, tree } = setUp();
  expect(() => tree.deleteOrganizationalUnit(unit('Sandbox'))).toThrow('is not empty');
  for (const { Id, ParentId } of fixture.Accounts) if (ParentId === unit('Sandbox')) tree.moveAccount(Id, fixture.RootId);
  tree.deleteOrganizationalUnit(unit('Sandbox'));
  const gone = new ListAccountsForParentCommand({ ParentId: unit('Sandbox') });
  await expect(client.send(gone)).rejects.toMatchObject({ name: 'ParentNotFoundException' });
});

test.each<[string, (client: OrganizationsClient) => Promise<unknown>]>([
  ['AccountNotFoundException', (client) => client.send(new DescribeAccountCommand({ AccountId: '123456789012' }))],
  ['InvalidInputException', (client) => client.send(new DescribeAccountCommand({ AccountId: 'x' }))],
  ['OrganizationalUnitNotFoundException', (client) => client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: noUnit }))],
  ['ParentNotFoundException', (client) => client.send(new ListChildrenCommand({ ParentId: noUnit, ChildType: 'ACCOUNT' }))],
  ['ChildNotFoundException', (client) => client.send(new ListParentsCommand({ ChildId: '123456789012' }))],
  ['TargetNotFoundException', (client) => client.send(new ListTagsForResourceCommand({ ResourceId: '123456789012' }))],
  ['InvalidInputException', (client) => client.send(new ListAccountsCommand({ NextToken: 'nonsense' }))],
  ['NotImplementedByLocalCloud', (client) => client.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }))],
])('answers %s where AWS does', async (name, ask) => {
  await expect(ask(setUp().client)).rejects.toMatchObject({ name });
});

test('lets a member account describe the organization and nothing more', async () => {
  const { as } = setUp();
  const member = as('somebody').organizations;
  const { Organization } = await member.send(new DescribeOrganizationCommand({}));
  expect(Organization).toMatchObject({ Id: fixture.OrganizationId, MasterAccountId: fixture.ManagementAccountId });
  await expect(member.send(new ListAccountsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('names the delegated administrator of IAM Identity Center, to the management account and to itself', async () => {
  const { as } = setUp();
  const administrators = async (caller: string, ServicePrincipal: string) => {
    const ids: (string | undefined)[] = [];
    for await (const page of paginateListDelegatedAdministrators({ client: as(caller).organizations }, { ServicePrincipal })) {
      ids.push(...(page.DelegatedAdministrators ?? []).map(({ Id }) => Id));
    }
    return ids;
  };
  await expect(administrators('team', 'sso.amazonaws.com')).resolves.toEqual([fixture.DelegatedAdministratorAccountId]);
  await expect(administrators('management', 'guardduty.amazonaws.com')).resolves.toEqual([]);
  await expect(administrators('stranger', 'sso.amazonaws.com')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('lists the tags of an account in pages, and of the root none', async () => {
  const { client, tree } = setUp({ emptyPages: 0.5 });
  const tags = Array.from({ length: 50 }, (_, i) => ({ Key: `Key${10 + i}`, Value: `value ${i}` }));
  tree.tagAccount(account('Prod 002'), tags);
  const pages = [];
  for await (const { Tags = [] } of paginateListTagsForResource({ client }, { ResourceId: account('Prod 002') })) pages.push(Tags);
  expect(pages.flat()).toEqual(tags);
  expect(pages.filter(({ length }) => length > 0).length).toBeGreaterThan(1);
  for await (const { Tags } of paginateListTagsForResource({ client }, { ResourceId: fixture.RootId })) expect(Tags).toEqual([]);
});
