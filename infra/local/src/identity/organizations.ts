import * as z from 'zod';
import { AwsError } from '../cloud/aws-error.ts';
import type { JsonObject } from '../cloud/json.ts';
import type { Random } from '../cloud/random.ts';
import type { Call, StandIn } from '../cloud/stand-in.ts';
import { perform, parseInput, type Action } from './input.ts';
import { existing, type OrganizationState } from './organization-state.ts';
import type { Account, OrganizationalUnit, Tag } from './organization.ts';
import { pageOf, pageRequest, type PageRequest } from './paging.ts';

/** Organizations, with what its administrators may do to the tree at any time. */
export interface Organizations extends StandIn {
  moveAccount(accountId: string, parentId: string): void;
  suspendAccount(accountId: string): void;
  /** Replaces every tag of the account. */
  tagAccount(accountId: string, tags: readonly Tag[]): void;
  /** Throws while accounts or units are left in it, as AWS refuses then. */
  deleteOrganizationalUnit(unitId: string): void;
}

export interface OrganizationsOptions {
  readonly state: OrganizationState;
  readonly random: Random;
  /**
   * How often a list answers an empty page with a token, 0 to 1. AWS does so at times, which is why its pages say to look at
   * NextToken alone: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
   */
  readonly emptyPages?: number;
}

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html */
const identityCenter = 'sso.amazonaws.com';

const paging = { NextToken: pageRequest.NextToken, MaxResults: z.int().min(1).max(20).optional() };
const inputs = {
  nothing: z.object({}),
  page: z.object(paging),
  account: z.object({ AccountId: z.string().regex(/^\d{12}$/) }),
  unit: z.object({ OrganizationalUnitId: z.string().regex(/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/) }),
  inParent: z.object({ ...paging, ParentId: z.string().min(1).max(100) }),
  ofChild: z.object({ ...paging, ChildId: z.string().min(1).max(100) }),
  children: z.object({ ...paging, ParentId: z.string().min(1).max(100), ChildType: z.enum(['ACCOUNT', 'ORGANIZATIONAL_UNIT']) }),
  administrators: z.object({ ...paging, ServicePrincipal: z.string().min(1).max(128).optional() }),
  resource: z.object({ NextToken: pageRequest.NextToken, ResourceId: z.string().min(1).max(130) }),
};

/** https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html */
export function createOrganizations({ state, random, emptyPages = 0.2 }: OrganizationsOptions): Organizations {
  const { settings } = state;
  const arn = (rest: string): string => `arn:aws:organizations::${settings.ManagementAccountId}:${rest}`;
  const accountOut = (account: Account): JsonObject => ({
    Id: account.Id,
    Arn: arn(`account/${settings.OrganizationId}/${account.Id}`),
    Email: account.Email,
    Name: account.Name,
    // `Status` was retired on 9 September 2026: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
    State: account.Status,
  });
  const unitOut = (unit: OrganizationalUnit): JsonObject => ({
    Id: unit.Id,
    Arn: arn(`ou/${settings.OrganizationId}/${unit.Id}`),
    Name: unit.Name,
  });

  // DescribeOrganization alone is open to every account of the organization; the rest to the management account and to a
  // delegated administrator for any service: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
  const read = <S extends z.ZodType>(schema: S, call: Call): z.infer<S> => {
    const { accountId } = call.caller;
    if (accountId !== settings.ManagementAccountId && accountId !== settings.DelegatedAdministratorAccountId) {
      throw new AwsError('AccessDeniedException', `You don't have permissions to access this resource: account ${accountId}`);
    }
    return parseInput(schema, call, 'InvalidInputException');
  };
  const requireParent = (id: string): string => {
    if (id === settings.RootId || state.units.has(id)) return id;
    throw new AwsError('ParentNotFoundException', `You provided a root or OU that doesn't exist: ${id}`);
  };
  const page = <T>(list: string, entries: Iterable<[string, T]>, input: PageRequest) =>
    pageOf(entries, input, { list, size: 20, invalidToken: 'InvalidInputException', pause: () => random.next() < emptyPages });
  const accountsIn = (parentId: string) => [...state.accounts.entries()].filter(([, account]) => account.ParentId === parentId);
  const unitsIn = (parentId: string) => [...state.units.entries()].filter(([, unit]) => unit.ParentId === parentId);

  const actions = new Map<string, Action>([
    [
      'DescribeOrganization',
      () => ({
        Organization: {
          Id: settings.OrganizationId,
          Arn: arn(`organization/${settings.OrganizationId}`),
          FeatureSet: 'ALL',
          MasterAccountId: settings.ManagementAccountId,
          MasterAccountArn: arn(`account/${settings.OrganizationId}/${settings.ManagementAccountId}`),
          MasterAccountEmail: existing(state.accounts, settings.ManagementAccountId, 'account').Email,
        },
      }),
    ],
    [
      'ListRoots',
      (call) => {
        const root = { Id: settings.RootId, Arn: arn(`root/${settings.OrganizationId}/${settings.RootId}`), Name: 'Root', PolicyTypes: [] };
        const { items, ...rest } = page('roots', [[root.Id, root]], read(inputs.page, call));
        return { Roots: items, ...rest };
      },
    ],
    [
      'ListAccounts',
      (call) => {
        const { items, ...rest } = page('accounts', state.accounts.entries(), read(inputs.page, call));
        return { Accounts: items.map(accountOut), ...rest };
      },
    ],
    [
      'ListAccountsForParent',
      (call) => {
        const input = read(inputs.inParent, call);
        const { items, ...rest } = page(`accounts in ${input.ParentId}`, accountsIn(requireParent(input.ParentId)), input);
        return { Accounts: items.map(accountOut), ...rest };
      },
    ],
    [
      'DescribeAccount',
      (call) => {
        const account = state.accounts.get(read(inputs.account, call).AccountId);
        if (account === undefined) throw new AwsError('AccountNotFoundException', "You specified an account that doesn't exist.");
        return { Account: accountOut(account) };
      },
    ],
    [
      'ListOrganizationalUnitsForParent',
      (call) => {
        const input = read(inputs.inParent, call);
        const { items, ...rest } = page(`units in ${input.ParentId}`, unitsIn(requireParent(input.ParentId)), input);
        return { OrganizationalUnits: items.map(unitOut), ...rest };
      },
    ],
    [
      'DescribeOrganizationalUnit',
      (call) => {
        const unit = state.units.get(read(inputs.unit, call).OrganizationalUnitId);
        if (unit === undefined) throw new AwsError('OrganizationalUnitNotFoundException', "You specified an OU that doesn't exist.");
        return { OrganizationalUnit: unitOut(unit) };
      },
    ],
    [
      'ListParents',
      (call) => {
        const input = read(inputs.ofChild, call);
        const child = state.accounts.get(input.ChildId) ?? state.units.get(input.ChildId);
        if (child === undefined) throw new AwsError('ChildNotFoundException', `No account or OU ${input.ChildId} exists.`);
        const Type = child.ParentId === settings.RootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
        const { items, ...rest } = page(`parents of ${input.ChildId}`, [[child.ParentId, { Id: child.ParentId, Type }]], input);
        return { Parents: items, ...rest };
      },
    ],
    [
      'ListChildren',
      (call) => {
        const input = read(inputs.children, call);
        const children = input.ChildType === 'ACCOUNT' ? accountsIn(requireParent(input.ParentId)) : unitsIn(requireParent(input.ParentId));
        const { items, ...rest } = page<{ Id: string }>(`${input.ChildType} in ${input.ParentId}`, children, input);
        return { Children: items.map(({ Id }) => ({ Id, Type: input.ChildType })), ...rest };
      },
    ],
    [
      // https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html
      'ListDelegatedAdministrators',
      (call) => {
        const input = read(inputs.administrators, call);
        const { ServicePrincipal = identityCenter } = input;
        const account = existing(state.accounts, settings.DelegatedAdministratorAccountId, 'account');
        const administrators: [string, Account][] = ServicePrincipal === identityCenter ? [[account.Id, account]] : [];
        const { items, ...rest } = page(`administrators of ${ServicePrincipal}`, administrators, input);
        return { DelegatedAdministrators: items.map(accountOut), ...rest };
      },
    ],
    [
      // https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTagsForResource.html
      'ListTagsForResource',
      (call) => {
        const input = read(inputs.resource, call);
        const { ResourceId } = input;
        const account = state.accounts.get(ResourceId);
        if (account === undefined && ResourceId !== settings.RootId && !state.units.has(ResourceId)) {
          throw new AwsError('TargetNotFoundException', `You specified a target that doesn't exist: ${ResourceId}`);
        }
        const { items, ...rest } = page(`tags of ${ResourceId}`, (account?.Tags ?? []).map((tag) => [tag.Key, tag]), input);
        return { Tags: items, ...rest };
      },
    ],
  ]);

  return {
    target: 'AWSOrganizationsV20161128',
    handle: (call) => perform('Organizations', actions, call),
    moveAccount(accountId, parentId) {
      state.accounts.set(accountId, { ...existing(state.accounts, accountId, 'account'), ParentId: requireParent(parentId) });
      state.commit();
    },
    suspendAccount(accountId) {
      state.accounts.set(accountId, { ...existing(state.accounts, accountId, 'account'), Status: 'SUSPENDED' });
      state.commit();
    },
    tagAccount(accountId, tags) {
      state.accounts.set(accountId, { ...existing(state.accounts, accountId, 'account'), Tags: [...tags] });
      state.commit();
    },
    deleteOrganizationalUnit(unitId) {
      existing(state.units, unitId, 'organizational unit');
      if (accountsIn(unitId).length + unitsIn(unitId).length > 0) throw new Error(`The organizational unit ${unitId} is not empty`);
      state.units.delete(unitId);
      state.commit();
    },
  };
}
