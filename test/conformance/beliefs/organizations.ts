import assert from 'node:assert/strict';
import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  ListAccountsForParentCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  paginateListDelegatedAdministrators,
  paginateListParents,
  paginateListRoots,
  paginateListTagsForResource,
} from '@aws-sdk/client-organizations';
import { every, pagesOf, refusal } from '../answers.ts';
import type { Belief } from '../belief.ts';
import type { Place } from '../place.ts';

const api = 'https://docs.aws.amazon.com/organizations/latest/APIReference';

const parentOf = ({ clients: { organizations } }: Place, ChildId: string) =>
  every(paginateListParents({ client: organizations }, { ChildId }), ({ Parents }) => Parents);

const accountPages = ({ clients: { organizations } }: Place, ParentId: string, MaxResults?: number) =>
  pagesOf(async (NextToken) => {
    const page = { ...(NextToken === undefined ? {} : { NextToken }), ...(MaxResults === undefined ? {} : { MaxResults }) };
    const answer = await organizations.send(new ListAccountsForParentCommand({ ParentId, ...page }));
    return { items: answer.Accounts ?? [], next: answer.NextToken };
  });

/** Beliefs about accounts and where they stand. */
export const organizationsBeliefs: readonly Belief[] = [
  {
    id: 'organizations.one-parent',
    says: 'An account has one parent, and by parents one comes to the one root.',
    source: `${api}/API_ListParents.html`,
    async check(place) {
      const { accountId } = await place.identityCenter();
      const roots = await every(paginateListRoots({ client: place.clients.organizations }, {}), ({ Roots }) => Roots);
      assert.equal(roots.length, 1);
      let child = accountId;
      for (let depth = 0; depth < 7; depth += 1) {
        const parents = await parentOf(place, child);
        assert.equal(parents.length, 1);
        child = parents[0]?.Id ?? '';
        if (parents[0]?.Type === 'ROOT') break;
      }
      assert.equal(child, roots[0]?.Id);
    },
  },
  {
    id: 'organizations.accounts-in-pages',
    says: 'ListAccountsForParent answers in pages, some of which may be empty; together they hold every account once.',
    source: `${api}/API_ListAccountsForParent.html`,
    async check(place) {
      const { accountId } = await place.identityCenter();
      const [parent] = await parentOf(place, accountId);
      const pages = await accountPages(place, parent?.Id ?? '', 1);
      assert.ok(pages.every((page) => page.length === 1), 'a page has more than MaxResults');
      const ids = pages.flat().map(({ Id }) => Id);
      assert.equal(new Set(ids).size, ids.length);
      assert.deepEqual(ids.sort(), (await accountPages(place, parent?.Id ?? '')).flat().map(({ Id }) => Id).sort());
      assert.ok(ids.includes(accountId));
    },
  },
  {
    id: 'organizations.state',
    says: 'An account says its State.',
    source: `${api}/API_Account.html`,
    async check(place) {
      const { accountId: AccountId } = await place.identityCenter();
      const { Account } = await place.clients.organizations.send(new DescribeAccountCommand({ AccountId }));
      assert.equal(Account?.State, 'ACTIVE');
    },
  },
  {
    id: 'organizations.suspended',
    says: 'A suspended account is listed where it stands, and says so.',
    source: `${api}/API_CloseAccount.html`,
    async check(place) {
      const suspended = await place.suspendedAccountId();
      const [parent] = await parentOf(place, suspended);
      const found = (await accountPages(place, parent?.Id ?? '')).flat().find(({ Id }) => Id === suspended);
      assert.equal(found?.State, 'SUSPENDED');
    },
  },
  {
    id: 'organizations.unknown',
    says: 'What does not exist is told apart: AccountNotFoundException, ChildNotFoundException, ParentNotFoundException.',
    source: `${api}/API_ListParents.html`,
    async check(place) {
      const { organizations } = place.clients;
      await refusal(organizations.send(new DescribeAccountCommand({ AccountId: '000000000000' })), /^AccountNotFoundException$/);
      await refusal(parentOf(place, '000000000000'), /^ChildNotFoundException$/);
      await refusal(organizations.send(new ListAccountsForParentCommand({ ParentId: 'ou-0000-00000000' })), /^ParentNotFoundException$/);
    },
  },
  {
    id: 'organizations.tags',
    says: 'A delegated administrator may read the tags of an account, each key once; of what does not exist TargetNotFoundException is said.',
    source: `${api}/API_ListTagsForResource.html`,
    async check(place) {
      const { accountId: ResourceId } = await place.identityCenter();
      const { organizations: client } = place.clients;
      const keys = (await every(paginateListTagsForResource({ client }, { ResourceId }), ({ Tags }) => Tags)).map(({ Key }) => Key);
      assert.equal(new Set(keys).size, keys.length);
      await refusal(client.send(new ListTagsForResourceCommand({ ResourceId: '000000000000' })), /^TargetNotFoundException$/);
    },
  },
  {
    id: 'organizations.management-account',
    says: 'DescribeOrganization names the management account, which is another than the one in which TEAM runs.',
    source: `${api}/API_DescribeOrganization.html`,
    async check(place) {
      const { accountId } = await place.identityCenter();
      const { Organization } = await place.clients.organizations.send(new DescribeOrganizationCommand({}));
      assert.match(Organization?.MasterAccountId ?? '', /^\d{12}$/);
      assert.notEqual(Organization?.MasterAccountId, accountId);
    },
  },
  {
    id: 'organizations.delegated-administrators',
    says: 'A delegated administrator may ask who administers IAM Identity Center.',
    source: `${api}/API_ListDelegatedAdministrators.html`,
    async check(place) {
      const pages = paginateListDelegatedAdministrators({ client: place.clients.organizations }, { ServicePrincipal: 'sso.amazonaws.com' });
      const administrators = await every(pages, ({ DelegatedAdministrators }) => DelegatedAdministrators);
      assert.equal(administrators.length, 1);
      assert.match(administrators[0]?.Id ?? '', /^\d{12}$/);
    },
  },
  {
    id: 'organizations.members-may-not-read',
    says: 'A caller in an account that administers nothing may describe the organization and read nothing else of it.',
    source: `${api}/API_ListAccounts.html`,
    async check(place) {
      const member = await place.organizationsAsMember();
      await member.send(new DescribeOrganizationCommand({}));
      await refusal(member.send(new ListRootsCommand({})), /^AccessDeniedException$/);
    },
  },
];
