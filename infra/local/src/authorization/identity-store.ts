import type { JsonObject } from '../cloud/json.ts';
import { isObject, textIn, type Ground, type Need, type ServiceReference } from './authorization.ts';

type Part = (input: JsonObject, ground: Ground) => readonly Need[];

/** The store belongs to the account of the instance: the management account. */
const store: Part = (input, { organization }) => [
  { resource: `arn:aws:identitystore::${organization.ManagementAccountId}:identitystore/${textIn(input, 'IdentityStoreId')}` },
];
const arn = (kind: 'user' | 'group' | 'membership', id: string): Need => ({ resource: `arn:aws:identitystore:::${kind}/${id}` });
const all = (kind: 'user' | 'group' | 'membership'): Part => () => [arn(kind, '*')];
const user: Part = (input) => [arn('user', textIn(input, 'UserId'))];
const group: Part = (input) => [arn('group', textIn(input, 'GroupId'))];
const member: Part = ({ MemberId }) => [arn('user', textIn(isObject(MemberId) ? MemberId : {}, 'UserId'))];
const groups: Part = ({ GroupIds }) => (Array.isArray(GroupIds) ? GroupIds : []).flatMap((id) => (typeof id === 'string' ? [arn('group', id)] : []));
const on = (...parts: Part[]): Part => (input, ground) => [store, ...parts].flatMap((part) => part(input, ground));

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentitystore.html */
export const identityStore: ServiceReference = {
  prefix: 'identitystore',
  owner: 'caller',
  actions: {
    ListUsers: on(all('user')),
    DescribeUser: on(user),
    GetUserId: on(all('user')),
    ListGroups: on(all('group')),
    DescribeGroup: on(group),
    GetGroupId: on(all('group')),
    ListGroupMemberships: on(group, all('membership')),
    ListGroupMembershipsForMember: on(member, all('membership')),
    IsMemberInGroups: on(member, groups, all('membership')),
  },
};
