import { DeleteCommand, GetCommand, PutCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { PendingSignIn, Session, SessionStore } from '../sign-in/sessions.ts';
import * as z from 'zod';

const session = z.object({
  userId: z.string(),
  userName: z.string(),
  authTime: z.number(),
  createdAt: z.number(),
  lastSeenAt: z.number(),
  endsAt: z.number(),
});

const pending = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  again: z.boolean(),
  endsAt: z.number(),
});

/**
 * Sessions and sign-ins under way in a table with the key `pk`, whose time to live is `expiresAt` (s). Reads are consistent: somebody who
 * signed out a moment ago is signed out. A kind has a prefix of its own, so that the id of one is never taken for the other's.
 */
export function sessionTable(client: DynamoDBDocumentClient, table: string): SessionStore {
  const sessionKey = (key: string) => ({ pk: `session#${key}` });
  const pendingKey = (key: string) => ({ pk: `pending#${key}` });

  return {
    async session(key) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: sessionKey(key), ConsistentRead: true }));
      return Item === undefined ? undefined : session.parse(Item);
    },

    async putSession(key, value: Session) {
      await client.send(new PutCommand({ TableName: table, Item: { ...sessionKey(key), ...value, expiresAt: seconds(value.endsAt) } }));
    },

    async touchSession(key, lastSeenAt) {
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: sessionKey(key),
            UpdateExpression: 'SET lastSeenAt = :at',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':at': lastSeenAt },
          }),
        );
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
      }
    },

    async deleteSession(key) {
      await client.send(new DeleteCommand({ TableName: table, Key: sessionKey(key) }));
    },

    async putPending(key, value: PendingSignIn) {
      await client.send(new PutCommand({ TableName: table, Item: { ...pendingKey(key), ...value, expiresAt: seconds(value.endsAt) } }));
    },

    async takePending(key) {
      const { Attributes } = await client.send(new DeleteCommand({ TableName: table, Key: pendingKey(key), ReturnValues: 'ALL_OLD' }));
      return Attributes === undefined ? undefined : pending.parse(Attributes);
    },
  };
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
