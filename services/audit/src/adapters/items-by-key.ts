import { BatchGetCommand, type BatchGetCommandInput, type BatchGetCommandOutput, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { OutageError } from '@team/runtime';
import type { Item } from './record-item.ts';

/** So many answers may pass while some are empty. An answer with something in it is progress. */
const emptyAnswers = 5;

/**
 * Items by their keys, a hundred at most, as they are now. Together they may be larger than one answer: DynamoDB says what it left out.
 * Throws `ERR_TRAIL_THROTTLED`, an outage, where it gives nothing.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export async function itemsByKey(client: DynamoDBDocumentClient, table: string, keys: readonly string[]): Promise<ReadonlyMap<string, Item>> {
  const found = new Map<string, Item>();
  let asked: BatchGetCommandInput['RequestItems'] = keys.length === 0 ? {} : { [table]: { Keys: keys.map((pk) => ({ pk })), ConsistentRead: true } };
  for (let tries = 0; asked !== undefined && Object.keys(asked).length > 0; tries += 1) {
    const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems: asked }));
    const items = Responses?.[table] ?? [];
    for (const item of items) found.set(String(item['pk']), item);
    asked = UnprocessedKeys;
    if (items.length === 0 && tries === emptyAnswers) throw new OutageError('ERR_TRAIL_THROTTLED', `DynamoDB gave none of ${keys.length} items in ${tries + 1} answers`);
  }
  return found;
}
