import { isPromise } from 'node:util/types';
import { AwsError } from '../aws-error.ts';
import { notImplemented } from '../not-implemented.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import { randomUuid } from '../random-sources.ts';
import type { StandIn } from '../stand-in.ts';
import type { Change, Store } from '../store.ts';
import type { Timeline } from '../timeline.ts';
import { isJsonObject } from '../wire/json-protocol.ts';
import { batchGetItem } from './batch-get.ts';
import { emptyIndexes } from './empty-index.ts';
import { dynaliteStore } from './dynalite-store.ts';
import { checked, isItemAction, perform, type ItemAction } from './item-actions.ts';
import { createTable, deleteTable, describeTable, describeTimeToLive, listTables, updateTimeToLive } from './table-actions.ts';
import { Tables, type Item } from './tables.ts';

export interface DynamoDbOptions {
  readonly store: Store;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly accountId: string;
  readonly region: string;
}

export interface DynamoDb extends StandIn {
  /** Puts items and entries of indexes there, or takes them away, past the API: what one item and its entries are is the caller's to know. */
  putThere(changes: Iterable<Change>): void;
}

/**
 * DynamoDB's items, tables and indexes: dynalite's checks and actions over the local cloud's store. A write changes the
 * item and its index entries in one commit. No transactions, streams, backups or table updates.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export function dynamoDb(options: DynamoDbOptions): DynamoDb {
  const tables = new Tables(options.store);
  const actionStore = dynaliteStore(tables);
  const empty = emptyIndexes(tables);

  function item(action: ItemAction, input: JsonObject): JsonObject | Promise<JsonObject> {
    try {
      return perform(action, checked(action, input, actionStore), actionStore);
    } catch (error) {
      throw input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? withItem(error, input) : error;
    }
  }

  function query(input: JsonObject, TableName: string): JsonObject | Promise<JsonObject> {
    const known = empty.answer(input, TableName);
    if (known !== undefined) return known;
    const answer = item('Query', { ...input, TableName });
    const taken = (given: JsonObject): JsonObject => {
      empty.taken(input, TableName);
      return given;
    };
    return isPromise(answer) ? answer.then(taken) : taken(answer);
  }

  /** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html: the item as the failed condition saw it. */
  function withItem(error: unknown, input: JsonObject): unknown {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') return error;
    const table = tables.get(nameIn(input));
    const read = perform('GetItem', { TableName: table.TableName, Key: keyOf(table, input) }, actionStore);
    if (isPromise(read) || read.Item === undefined) return error;
    return new AwsError(error.code, error.message, error.status, { Item: read.Item });
  }

  function create(input: JsonObject): JsonObject {
    const name = nameIn(input);
    const data = checked('CreateTable', { ...input, TableName: name }, actionStore);
    return createTable(tables, data, name, {
      arn: `arn:aws:dynamodb:${options.region}:${options.accountId}:table/${name}`,
      id: randomUuid(options.random),
      createdAt: options.timeline.now() / 1000,
    });
  }

  function nameIn(input: JsonObject): string {
    if (typeof input.TableName !== 'string' || input.TableName === '') {
      throw new AwsError('ValidationException', "The parameter 'TableName' is required but was not present in the request");
    }
    // A table may be named by its ARN. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
    const prefix = `arn:aws:dynamodb:${options.region}:${options.accountId}:table/`;
    return input.TableName.startsWith(prefix) ? input.TableName.slice(prefix.length) : input.TableName;
  }

  return {
    target: 'DynamoDB_20120810',
    putThere(changes) {
      for (const [map, key, json] of changes) {
        const contents = tables.contentsOf(map);
        if (json === undefined) contents.delete(key);
        else contents.set(key, itemIn(json));
      }
    },
    handle({ action, input }) {
      if (action === 'BatchWriteItem') return item(action, input);
      if (action === 'Query') return query(input, nameIn(input));
      if (isItemAction(action)) return item(action, { ...input, TableName: nameIn(input) });
      switch (action) {
        case 'BatchGetItem':
          return batchGetItem(checked(action, input, actionStore), (request) => perform('GetItem', request, actionStore));
        case 'CreateTable':
          return create(input);
        case 'DescribeTable':
          return describeTable(tables, nameIn(input));
        case 'DeleteTable':
          return deleteTable(tables, nameIn(input));
        case 'ListTables':
          return listTables(tables, checked(action, input, actionStore));
        case 'UpdateTimeToLive':
          return updateTimeToLive(tables, nameIn(input), input);
        case 'DescribeTimeToLive':
          return describeTimeToLive(tables, nameIn(input));
        default:
          return notImplemented('DynamoDB', action);
      }
    },
  };
}

function itemIn(json: string): Item {
  const item = JSON.parse(json) as Json;
  if (!isJsonObject(item)) throw new TypeError('an item is an object');
  return item;
}

function keyOf(table: JsonObject, input: JsonObject): JsonObject {
  if (isJsonObject(input.Key)) return input.Key;
  const item = isJsonObject(input.Item) ? input.Item : {};
  const schema = Array.isArray(table.KeySchema) ? table.KeySchema.filter(isJsonObject) : [];
  const names = schema.flatMap(({ AttributeName }) => (typeof AttributeName === 'string' ? [AttributeName] : []));
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}
