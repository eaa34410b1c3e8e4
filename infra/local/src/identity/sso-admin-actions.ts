import * as z from 'zod';
import { AwsError } from '../cloud/aws-error.ts';
import type { JsonObject } from '../cloud/json.ts';
import type { Call } from '../cloud/stand-in.ts';
import { operationStatus, type AssignmentOperations, type Operation, type OperationKind } from './assignment-operations.ts';
import { parseInput, type Action } from './input.ts';
import { assignmentKey, membershipKey, type OrganizationState } from './organization-state.ts';
import type { AccountAssignment } from './organization.ts';
import { pageOf, pageRequest, type PageRequest } from './paging.ts';

const InstanceArn = z.string().regex(/^arn:aws[a-z-]*:sso:::instance\/(sso)?ins-[a-zA-Z0-9.-]{16}$/);
const PermissionSetArn = z.string().regex(/^arn:aws[a-z-]*:sso:::permissionSet\/(sso)?ins-[a-zA-Z0-9.-]{16}\/ps-[a-zA-Z0-9./-]{16}$/);
const AccountId = z.string().regex(/^\d{12}$/);
const PrincipalType = z.enum(['USER', 'GROUP']);
const PrincipalId = z.string().regex(/^([0-9a-f]{10}-)?[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/);
const requestId = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const list = { InstanceArn, ...pageRequest };

const inputs = {
  instances: z.object(pageRequest),
  instance: z.object({ InstanceArn }),
  list: z.object(list),
  permissionSet: z.object({ InstanceArn, PermissionSetArn }),
  ofPermissionSet: z.object({ ...list, PermissionSetArn }),
  ofAccount: z.object({ ...list, AccountId }),
  assignments: z.object({ ...list, AccountId, PermissionSetArn }),
  ofPrincipal: z.object({ ...list, PrincipalId, PrincipalType, Filter: z.object({ AccountId: AccountId.optional() }).optional() }),
  change: z.object({
    InstanceArn,
    TargetId: AccountId,
    TargetType: z.literal('AWS_ACCOUNT'),
    PermissionSetArn,
    PrincipalType,
    PrincipalId,
  }),
  tags: z.object({ InstanceArn: InstanceArn.optional(), ResourceArn: z.union([PermissionSetArn, InstanceArn]), NextToken: pageRequest.NextToken }),
  creationStatus: z.object({ InstanceArn, AccountAssignmentCreationRequestId: requestId }),
  deletionStatus: z.object({ InstanceArn, AccountAssignmentDeletionRequestId: requestId }),
  statuses: z.object({ ...list, Filter: z.object({ Status: z.enum(['IN_PROGRESS', 'SUCCEEDED', 'FAILED']).optional() }).optional() }),
};

/** AWS states no size, and takes none: ours is small, so that whoever forgets the second page is found out. */
const tagsOnPage = 10;

/** The actions of https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_Operations.html that assign and read. */
export function ssoAdminActions(state: OrganizationState, operations: AssignmentOperations): ReadonlyMap<string, Action> {
  const { settings } = state;
  const instance = {
    InstanceArn: settings.InstanceArn,
    IdentityStoreId: settings.IdentityStoreId,
    OwnerAccountId: settings.ManagementAccountId,
    Status: 'ACTIVE',
  };

  // The management account and the delegated administrator: https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html
  const read = <S extends z.ZodType>(schema: S, call: Call): z.infer<S> => {
    const { accountId, roleArn } = call.caller;
    if (accountId !== settings.ManagementAccountId && accountId !== settings.DelegatedAdministratorAccountId) {
      throw denied(`User: ${roleArn} is not authorized to perform: sso:${call.action}`);
    }
    return parseInput(schema, call);
  };
  const readIn = <S extends z.ZodType<{ InstanceArn: string }>>(schema: S, call: Call): z.infer<S> => {
    const input = read(schema, call);
    if (input.InstanceArn !== settings.InstanceArn) throw notFound(`Instance ${input.InstanceArn}`);
    return input;
  };
  const requirePermissionSet = (arn: string) => {
    const set = state.permissionSets.get(arn);
    if (set === undefined) throw notFound(`PermissionSet ${arn}`);
    return set;
  };
  const requireAccount = (id: string): void => {
    if (!state.accounts.has(id)) throw notFound(`Account ${id}`);
  };
  const page = <T>(name: string, entries: Iterable<[string, T]>, input: PageRequest) =>
    pageOf(entries, input, { list: name, size: 100, invalidToken: 'ValidationException' });
  const assigned = (matches: (assignment: AccountAssignment) => boolean): AccountAssignment[] =>
    [...state.assignments.values()].filter(matches);
  /** A permission set is provisioned where an assignment needs it; the last one to go takes the role with it. */
  const provisioned = (accountId: string): Set<string> =>
    new Set(assigned((assignment) => assignment.AccountId === accountId).map((assignment) => assignment.PermissionSetArn));

  const change = (kind: OperationKind, call: Call): JsonObject => {
    const { TargetId, PermissionSetArn, PrincipalType, PrincipalId } = readIn(inputs.change, call);
    requirePermissionSet(PermissionSetArn);
    requireAccount(TargetId);
    refuseManagementAccount(TargetId, PermissionSetArn, call);
    return operationStatus(operations.start(kind, { AccountId: TargetId, PermissionSetArn, PrincipalType, PrincipalId }));
  };
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html: a delegated administrator manages neither the
  // management account nor permission sets provisioned there.
  const refuseManagementAccount = (accountId: string, permissionSetArn: string, call: Call): void => {
    if (call.caller.accountId === settings.ManagementAccountId) return;
    if (accountId === settings.ManagementAccountId) throw denied('A delegated administrator cannot assign in the management account');
    if (provisioned(settings.ManagementAccountId).has(permissionSetArn)) {
      throw denied(`A delegated administrator cannot manage ${permissionSetArn}: it is provisioned in the management account`);
    }
  };
  const status = (kind: OperationKind, id: string): JsonObject => {
    const operation = operations.find(kind, id);
    if (operation === undefined) throw notFound(`Request ${id}`);
    return operationStatus(operation);
  };
  // https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListTagsForResource.html; the instance bears none here.
  const tagsOf = (call: Call): JsonObject => {
    const { InstanceArn = settings.InstanceArn, ResourceArn, NextToken } = read(inputs.tags, call);
    if (InstanceArn !== settings.InstanceArn) throw notFound(`Instance ${InstanceArn}`);
    const { Tags = [] } = ResourceArn === settings.InstanceArn ? {} : requirePermissionSet(ResourceArn);
    const { items, ...rest } = page(`tags of ${ResourceArn}`, Tags.map((tag) => [tag.Key, tag]), { NextToken, MaxResults: tagsOnPage });
    return { Tags: items, ...rest };
  };
  const statuses = (kind: OperationKind, call: Call) => {
    const input = readIn(inputs.statuses, call);
    const wanted = input.Filter?.Status;
    const found = operations.all(kind).filter(([, operation]) => wanted === undefined || operation.status === wanted);
    const { items, ...rest } = page(`${kind} ${wanted ?? 'all'}`, found, input);
    return { items: items.map(summary), rest };
  };

  return new Map<string, Action>([
    [
      'ListInstances',
      (call) => {
        const { items, ...rest } = page('instances', [[settings.InstanceArn, instance]], read(inputs.instances, call));
        return { Instances: items, ...rest };
      },
    ],
    [
      'DescribeInstance',
      (call) => {
        readIn(inputs.instance, call);
        return instance;
      },
    ],
    [
      'ListPermissionSets',
      (call) => {
        const { items, ...rest } = page('permission sets', state.permissionSets.entries(), readIn(inputs.list, call));
        return { PermissionSets: items.map((set) => set.PermissionSetArn), ...rest };
      },
    ],
    [
      'DescribePermissionSet',
      (call) => {
        const { Tags: _, ...PermissionSet } = requirePermissionSet(readIn(inputs.permissionSet, call).PermissionSetArn);
        return { PermissionSet };
      },
    ],
    ['ListTagsForResource', (call) => tagsOf(call)],
    [
      'ListPermissionSetsProvisionedToAccount',
      (call) => {
        const input = readIn(inputs.ofAccount, call);
        requireAccount(input.AccountId);
        const { items, ...rest } = page(`permission sets in ${input.AccountId}`, provisioned(input.AccountId).entries(), input);
        return { PermissionSets: items, ...rest };
      },
    ],
    [
      'ListAccountsForProvisionedPermissionSet',
      (call) => {
        const input = readIn(inputs.ofPermissionSet, call);
        const { PermissionSetArn } = requirePermissionSet(input.PermissionSetArn);
        const users = assigned((assignment) => assignment.PermissionSetArn === PermissionSetArn);
        const accounts = new Set(users.map((assignment) => assignment.AccountId));
        const { items, ...rest } = page(`accounts of ${PermissionSetArn}`, accounts.entries(), input);
        return { AccountIds: items, ...rest };
      },
    ],
    ['CreateAccountAssignment', (call) => ({ AccountAssignmentCreationStatus: change('creation', call) })],
    ['DeleteAccountAssignment', (call) => ({ AccountAssignmentDeletionStatus: change('deletion', call) })],
    [
      'DescribeAccountAssignmentCreationStatus',
      (call) => ({
        AccountAssignmentCreationStatus: status('creation', readIn(inputs.creationStatus, call).AccountAssignmentCreationRequestId),
      }),
    ],
    [
      'DescribeAccountAssignmentDeletionStatus',
      (call) => ({
        AccountAssignmentDeletionStatus: status('deletion', readIn(inputs.deletionStatus, call).AccountAssignmentDeletionRequestId),
      }),
    ],
    [
      'ListAccountAssignmentCreationStatus',
      (call) => {
        const { items, rest } = statuses('creation', call);
        return { AccountAssignmentsCreationStatus: items, ...rest };
      },
    ],
    [
      'ListAccountAssignmentDeletionStatus',
      (call) => {
        const { items, rest } = statuses('deletion', call);
        return { AccountAssignmentsDeletionStatus: items, ...rest };
      },
    ],
    [
      'ListAccountAssignments',
      (call) => {
        const input = readIn(inputs.assignments, call);
        const { PermissionSetArn } = requirePermissionSet(input.PermissionSetArn);
        requireAccount(input.AccountId);
        const found = assigned((item) => item.AccountId === input.AccountId && item.PermissionSetArn === PermissionSetArn);
        const { items, ...rest } = page(`assignments ${input.AccountId} ${PermissionSetArn}`, keyed(found), input);
        return { AccountAssignments: items, ...rest };
      },
    ],
    [
      'ListAccountAssignmentsForPrincipal',
      (call) => {
        // https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignmentsForPrincipal.html
        if (call.caller.accountId !== settings.ManagementAccountId) {
          throw denied(`${call.action} is called from the management account only`);
        }
        const input = readIn(inputs.ofPrincipal, call);
        // A user's list holds what the user has through groups as well.
        const mine = (assignment: AccountAssignment): boolean =>
          assignment.PrincipalId === input.PrincipalId ||
          (input.PrincipalType === 'USER' && state.memberships.has(membershipKey(assignment.PrincipalId, input.PrincipalId)));
        const accountId = input.Filter?.AccountId;
        const found = assigned((assignment) => mine(assignment) && (accountId === undefined || assignment.AccountId === accountId));
        const { items, ...rest } = page(`assignments of ${input.PrincipalId} ${accountId ?? ''}`, keyed(found), input);
        return { AccountAssignments: items, ...rest };
      },
    ],
  ]);
}

const keyed = (assignments: AccountAssignment[]): [string, AccountAssignment][] =>
  assignments.map((assignment) => [assignmentKey(assignment), assignment]);

/** `AccountAssignmentOperationStatusMetadata`: lists say no more than this about an operation. */
const summary = ({ status, requestId, createdAt }: Operation): JsonObject => ({
  Status: status,
  RequestId: requestId,
  CreatedDate: createdAt / 1000,
});

const notFound = (what: string): AwsError => new AwsError('ResourceNotFoundException', `${what} does not exist`);
const denied = (why: string): AwsError => new AwsError('AccessDeniedException', why);
