import { DeleteCommand, GetCommand, paginateQuery, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { recordedEvent, type RecordedEvent } from '../../../story/src/recorded-event.ts';
import { requestRow } from '../contract/index.ts';
import type { ListEntry, ReadModelStore } from '../application/read-model.ts';

/** Physical names of the tables of the read model. */
export interface ReadModelTables {
  readonly events: string;
  readonly requests: string;
  readonly lists: string;
}

const ids = z.array(z.string()).readonly();
const openStage = z.object({ approvers: z.object({ groupIds: ids, userIds: ids }), counted: ids });
const entry = z.object({ list: z.string(), place: z.string() });
export const storedRow = z.object({ row: requestRow, place: z.string(), lists: z.array(z.string()), left: z.array(entry), version: z.int(), ownIds: ids.optional(), openStages: z.array(openStage).readonly().optional() });

/** Writes on their way at once: a request for fifty targets stands in some seventy lists. */
const most = 16;

/** The read model in three tables. */
export function readModelTables(client: DynamoDBDocumentClient, tables: ReadModelTables): ReadModelStore {
  /** False where the condition does not hold. */
  async function held(write: Promise<unknown>): Promise<boolean> {
    try {
      await write;
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  return {
    async keepEvent(requestId, event) {
      await held(client.send(new PutCommand({ TableName: tables.events, Item: { pk: requestId, eventId: event.eventId, event }, ConditionExpression: 'attribute_not_exists(pk)' })));
    },
    async eventsOf(requestId) {
      const events: RecordedEvent[] = [];
      const query = { TableName: tables.events, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': requestId }, ConsistentRead: true };
      for await (const { Items = [] } of paginateQuery({ client }, query)) events.push(...Items.map(({ event }) => recordedEvent.parse(event)));
      return events;
    },
    async row(requestId) {
      const { Item } = await client.send(new GetCommand({ TableName: tables.requests, Key: { pk: requestId }, ConsistentRead: true }));
      return Item === undefined ? undefined : storedRow.parse(Item);
    },
    putRow: (requestId, row) =>
      held(
        client.send(
          new PutCommand({
            TableName: tables.requests,
            Item: { pk: requestId, ...row },
            ConditionExpression: 'attribute_not_exists(pk) OR version = :before',
            ExpressionAttributeValues: { ':before': row.version - 1 },
          }),
        ),
      ),
    addEntries: (entries, requestId, version) =>
      each(entries, ({ list, place }) => {
        const Item = { pk: list, place, requestId, version };
        return held(client.send(new PutCommand({ TableName: tables.lists, Item, ConditionExpression: 'attribute_not_exists(pk) OR version < :version', ExpressionAttributeValues: { ':version': version } })));
      }),
    removeEntries: (entries, version) =>
      each(entries, ({ list, place }) => {
        const Key = { pk: list, place };
        return held(client.send(new DeleteCommand({ TableName: tables.lists, Key, ConditionExpression: 'attribute_not_exists(pk) OR version <= :version', ExpressionAttributeValues: { ':version': version } })));
      }),
  };
}

async function each(entries: readonly ListEntry[], write: (entry: ListEntry) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < entries.length; from += most) await Promise.all(entries.slice(from, from + most).map(write));
}
