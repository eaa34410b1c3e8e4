import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribeInstanceCommand,
  DescribePermissionSetCommand,
  paginateListAccountAssignmentCreationStatus,
  paginateListAccountAssignmentDeletionStatus,
  paginateListAccountAssignments,
  type AccountAssignmentOperationStatus,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { Answer, CallAnswer, DirectoryFor, OperationStatus } from '../application/ports.ts';
import type { AssignmentId, Operation } from '../domain/assignment.ts';
import { longestSessionMinutes, reasonOf } from '../domain/facts.ts';
import { meaningOf } from './identity-center-errors.ts';

/**
 * Identity Center through the SSO Admin API. Reads use `ListAccountAssignments`: the call per principal works from the management
 * account only. The client must try each call once: whether to try again is decided by who knows what the first try may have done.
 */
export function identityCenterAssignments(client: SSOAdminClient, instanceArn: string): DirectoryFor {
  return (onCall) => directoryOf(client, { InstanceArn: instanceArn }, onCall);
}

function directoryOf(client: SSOAdminClient, instance: { InstanceArn: string }, onCall: () => void): ReturnType<DirectoryFor> {
  const call = <T>(made: () => Promise<T>): Promise<T> => {
    onCall();
    return made();
  };
  /** Pages of a list: a call for the first, and one for each that another announces and somebody still wants. */
  async function* paged<Page extends { NextToken?: string | undefined }>(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
    onCall();
    for await (const page of pages) {
      yield page;
      if (page.NextToken !== undefined) onCall();
    }
  }

  const statusFrom = async (kind: Operation['kind'], id: string): Promise<AccountAssignmentOperationStatus | undefined> => {
    if (kind === 'create') {
      const command = new DescribeAccountAssignmentCreationStatusCommand({ ...instance, AccountAssignmentCreationRequestId: id });
      return (await call(() => client.send(command))).AccountAssignmentCreationStatus;
    }
    const command = new DescribeAccountAssignmentDeletionStatusCommand({ ...instance, AccountAssignmentDeletionRequestId: id });
    return (await call(() => client.send(command))).AccountAssignmentDeletionStatus;
  };

  /** Ids of all operations of a kind that are under way, whoever began them. Lists say nothing else about them. */
  const idsInProgress = async (kind: Operation['kind']): Promise<string[]> => {
    const ids: (string | undefined)[] = [];
    const input = { ...instance, Filter: { Status: 'IN_PROGRESS' as const } };
    if (kind === 'create') {
      for await (const page of paged(paginateListAccountAssignmentCreationStatus({ client }, input))) {
        ids.push(...(page.AccountAssignmentsCreationStatus ?? []).map((status) => status.RequestId));
      }
    } else {
      for await (const page of paged(paginateListAccountAssignmentDeletionStatus({ client }, input))) {
        ids.push(...(page.AccountAssignmentsDeletionStatus ?? []).map((status) => status.RequestId));
      }
    }
    return ids.filter((id) => id !== undefined);
  };

  const listed = async ({ principalId, accountId, permissionSetArn }: AssignmentId): Promise<boolean> => {
    const input = { ...instance, AccountId: accountId, PermissionSetArn: permissionSetArn };
    for await (const page of paged(paginateListAccountAssignments({ client, pageSize: 100 }, input))) {
      const found = page.AccountAssignments?.some((item) => item.PrincipalType === 'USER' && sameId(item.PrincipalId, principalId));
      if (found === true) return true;
    }
    return false;
  };

  /** An account or permission set that is gone has no assignments, but an instance that is not ours has not told us so. */
  const listedIfThere = async (assignment: AssignmentId): Promise<boolean> => {
    try {
      return await listed(assignment);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await call(() => client.send(new DescribeInstanceCommand(instance)));
      return false;
    }
  };

  return {
    create: (assignment) =>
      called(async () => (await call(() => client.send(new CreateAccountAssignmentCommand(inputOf(instance, assignment))))).AccountAssignmentCreationStatus),
    remove: (assignment) =>
      called(async () => (await call(() => client.send(new DeleteAccountAssignmentCommand(inputOf(instance, assignment))))).AccountAssignmentDeletionStatus),
    statusOf: (kind, awsRequestId) => asked(async () => statusOf(kind, await statusFrom(kind, awsRequestId).catch(undefinedIfNotFound))),
    inProgress: (kind) => asked(async () => new Set(await idsInProgress(kind))),
    findInProgress: (kind, assignment) =>
      asked(async () => {
        for (const id of await idsInProgress(kind)) {
          const status = await statusFrom(kind, id).catch(undefinedIfNotFound);
          if (status !== undefined && isFor(status, assignment)) return id;
        }
        return undefined;
      }),
    isPresent: (assignment) => asked(() => listedIfThere(assignment)),
    sessionMinutes: (permissionSetArn) =>
      asked(async () => {
        const command = new DescribePermissionSetCommand({ ...instance, PermissionSetArn: permissionSetArn });
        const { PermissionSet } = await call(() => client.send(command));
        return minutesOf(PermissionSet?.SessionDuration);
      }),
  };
}

/**
 * Minutes of a session's length as AWS writes it (`PT8H30M`), part of a minute counting whole. One hour where nothing is set, and the
 * longest that AWS allows where it cannot be read: credentials must never be called useless too early.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html
 */
function minutesOf(duration = 'PT1H'): number {
  const [matched, hours = '0', minutes = '0', seconds = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  const total = Number(hours) * 60 + Number(minutes) + Math.ceil(Number(seconds) / 60);
  return matched === undefined || total === 0 ? longestSessionMinutes : total;
}

const inputOf = (instance: { InstanceArn: string }, { principalId, accountId, permissionSetArn }: AssignmentId) => ({
  ...instance,
  TargetId: accountId,
  TargetType: 'AWS_ACCOUNT' as const,
  PermissionSetArn: permissionSetArn,
  PrincipalType: 'USER' as const,
  PrincipalId: principalId,
});

const sameId = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

const isFor = (status: AccountAssignmentOperationStatus, { principalId, accountId, permissionSetArn }: AssignmentId): boolean =>
  status.TargetId === accountId &&
  status.PermissionSetArn === permissionSetArn &&
  status.PrincipalType === 'USER' &&
  sameId(status.PrincipalId, principalId);

const isNotFound = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

function undefinedIfNotFound(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
  return undefined;
}

function statusOf(kind: Operation['kind'], status: AccountAssignmentOperationStatus | undefined): OperationStatus {
  switch (status?.Status) {
    case 'SUCCEEDED':
      return { status: 'succeeded' };
    case 'FAILED':
      return { status: 'failed', reason: reasonOf('ERR_IDENTITY_CENTER_FAILED', status.FailureReason ?? `Identity Center gave no reason why it did not ${kind}`) };
    case 'IN_PROGRESS':
      return { status: 'in-progress' };
    default:
      return { status: 'forgotten' };
  }
}

async function called(call: () => Promise<AccountAssignmentOperationStatus | undefined>): Promise<CallAnswer> {
  try {
    const awsRequestId = (await call())?.RequestId;
    if (awsRequestId !== undefined) return { kind: 'accepted', awsRequestId };
    return { kind: 'unclear', reason: reasonOf('ERR_IDENTITY_CENTER_NO_ID', 'Identity Center took a call and gave no id of it') };
  } catch (error) {
    const meaning = meaningOf(error);
    return meaning.kind === 'refused' ? meaning : { kind: 'unclear', reason: meaning.reason };
  }
}

async function asked<T>(question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { answered: true, value: await question() };
  } catch (error) {
    const meaning = meaningOf(error);
    return { answered: false, down: meaning.kind === 'silent' || meaning.throttled, reason: meaning.reason };
  }
}
