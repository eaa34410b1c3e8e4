import { GetCommand, paginateQuery, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CheckpointLedger } from '../application/ports/checkpoints.ts';
import { headIn, headItemOf, type Item } from './record-item.ts';

const latestKey = 'latest';
const firstKey = 'first';
const chainKey = (chain: string): string => `chain#${chain}`;

/** What is remembered of checkpoints, in the table `checkpoints`, and which heads moved, by an index of the table `heads`. */
export function createCheckpointLedger(client: DynamoDBDocumentClient, tables: { readonly checkpoints: string; readonly heads: string }): CheckpointLedger {
  const get = async (pk: string): Promise<Item | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: tables.checkpoints, Key: { pk }, ConsistentRead: true }));
    return Item;
  };
  /** Writes an item unless one of its number or a later one stands. */
  const forward = async (item: Item & { readonly number: number }): Promise<void> => {
    const condition = 'attribute_not_exists(pk) OR #number < :number';
    const names = { '#number': 'number' };
    try {
      await client.send(
        new PutCommand({ TableName: tables.checkpoints, Item: item, ConditionExpression: condition, ExpressionAttributeNames: names, ExpressionAttributeValues: { ':number': item.number } }),
      );
    } catch (error) {
      // Somebody was here already: what stands is as good, or newer.
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
    }
  };

  return {
    async latest() {
      const item = await get(latestKey);
      if (item === undefined) return undefined;
      return { number: Number(item['number']), hour: String(item['hour']), digest: String(item['digest']), total: Number(item['total']) };
    },
    async first(hour) {
      await forward({ pk: firstKey, number: 1, hour });
      return String((await get(firstKey))?.['hour']);
    },
    advance: (latest) => forward({ pk: latestKey, ...latest }),
    async listed(chain) {
      const item = await get(chainKey(chain));
      return item === undefined ? undefined : { number: Number(item['number']), hour: String(item['hour']), head: headIn(item) };
    },
    remember: (chain, { number, hour, head }) => forward({ ...headItemOf(chainKey(chain), head), number, hour }),
    async *moved(hour) {
      const input = { TableName: tables.heads, IndexName: 'moved', KeyConditionExpression: 'movedHour = :hour', ExpressionAttributeValues: { ':hour': hour } };
      for await (const { Items = [] } of paginateQuery({ client }, input)) for (const { pk } of Items) yield String(pk);
    },
  };
}
