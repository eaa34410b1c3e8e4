import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../wire/json-protocol.ts';
import type { Table, Tables } from './tables.ts';

/** What a query of an index says that holds nothing. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
const nothing = (): JsonObject => ({ Count: 0, Items: [], ScannedCount: 0 });

/** Answers queries of indexes that hold nothing, where the same question was taken before. */
export interface EmptyIndexes {
  /** The answer; nothing where the index holds something, or the question has to be checked. */
  answer(input: JsonObject, tableName: string): JsonObject | undefined;
  /** This question was checked, and taken. */
  taken(input: JsonObject, tableName: string): void;
}

/**
 * A system at rest asks the same of the same empty indexes every minute, with another time in it. A question that differs from one that was
 * taken by nothing but a number or a text in its values would be taken as well, and its answer is known; but for `BETWEEN`, whose values have
 * to be in order.
 */
export function emptyIndexes(tables: Tables): EmptyIndexes {
  const known = new WeakMap<Table, Set<string>>();
  return {
    answer(input, tableName) {
      const { IndexName: index } = input;
      const table = typeof index === 'string' ? tables.find(tableName) : undefined;
      const shapes = table === undefined ? undefined : known.get(table);
      if (shapes === undefined || typeof index !== 'string' || tables.entries(tableName, index).size > 0) return undefined;
      const shape = shapeOf(input);
      return shape !== undefined && shapes.has(shape) ? nothing() : undefined;
    },
    taken(input, tableName) {
      const table = typeof input.IndexName === 'string' ? tables.find(tableName) : undefined;
      const shape = table === undefined ? undefined : shapeOf(input);
      if (table === undefined || shape === undefined) return;
      known.set(table, (known.get(table) ?? new Set()).add(shape));
    },
  };
}

/** All of a question but its texts and numbers; nothing where its answer would say more, or its values are of other types. */
function shapeOf({ ExpressionAttributeValues: values, ...rest }: JsonObject): string | undefined {
  if (typeof rest.KeyConditionExpression !== 'string' || /between/i.test(rest.KeyConditionExpression)) return undefined;
  if (rest.FilterExpression !== undefined || rest.Select !== undefined || rest.ReturnConsumedCapacity !== undefined || rest.ExclusiveStartKey !== undefined || !isJsonObject(values)) return undefined;
  const types: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (!isJsonObject(value)) return undefined;
    const [type, ...others] = Object.entries(value);
    if (type === undefined || others.length > 0 || !isPlain(type)) return undefined;
    types.push(`${name} ${type[0]}`);
  }
  return JSON.stringify([rest, types]);
}

/** A text that may be a key, or a number of usual size. */
const isPlain = ([type, value]: [string, unknown]): boolean =>
  typeof value === 'string' && ((type === 'S' && value !== '' && value.length < 300) || (type === 'N' && /^-?\d{1,15}$/.test(value)));
