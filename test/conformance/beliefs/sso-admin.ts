import assert from 'node:assert/strict';
import {
  CreatePermissionSetCommand,
  DeletePermissionSetCommand,
  DescribePermissionSetCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListTagsForResourceCommand,
  paginateListAccountAssignmentCreationStatus,
  paginateListAccountAssignmentDeletionStatus,
  paginateListTagsForResource,
} from '@aws-sdk/client-sso-admin';
import { every, refusal } from '../answers.ts';
import { assignedPages, beginCreation, beginDeletion, create, creationEnd, deletionEnd, isAssigned, remove } from '../assignments.ts';
import type { Belief } from '../belief.ts';

const api = 'https://docs.aws.amazon.com/singlesignon/latest/APIReference';
const guide = 'https://docs.aws.amazon.com/singlesignon/latest/userguide';

/** Beliefs about assignments. */
export const ssoAdminBeliefs: readonly Belief[] = [
  {
    id: 'sso.create-is-asynchronous',
    says: 'CreateAccountAssignment answers IN_PROGRESS and a request id, by which it is SUCCEEDED later; then the assignment is listed.',
    source: `${api}/API_CreateAccountAssignment.html`,
    async check(place) {
      const given = await place.identityCenter();
      const begun = await beginCreation(place, given);
      assert.equal(begun.Status, 'IN_PROGRESS');
      const { Status, FailureReason, RequestId } = await creationEnd(place, given, begun.RequestId);
      assert.deepEqual([Status, FailureReason, RequestId], ['SUCCEEDED', undefined, begun.RequestId]);
      assert.equal(await isAssigned(place.clients, given), true);
    },
  },
  {
    id: 'sso.create-what-exists',
    says: 'Creating an assignment that exists succeeds and changes nothing.',
    source: `${api}/API_CreateAccountAssignment.html`,
    notStated: 'The page says nothing of it. Provisioning looks before it creates, and reads back after any other end.',
    async check(place) {
      const given = await place.identityCenter();
      await create(place, given);
      assert.equal((await create(place, given)).Status, 'SUCCEEDED');
      assert.equal((await assignedPages(place.clients, given)).flat().filter((id) => id === given.userId).length, 1);
    },
  },
  {
    id: 'sso.delete-is-asynchronous',
    says: 'DeleteAccountAssignment answers IN_PROGRESS and a request id, by which it is SUCCEEDED later; then the assignment is not listed.',
    source: `${api}/API_DeleteAccountAssignment.html`,
    async check(place) {
      const given = await place.identityCenter();
      await create(place, given);
      const begun = await beginDeletion(place, given);
      assert.equal(begun.Status, 'IN_PROGRESS');
      assert.equal((await deletionEnd(place, given, begun.RequestId)).Status, 'SUCCEEDED');
      assert.equal(await isAssigned(place.clients, given), false);
    },
  },
  {
    id: 'sso.delete-what-does-not-exist',
    says: 'Deleting an assignment that does not exist is FAILED with a reason, or refused as not found.',
    source: `${api}/API_AccountAssignmentOperationStatus.html`,
    notStated: 'The page says only that there is a reason. Provisioning reads back after a failed deletion: absent is what was wanted.',
    async check(place) {
      const given = await place.identityCenter();
      if (await isAssigned(place.clients, given)) await remove(place, given);
      try {
        const { Status, FailureReason = '' } = await remove(place, given);
        assert.equal(Status, 'FAILED');
        assert.notEqual(FailureReason, '');
        return FailureReason;
      } catch (error) {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return `${error.name}: ${error.message}`;
        throw error;
      }
    },
  },
  {
    id: 'sso.one-operation-on-a-role',
    says: 'While a permission set is changed in an account, a second change of it there is refused with ConflictException.',
    source: `${guide}/limits.html`,
    async check(place) {
      const given = await place.identityCenter();
      if (await isAssigned(place.clients, given)) await remove(place, given);
      const other = { ...given, userId: await place.newUser(place.sandbox.name('rival')) };
      const begun = await beginCreation(place, given);
      await refusal(beginCreation(place, other), /^ConflictException$/);
      assert.equal((await creationEnd(place, given, begun.RequestId)).Status, 'SUCCEEDED');
    },
  },
  {
    id: 'sso.lists-of-operations',
    says: 'Operations are listed by status, each with the request id that it was begun with.',
    source: `${api}/API_ListAccountAssignmentCreationStatus.html`,
    async check(place) {
      const given = await place.identityCenter();
      const [created, removed] = [await create(place, given), await remove(place, given)];
      const query = { InstanceArn: given.instanceArn, Filter: { Status: 'SUCCEEDED' as const } };
      const [creations, deletions] = [new Set<unknown>(), new Set<unknown>()];
      for await (const page of paginateListAccountAssignmentCreationStatus({ client: place.clients.ssoAdmin }, query)) {
        for (const { RequestId, Status } of page.AccountAssignmentsCreationStatus ?? []) {
          assert.equal(Status, 'SUCCEEDED');
          creations.add(RequestId);
        }
      }
      for await (const page of paginateListAccountAssignmentDeletionStatus({ client: place.clients.ssoAdmin }, query)) {
        for (const { RequestId } of page.AccountAssignmentsDeletionStatus ?? []) deletions.add(RequestId);
      }
      assert.deepEqual([creations.has(created.RequestId), deletions.has(removed.RequestId)], [true, true]);
    },
  },
  {
    id: 'sso.assignments-in-pages',
    says: 'ListAccountAssignments answers in pages of the size asked for, which together hold every assignment once.',
    source: `${api}/API_ListAccountAssignments.html`,
    async check(place) {
      const given = await place.identityCenter();
      const other = { ...given, userId: await place.newUser(place.sandbox.name('second')) };
      for (const each of [given, other]) assert.equal((await create(place, each)).Status, 'SUCCEEDED');
      const pages = await assignedPages(place.clients, given, 1);
      assert.ok(pages.every((page) => page.length === 1), 'a page has more than MaxResults');
      assert.deepEqual(pages.flat().sort(), (await assignedPages(place.clients, given)).flat().sort());
      assert.ok(pages.flat().includes(given.userId) && pages.flat().includes(other.userId));
    },
  },
  {
    id: 'sso.unknown-user',
    says: 'An assignment of a user who does not exist is refused or FAILED; it never succeeds.',
    source: `${api}/API_CreateAccountAssignment.html`,
    notStated: 'The page does not say which. Provisioning takes both as the end of the attempt.',
    async check(place) {
      const given = { ...(await place.identityCenter()), userId: '00000000-0000-4000-8000-000000000000' };
      try {
        const { Status, FailureReason = '' } = await create(place, given);
        assert.equal(Status, 'FAILED');
        return FailureReason;
      } catch (error) {
        if (error instanceof Error && /^(ResourceNotFound|Validation)Exception$/.test(error.name)) return `${error.name}: ${error.message}`;
        throw error;
      }
    },
  },
  {
    id: 'sso.unknown-permission-set',
    says: 'A permission set that does not exist is not found.',
    source: `${api}/API_CreateAccountAssignment.html`,
    async check(place) {
      const given = await place.identityCenter();
      const permissionSetArn = `${given.permissionSetArn.slice(0, given.permissionSetArn.lastIndexOf('/'))}/ps-0000000000000000`;
      await refusal(beginDeletion(place, { ...given, permissionSetArn }), /^ResourceNotFoundException$/);
    },
  },
  {
    id: 'sso.by-principal-from-management-only',
    says: 'ListAccountAssignmentsForPrincipal is refused to a delegated administrator.',
    source: `${api}/API_ListAccountAssignmentsForPrincipal.html`,
    async check(place) {
      const { instanceArn: InstanceArn, userId: PrincipalId } = await place.identityCenter();
      const command = new ListAccountAssignmentsForPrincipalCommand({ InstanceArn, PrincipalId, PrincipalType: 'USER' });
      await refusal(place.clients.ssoAdmin.send(command), /^AccessDeniedException$/);
    },
  },
  {
    id: 'sso.tags',
    says: 'A delegated administrator may read the tags of a permission set, each key once; one that does not exist is not found.',
    source: `${api}/API_ListTagsForResource.html`,
    async check(place) {
      const { instanceArn: InstanceArn, permissionSetArn: ResourceArn } = await place.identityCenter();
      const { ssoAdmin: client } = place.clients;
      const keys = (await every(paginateListTagsForResource({ client }, { InstanceArn, ResourceArn }), ({ Tags }) => Tags)).map(({ Key }) => Key);
      assert.equal(new Set(keys).size, keys.length);
      const unknown = new ListTagsForResourceCommand({ InstanceArn, ResourceArn: `${ResourceArn.split('/ps-')[0] ?? ''}/ps-0000000000000000` });
      await refusal(client.send(unknown), /^ResourceNotFoundException$/);
    },
  },
  {
    id: 'sso.session-duration',
    says: 'A permission set states how long its sessions last, one hour to twelve.',
    source: `${guide}/howtosessionduration.html`,
    async check(place) {
      const { instanceArn: InstanceArn, permissionSetArn: PermissionSetArn } = await place.identityCenter();
      const { PermissionSet } = await place.clients.ssoAdmin.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }));
      const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(PermissionSet?.SessionDuration ?? '') ?? [];
      const length = Number(hours) * 60 + Number(minutes);
      assert.ok(length >= 60 && length <= 720, `SessionDuration is ${PermissionSet?.SessionDuration ?? 'not there'}`);
    },
  },
  {
    id: 'sso.session-duration-default',
    says: 'A permission set that was made without a session duration has one hour.',
    source: `${guide}/howtosessionduration.html`,
    untriedOn: { local: 'the local cloud makes no permission sets' },
    async check(place) {
      const { instanceArn: InstanceArn } = await place.identityCenter();
      const { ssoAdmin } = place.clients;
      // 32 characters at most.
      const Name = `tc-${place.sandbox.prefix.slice(-8)}`;
      const { PermissionSet } = await ssoAdmin.send(new CreatePermissionSetCommand({ InstanceArn, Name }));
      const PermissionSetArn = PermissionSet?.PermissionSetArn;
      place.sandbox.removeLater(`permission set ${Name}`, () => ssoAdmin.send(new DeletePermissionSetCommand({ InstanceArn, PermissionSetArn })));
      const described = await ssoAdmin.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }));
      assert.equal(described.PermissionSet?.SessionDuration, 'PT1H');
    },
  },
];
