import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../cloud/aws-error.ts';
import type { JsonObject } from '../cloud/json.ts';
import type { Call } from '../cloud/stand-in.ts';
import { parseInput, type Action } from './input.ts';
import { membershipKey, type OrganizationState } from './organization-state.ts';
import type { Group, GroupMembership, User } from './organization.ts';
import { pageOf, pageRequest } from './paging.ts';

const id = z.string().min(1).max(47);
const IdentityStoreId = z.string().min(1).max(36);
const MemberId = z.object({ UserId: id });
const list = { IdentityStoreId, ...pageRequest };
const AlternateIdentifier = z.object({
  UniqueAttribute: z.object({ AttributePath: z.string().min(1).max(255), AttributeValue: z.string().min(1).max(1024) }),
});
const filtered = (attribute: string) =>
  z.object({
    ...list,
    Filters: z.array(z.object({ AttributePath: z.literal(attribute), AttributeValue: z.string().min(1).max(1024) })).max(1).optional(),
  });

const inputs = {
  listUsers: filtered('UserName'),
  listGroups: filtered('DisplayName'),
  user: z.object({ IdentityStoreId, UserId: id, Extensions: z.array(z.string().regex(/^aws:identitystore:[a-z]{1,20}$/)).min(1).max(10).optional() }),
  group: z.object({ IdentityStoreId, GroupId: id }),
  alternate: z.object({ IdentityStoreId, AlternateIdentifier }),
  memberships: z.object({ ...list, GroupId: id }),
  membershipsForMember: z.object({ ...list, MemberId }),
  // At most 100 groups: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_IsMemberInGroups.html
  isMember: z.object({ IdentityStoreId, MemberId, GroupIds: z.array(id).min(1).max(100) }),
};

/** The actions of https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_Operations.html that read. */
export function identityStoreActions(state: OrganizationState): ReadonlyMap<string, Action> {
  const storeId = state.settings.IdentityStoreId;

  const read = <S extends z.ZodType<{ IdentityStoreId: string }>>(schema: S, call: Call): z.infer<S> => {
    const input = parseInput(schema, call);
    if (input.IdentityStoreId !== storeId) throw notFound('IDENTITY_STORE', input.IdentityStoreId);
    return input;
  };
  const user = (userId: string): User => state.users.get(userId) ?? raise(notFound('USER', userId));
  const group = (groupId: string): Group => state.groups.get(groupId) ?? raise(notFound('GROUP', groupId));
  const pages = (name: string) => ({ list: name, size: 100, invalidToken: 'ValidationException' });
  const inStore = (item: Group): JsonObject => ({ ...item, IdentityStoreId: storeId });
  const userInStore = ({ Manager: _manager, ...item }: User): JsonObject => ({ ...item, IdentityStoreId: storeId });
  const membership = (item: GroupMembership): JsonObject => ({ ...item, IdentityStoreId: storeId, MembershipId: membershipId(item) });

  return new Map<string, Action>([
    [
      'ListUsers',
      (call) => {
        const input = read(inputs.listUsers, call);
        const name = input.Filters?.[0]?.AttributeValue;
        const found = where(state.users.entries(), (item) => name === undefined || item.UserName === name);
        const { items, ...rest } = pageOf(found, input, pages(`users ${name ?? ''}`));
        return { Users: items.map(userInStore), ...rest };
      },
    ],
    [
      'DescribeUser',
      (call) => {
        const { UserId, Extensions = [] } = read(inputs.user, call);
        return { ...userInStore(user(UserId)), ...extensionsOf(user(UserId), Extensions) };
      },
    ],
    [
      'GetUserId',
      (call) => {
        const { AttributePath, AttributeValue } = read(inputs.alternate, call).AlternateIdentifier.UniqueAttribute;
        // AWS does not document how it compares; exactly is the stricter reading, and who must fold case has to do it itself.
        const found = [...state.users.values()].find((item) =>
          AttributePath.toLowerCase() === 'username'
            ? item.UserName === AttributeValue
            : AttributePath.toLowerCase() === 'emails.value'
              ? item.Emails.some((email) => email.Value === AttributeValue)
              : raise(new AwsError('ValidationException', `The attribute path ${AttributePath} is not one of userName, emails.value`)),
        );
        return found === undefined ? raise(notFound('USER', AttributeValue)) : { IdentityStoreId: storeId, UserId: found.UserId };
      },
    ],
    [
      'ListGroups',
      (call) => {
        const input = read(inputs.listGroups, call);
        const name = input.Filters?.[0]?.AttributeValue;
        const found = where(state.groups.entries(), (item) => name === undefined || item.DisplayName === name);
        const { items, ...rest } = pageOf(found, input, pages(`groups ${name ?? ''}`));
        return { Groups: items.map(inStore), ...rest };
      },
    ],
    ['DescribeGroup', (call) => inStore(group(read(inputs.group, call).GroupId))],
    [
      'GetGroupId',
      (call) => {
        const { AttributePath, AttributeValue } = read(inputs.alternate, call).AlternateIdentifier.UniqueAttribute;
        if (AttributePath.toLowerCase() !== 'displayname') {
          throw new AwsError('ValidationException', `The attribute path ${AttributePath} is not displayName`);
        }
        const found = [...state.groups.values()].find((item) => item.DisplayName === AttributeValue);
        return found === undefined ? raise(notFound('GROUP', AttributeValue)) : { IdentityStoreId: storeId, GroupId: found.GroupId };
      },
    ],
    [
      'ListGroupMemberships',
      (call) => {
        const input = read(inputs.memberships, call);
        group(input.GroupId);
        const members = where(state.memberships.entries(), (item) => item.GroupId === input.GroupId);
        const { items, ...rest } = pageOf(members, input, pages(`memberships ${input.GroupId}`));
        return { GroupMemberships: items.map(membership), ...rest };
      },
    ],
    [
      'ListGroupMembershipsForMember',
      (call) => {
        const input = read(inputs.membershipsForMember, call);
        const { UserId } = user(input.MemberId.UserId);
        const groups = where(state.memberships.entries(), (item) => item.MemberId.UserId === UserId);
        const { items, ...rest } = pageOf(groups, input, pages(`memberships of ${UserId}`));
        return { GroupMemberships: items.map(membership), ...rest };
      },
    ],
    [
      'IsMemberInGroups',
      (call) => {
        const input = read(inputs.isMember, call);
        const { UserId } = user(input.MemberId.UserId);
        const Results = input.GroupIds.map((groupId) => ({
          GroupId: group(groupId).GroupId,
          MemberId: { UserId },
          MembershipExists: state.memberships.has(membershipKey(groupId, UserId)),
        }));
        return { Results };
      },
    ],
  ]);
}

const enterprise = 'aws:identitystore:enterprise';

/** The one extension there is, if it is asked for and the user has it. AWS documents no members of it; these are SCIM's (RFC 7643 §4.3). */
function extensionsOf({ Manager }: User, asked: readonly string[]): JsonObject {
  const other = asked.find((name) => name !== enterprise);
  if (other !== undefined) throw new AwsError('ValidationException', `${other} is not a supported extension`);
  return asked.length === 0 || Manager === undefined ? {} : { Extensions: { [enterprise]: { manager: { value: Manager } } } };
}

function* where<T>(entries: Iterable<[string, T]>, matches: (item: T) => boolean): Iterable<[string, T]> {
  for (const entry of entries) if (matches(entry[1])) yield entry;
}

const raise = (error: Error): never => {
  throw error;
};

const notFound = (type: 'USER' | 'GROUP' | 'IDENTITY_STORE', id: string): AwsError =>
  new AwsError('ResourceNotFoundException', `${type} not found.`, 400, { ResourceType: type, ResourceId: id });

// The same membership has the same id at every look, without one being stored.
const membershipId = (item: GroupMembership): string =>
  createHash('sha256')
    .update(membershipKey(item.GroupId, item.MemberId.UserId))
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
