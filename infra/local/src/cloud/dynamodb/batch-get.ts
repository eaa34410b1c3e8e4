import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../wire/json-protocol.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const maxAnswerBytes = 16 * 1024 * 1024;

/**
 * BatchGetItem as so many reads: the same checks per key, items in the order of their keys (AWS promises none), and what
 * would exceed 16 MiB left as unprocessed. `get` reads one item.
 */
export async function batchGetItem(input: JsonObject, get: (request: JsonObject) => JsonObject | Promise<JsonObject>): Promise<JsonObject> {
  const responses: Record<string, Json[]> = {};
  const unprocessed: Record<string, JsonObject> = {};
  let bytes = 0;
  for (const [TableName, request] of Object.entries(isJsonObject(input.RequestItems) ? input.RequestItems : {})) {
    if (!isJsonObject(request) || !Array.isArray(request.Keys)) continue;
    const { Keys, ...options } = request;
    const found: Json[] = (responses[TableName] = []);
    const left: Json[] = [];
    for (const Key of request.Keys) {
      const { Item } = await get({ ...options, TableName, Key });
      if (Item === undefined) continue;
      bytes += bytesOf(Item);
      if (bytes > maxAnswerBytes) left.push(Key);
      else found.push(Item);
    }
    if (left.length > 0) unprocessed[TableName] = { ...options, Keys: left };
  }
  return { Responses: responses, UnprocessedKeys: unprocessed };
}

/** Items are kept as they are until others take their place, and read again and again. */
const measured = new WeakMap<object, number>();

function bytesOf(item: Json): number {
  if (typeof item !== 'object' || item === null) return JSON.stringify(item).length;
  const bytes = measured.get(item) ?? JSON.stringify(item).length;
  measured.set(item, bytes);
  return bytes;
}
