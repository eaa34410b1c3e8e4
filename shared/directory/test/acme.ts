import { Failure, paged, scriptedAws } from './scripted-aws.ts';
import type { Script } from './scripted-aws.ts';
import { createDirectory } from '../src/create-directory.ts';

interface Node {
  Id: string;
  Name: string;
  ParentId: string;
}

export const root = 'r-acme';
export const management = '100000000000';
export const permissionSetArn = (name: string): string => `arn:aws:sso:::permissionSet/ssoins-1/ps-${name}`;

/** An organization that tests may change at any time: Workloads/Prod below the root, one account in each. */
export function organizationOfAcme() {
  return {
    units: [
      { Id: 'ou-acme-work0000', Name: 'Workloads', ParentId: root },
      { Id: 'ou-acme-prod0000', Name: 'Prod', ParentId: 'ou-acme-work0000' },
      { Id: 'ou-acme-dev00000', Name: 'Dev', ParentId: 'ou-acme-work0000' },
      { Id: 'ou-acme-sand0000', Name: 'Sandbox', ParentId: root },
    ],
    accounts: [
      { Id: management, Name: 'Management', State: 'ACTIVE', ParentId: root },
      { Id: '200000000000', Name: 'Shop', State: 'ACTIVE', ParentId: 'ou-acme-prod0000' },
      { Id: '300000000000', Name: 'Old', State: 'SUSPENDED', ParentId: 'ou-acme-sand0000' },
    ],
    permissionSets: [
      { Name: 'ReadOnlyAccess', SessionDuration: 'PT8H30M' },
      { Name: 'Billing', SessionDuration: 'PT1H' },
    ],
    /** By account id or permission set ARN. */
    tags: new Map([['200000000000', [{ Key: 'Environment', Value: 'prod' }, { Key: 'environment', Value: 'PROD' }, { Key: 'Owner', Value: '' }]]]),
  };
}

/** A directory over that organization, on a clock that the test sets; `script` answers instead where it is given. */
export function directoryOf(acme: ReturnType<typeof organizationOfAcme>, script: Script = {}) {
  const clock = { time: 0 };
  const below = (nodes: Node[], key: string) => (input: Record<string, unknown>) =>
    paged(nodes.filter(({ ParentId }) => ParentId === input.ParentId), key, 1)(input);
  const find = <T extends { Id: string }>(nodes: T[], id: unknown) => nodes.find(({ Id }) => Id === id);
  const aws = scriptedAws({
    ListUsers: () => ({ Users: [] }),
    ListGroups: () => ({ Groups: [] }),
    ListRoots: paged([{ Id: root, Name: 'Root' }], 'Roots'),
    ListOrganizationalUnitsForParent: (input) => below(acme.units, 'OrganizationalUnits')(input),
    ListAccountsForParent: (input) => below(acme.accounts, 'Accounts')(input),
    ListParents: (input) => {
      const child = find<Node>([...acme.units, ...acme.accounts], input.ChildId);
      return child ? paged([{ Id: child.ParentId }], 'Parents')(input) : new Failure('ChildNotFoundException');
    },
    DescribeAccount: ({ AccountId }) => {
      const Account = find(acme.accounts, AccountId);
      return Account ? { Account } : new Failure('AccountNotFoundException');
    },
    DescribeOrganization: () => ({ Organization: { MasterAccountId: management } }),
    ListPermissionSets: (input) => paged(acme.permissionSets.map(({ Name }) => permissionSetArn(Name)), 'PermissionSets', 1)(input),
    DescribePermissionSet: ({ PermissionSetArn }) => {
      const PermissionSet = acme.permissionSets.find(({ Name }) => permissionSetArn(Name) === PermissionSetArn);
      return PermissionSet ? { PermissionSet } : new Failure('ResourceNotFoundException');
    },
    // Organizations names what bears tags by its id, SSO Admin by its ARN.
    ListTagsForResource: (input) => {
      const { ResourceId, ResourceArn } = input;
      const known = ResourceId === undefined ? acme.permissionSets.some(({ Name }) => permissionSetArn(Name) === ResourceArn) : find(acme.accounts, ResourceId);
      if (!known) return new Failure(ResourceId === undefined ? 'ResourceNotFoundException' : 'TargetNotFoundException');
      return paged(acme.tags.get(String(ResourceId ?? ResourceArn)) ?? [], 'Tags')(input);
    },
    ListPermissionSetsProvisionedToAccount: ({ AccountId }) =>
      AccountId === management ? { PermissionSets: [permissionSetArn('Billing')] } : { PermissionSets: [] },
    ...script,
  });
  const directory = createDirectory({
    ...aws.clients,
    identityStoreId: 'd-1234567890',
    instanceArn: 'arn:aws:sso:::instance/ssoins-1',
    now: () => clock.time,
  });
  return { ...aws, directory, clock };
}
