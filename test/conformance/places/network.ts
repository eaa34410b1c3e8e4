import { setTimeout as delay } from 'node:timers/promises';
import { CreateGroupCommand, CreateGroupMembershipCommand, CreateUserCommand, DeleteGroupCommand, DeleteUserCommand } from '@aws-sdk/client-identitystore';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { Untried } from '../belief.ts';
import type { Clients, Place, PlaceKind, Surroundings } from '../place.ts';
import type { Sandbox } from '../sandbox.ts';

/** What differs between a real account and an imitation of one. */
export type Named = Pick<Surroundings, 'identityCenter' | 'signingKeyAlias' | 'suspendedAccountId' | 'organizationsAsMember'>;

/** A place that is reached over a network, in real time. What is made there is removed when the sandbox is emptied. */
export function networkPlace(kind: PlaceKind, clients: Clients, sandbox: Sandbox, named: Named): Place {
  const { identityStore, sqs } = clients;
  const store = async (): Promise<string> => (await named.identityCenter()).identityStoreId;
  return {
    ...named,
    kind,
    clients,
    sandbox,
    pass: (seconds) => delay(seconds * 1_000),
    async newUser(UserName) {
      const IdentityStoreId = await store();
      const person = { UserName, DisplayName: UserName, Name: { GivenName: 'TEAM', FamilyName: 'Conformance' } };
      const { UserId = '' } = await unlessForeign(identityStore.send(new CreateUserCommand({ IdentityStoreId, ...person })));
      sandbox.removeLater(`user ${UserName}`, () => unlessGone(identityStore.send(new DeleteUserCommand({ IdentityStoreId, UserId }))));
      return UserId;
    },
    async removeUser(UserId) {
      await identityStore.send(new DeleteUserCommand({ IdentityStoreId: await store(), UserId }));
    },
    async newGroup(DisplayName) {
      const IdentityStoreId = await store();
      const { GroupId = '' } = await unlessForeign(identityStore.send(new CreateGroupCommand({ IdentityStoreId, DisplayName })));
      sandbox.removeLater(`group ${DisplayName}`, () => identityStore.send(new DeleteGroupCommand({ IdentityStoreId, GroupId })));
      return GroupId;
    },
    async addMember(GroupId, UserId) {
      await identityStore.send(new CreateGroupMembershipCommand({ IdentityStoreId: await store(), GroupId, MemberId: { UserId } }));
    },
    async letBusDeliver(QueueUrl, queueArn, ruleArn) {
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(queuePolicy(queueArn, ruleArn)) } }));
    },
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions */
const queuePolicy = (queueArn: string, ruleArn: string): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    },
  ],
});

/** Users and groups that come from an identity provider outside are not made here. */
async function unlessForeign<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && /^(AccessDenied|Validation)Exception$/.test(error.name)) throw new Untried(`this identity store takes no new users or groups (${error.name})`);
    throw error;
  }
}

async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
  }
}
