import { GetCommand, PutCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TeamError, type Clock } from '@team/runtime';
import { hourOf } from '@team/trail';
import type { AppendableTrail } from '../application/ports.ts';
import { headIn, headItemOf, itemOf, recordIn, type Item } from './record-item.ts';

/** Physical names of the tables that hold the trail. */
export interface TrailTables {
  readonly records: string;
  readonly heads: string;
}

/** The trail for those who append: reads are consistent, writes conditional, nothing is ever deleted. */
export function createRecordsTable(client: DynamoDBDocumentClient, tables: TrailTables, clock: Clock): AppendableTrail {
  const { records, heads } = tables;
  const get = async (table: string, pk: string): Promise<Item | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk }, ConsistentRead: true }));
    return Item;
  };

  return {
    async store(record) {
      const put = new PutCommand({ TableName: records, Item: itemOf(record), ConditionExpression: 'attribute_not_exists(pk)' });
      if (await conditionally(client.send(put))) return { record, fresh: true };
      const item = await get(records, record.key);
      if (item === undefined) throw new TeamError('ERR_RECORD_VANISHED', `${record.key} was there and is gone`, { retryable: true });
      return { record: recordIn(item), fresh: false };
    },

    async head(chain) {
      const item = await get(heads, chain);
      return item === undefined ? undefined : headIn(item);
    },

    async record(key) {
      const item = await get(records, key);
      return item === undefined ? undefined : recordIn(item);
    },

    async place(key, place) {
      const assignments = Object.keys(place).map((name) => `#${name} = :${name}`);
      await conditionally(
        client.send(
          new UpdateCommand({
            TableName: records,
            Key: { pk: key },
            // In the same write it leaves the index of those without a place.
            UpdateExpression: `SET ${assignments.join(', ')} REMOVE unchainedShard, unchainedAt`,
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#seq)',
            ExpressionAttributeNames: Object.fromEntries(Object.keys(place).map((name) => [`#${name}`, name])),
            ExpressionAttributeValues: Object.fromEntries(Object.entries(place).map(([name, value]) => [`:${name}`, value])),
          }),
        ),
      );
    },

    advance(chain, seen, to) {
      const unmoved =
        seen === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'seq = :seen', ExpressionAttributeValues: { ':seen': seen } };
      return conditionally(client.send(new PutCommand({ TableName: heads, Item: headItemOf(chain, to, hourOf(clock())), ...unmoved })));
    },
  };
}

/** Whether a conditional write was done. */
async function conditionally(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
