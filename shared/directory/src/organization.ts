import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListParents,
  paginateListRoots,
  paginateListTagsForResource,
} from '@aws-sdk/client-organizations';
import type { Account, OrganizationalUnit, OrganizationsClient } from '@aws-sdk/client-organizations';
import { answered, ask, askIfExists, everything } from './ask-aws.ts';
import type { DirectoryAccount, DirectoryOrganizationalUnit, Tags } from './directory.ts';
import { inParallel } from './in-parallel.ts';
import { toTags } from './tags.ts';

const CALLS_AT_A_TIME = 4;

/** The organization as last walked. `pathOf` has the ids from the root to each node, the root itself and every unit. */
export interface Organization {
  readonly rootId: string;
  readonly organizationalUnits: readonly DirectoryOrganizationalUnit[];
  readonly accounts: readonly DirectoryAccount[];
  readonly pathOf: ReadonlyMap<string, readonly string[]>;
}

/** Questions to the organization, each answered by AWS at once. */
export function organizationQuestions(client: OrganizationsClient) {
  // Twenty is the most that Organizations puts on a page.
  const listing = { client, pageSize: 20 };

  const parentOf = async (ChildId: string): Promise<string | undefined> => {
    const parents = await askIfExists(`find the parent of ${ChildId}`, () =>
      everything(paginateListParents(listing, { ChildId }), (page) => page.Parents),
    );
    return parents && answered(parents[0]?.Id, `the parent of ${ChildId}`);
  };

  const childrenOf = async ({ id: ParentId, path, names }: Parent): Promise<Children> => {
    const question = `list what is in ${ParentId}`;
    const [units, accounts] = await Promise.all([
      askIfExists(question, () =>
        everything(paginateListOrganizationalUnitsForParent(listing, { ParentId }), (page) => page.OrganizationalUnits),
      ),
      askIfExists(question, () => everything(paginateListAccountsForParent(listing, { ParentId }), (page) => page.Accounts)),
    ]);
    return {
      units: (units ?? []).map((unit) => toUnit(unit, path, names)),
      accounts: (accounts ?? []).map((account) => toAccount(account, path)),
    };
  };

  return {
    async managementAccountId(): Promise<string> {
      const { Organization } = await ask('read the organization', () => client.send(new DescribeOrganizationCommand({})));
      return answered(Organization?.MasterAccountId, 'the id of the management account');
    },

    /** The account where it stands now; `pathOf` saves asking for the units that are known already. */
    async account(AccountId: string, pathOf: Organization['pathOf']): Promise<DirectoryAccount | undefined> {
      const [answer, parentId] = await Promise.all([
        askIfExists(`read account ${AccountId}`, () => client.send(new DescribeAccountCommand({ AccountId }))),
        parentOf(AccountId),
      ]);
      if (answer?.Account === undefined || parentId === undefined) return undefined;
      return toAccount(answer.Account, await pathTo(parentId, pathOf, parentOf));
    },

    async tagsOf(ResourceId: string): Promise<Tags | undefined> {
      const tags = await askIfExists(`list the tags of ${ResourceId}`, () =>
        everything(paginateListTagsForResource({ client }, { ResourceId }), (page) => page.Tags),
      );
      return tags && toTags(tags);
    },

    /** Every unit and account, level by level. A unit deleted meanwhile is empty, an account moved meanwhile is where it was seen last. */
    async everything(): Promise<Organization> {
      const roots = await ask('find the root of the organization', () => everything(paginateListRoots(listing, {}), (page) => page.Roots));
      const rootId = answered(roots[0]?.Id, 'the root of the organization');
      const units: DirectoryOrganizationalUnit[] = [];
      const accounts = new Map<string, DirectoryAccount>();
      let level: readonly Parent[] = [{ id: rootId, path: [rootId], names: [] }];
      while (level.length > 0) {
        const below = await inParallel(CALLS_AT_A_TIME, level, childrenOf);
        for (const account of below.flatMap((children) => children.accounts)) accounts.set(account.id, account);
        level = below.flatMap((children) => children.units);
        units.push(...below.flatMap((children) => children.units));
      }
      const paths = units.map(({ id, path }): [string, readonly string[]] => [id, path]);
      return { rootId, organizationalUnits: units, accounts: [...accounts.values()], pathOf: new Map([[rootId, [rootId]], ...paths]) };
    },
  };
}

type Parent = Pick<DirectoryOrganizationalUnit, 'id' | 'path' | 'names'>;
interface Children {
  readonly units: readonly DirectoryOrganizationalUnit[];
  readonly accounts: readonly DirectoryAccount[];
}

// Known paths stay right for as long as the unit exists: Organizations can move accounts (MoveAccount) but has no operation that
// moves a unit, and UpdateOrganizationalUnit changes nothing but the name. Only units younger than the listing have to be asked for.
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateOrganizationalUnit.html
async function pathTo(
  id: string,
  pathOf: Organization['pathOf'],
  parentOf: (id: string) => Promise<string | undefined>,
): Promise<readonly string[]> {
  const known = pathOf.get(id);
  if (known !== undefined) return known;
  const parentId = answered(await parentOf(id), `the parent of organizational unit ${id}, which contains an account`);
  return [...(await pathTo(parentId, pathOf, parentOf)), id];
}

function toUnit(unit: OrganizationalUnit, parentPath: readonly string[], parentNames: readonly string[]): DirectoryOrganizationalUnit {
  const id = answered(unit.Id, 'the id of an organizational unit');
  const name = unit.Name ?? id;
  return { id, name, path: [...parentPath, id], names: [...parentNames, name] };
}

// `State`, because `Status` was retired on 2026-09-09.
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
function toAccount(account: Account, ouPath: readonly string[]): DirectoryAccount {
  const id = answered(account.Id, 'the id of an account');
  return { id, name: account.Name ?? id, status: answered(account.State, `the state of account ${id}`), ouPath };
}
