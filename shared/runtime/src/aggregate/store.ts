import { GetCommand, PutCommand, QueryCommand, UpdateCommand, type DynamoDBDocumentClient, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../clock.ts';
import type { OutgoingEvent } from '../events.ts';
import { shardOf, type AggregateItem, type OutboxEntry } from './item.ts';

/** What one decision changes: the state and the events it causes, written together. */
export interface Commit<State> {
  readonly state: State;
  readonly events: readonly OutgoingEvent[];
  /** Milliseconds since the epoch at which the aggregate next has something to do; absent: never. */
  readonly dueAt: number | undefined;
  /** Seconds since the epoch after which the item may be forgotten; absent: kept. */
  readonly expiresAt: number | undefined;
  /** Attributes of the table's own sparse indexes; `undefined` takes the item out of that index. */
  readonly index: Readonly<Record<string, string | number | undefined>>;
}

/** Aggregates of one table: read one, commit one conditionally, acknowledge what was published, find through an index. */
export interface AggregateStore {
  load<State>(key: string): Promise<AggregateItem<State> | undefined>;
  /** False where somebody else committed since `version` was read; nothing is written then. 0: it must not exist yet. */
  commit<State>(key: string, version: number, change: Commit<State>): Promise<boolean>;
  /** Removes just these events from the outbox, fifty a write; the item leaves the outbox index in the write after which nothing waits. */
  acknowledge(key: string, eventIds: readonly string[]): Promise<void>;
  /**
   * Everything in an index partition whose sort value is at most `upTo`, in order, up to `pageSize` at a time; the next page is read
   * when it is asked for. Eventually consistent: load before acting.
   */
  pages(index: string, partition: Attribute, sort: UpTo, pageSize: number, attributes?: readonly string[]): AsyncIterable<readonly IndexEntry[]>;
  /** Keys of the first `limit` of these. */
  find(index: string, partition: Attribute, sort: UpTo, limit: number): Promise<readonly string[]>;
}

/** What an index knows of an item: its key, and those of the attributes asked for that it has. */
export interface IndexEntry {
  readonly key: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Attribute {
  readonly name: string;
  readonly value: string;
}

interface UpTo {
  readonly name: string;
  readonly upTo: number;
}

const conditionFailed = (error: unknown): boolean => error instanceof Error && error.name === 'ConditionalCheckFailedException';

/**
 * Events that one write takes from an outbox, at most. Its expressions grow with each, and DynamoDB refuses those of more than 4,096 bytes
 * or 300 operators; these stay below half of both.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters
 */
const acknowledgedAtOnce = 50;
const outboxIndex = ['outboxShard', 'outboxAt'];

/** Store on one DynamoDB table with the aggregate layout (`AggregateItem`). */
export function createAggregateStore(client: DynamoDBDocumentClient, table: string, clock: Clock): AggregateStore {
  const conditionally = async (write: () => Promise<unknown>): Promise<boolean> => {
    try {
      await write();
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  };

  const pages: AggregateStore['pages'] = async function* (index, partition, sort, pageSize, attributes = []) {
    const names = Object.fromEntries(attributes.map((name, i) => [`#a${i}`, name]));
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: index,
          KeyConditionExpression: '#p = :p AND #s <= :s',
          ExpressionAttributeNames: { '#p': partition.name, '#s': sort.name, ...names },
          ExpressionAttributeValues: { ':p': partition.value, ':s': sort.upTo },
          ProjectionExpression: ['pk', ...Object.keys(names)].join(', '),
          Limit: pageSize,
          ExclusiveStartKey: start,
        }),
      );
      yield (page.Items ?? []).map(({ pk, ...item }) => ({ key: String(pk), attributes: item }));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  };

  return {
    async load<State>(key: string) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk: key }, ConsistentRead: true }));
      return Item as AggregateItem<State> | undefined;
    },

    async commit(key, version, change) {
      const attributes = attributesOf(key, change, clock());
      if (version === 0) {
        const outbox = Object.fromEntries(change.events.map((event) => [event.eventId, entryOf(event)]));
        const Item = { pk: key, version: 1, outbox, ...defined(attributes) };
        return conditionally(() =>
          client.send(new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
        );
      }
      const update = updateExpression({ ...attributes, version: version + 1 }, change.events);
      return conditionally(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: key },
            ...update,
            ConditionExpression: '#version = :seen',
            ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ':seen': version },
          }),
        ),
      );
    },

    async acknowledge(key, eventIds) {
      const remove = (paths: readonly string[], condition: string, more: Pick<UpdateCommandInput, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> = {}) =>
        conditionally(() =>
          client.send(
            new UpdateCommand({ TableName: table, Key: { pk: key }, UpdateExpression: `REMOVE ${paths.join(', ')}`, ConditionExpression: condition, ...more }),
          ),
        );
      for (let from = 0; from < eventIds.length; from += acknowledgedAtOnce) {
        const ids = eventIds.slice(from, from + acknowledgedAtOnce);
        const ExpressionAttributeNames = Object.fromEntries(ids.map((id, i) => [`#e${i}`, id]));
        const entries = ids.map((_, i) => `outbox.#e${i}`);
        if (from + ids.length === eventIds.length) {
          const allThatWaits = `size(outbox) = :size AND ${entries.map((entry) => `attribute_exists(${entry})`).join(' AND ')}`;
          const more = { ExpressionAttributeNames, ExpressionAttributeValues: { ':size': ids.length } };
          if (await remove([...entries, ...outboxIndex], allThatWaits, more)) return;
        }
        // More waits, or another publisher was quicker with some of these: to remove what is gone does nothing.
        await remove(entries, 'attribute_exists(pk)', { ExpressionAttributeNames });
      }
      await remove(outboxIndex, 'size(outbox) = :none', { ExpressionAttributeValues: { ':none': 0 } });
    },

    pages,

    async find(index, partition, sort, limit) {
      const keys: string[] = [];
      for await (const page of pages(index, partition, sort, limit)) {
        keys.push(...page.map(({ key }) => key));
        if (keys.length >= limit) break;
      }
      return keys.slice(0, limit);
    },
  };
}

const entryOf = ({ source, detailType, detail }: OutgoingEvent): OutboxEntry => ({ source, detailType, detail });

type Attributes = Readonly<Record<string, unknown>>;

function attributesOf<State>(key: string, change: Commit<State>, now: number): Attributes {
  return {
    state: change.state,
    ...change.index,
    dueShard: change.dueAt === undefined ? undefined : shardOf(key),
    dueAt: change.dueAt,
    expiresAt: change.expiresAt,
    ...(change.events.length === 0 ? {} : { outboxShard: shardOf(key), outboxAt: now }),
  };
}

const defined = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));

/**
 * Sets what has a value, removes what has none, and adds each event under its own key: entries written by others stay, and so does
 * the time since when something waits.
 */
function updateExpression(attributes: Attributes, events: readonly OutgoingEvent[]) {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const set: string[] = [];
  const remove: string[] = [];
  Object.entries(attributes).forEach(([name, value], i) => {
    const placeholder = name === 'version' ? '#version' : `#a${i}`;
    names[placeholder] = name;
    if (value === undefined) {
      remove.push(placeholder);
    } else {
      values[`:a${i}`] = value;
      set.push(name === 'outboxAt' ? `${placeholder} = if_not_exists(${placeholder}, :a${i})` : `${placeholder} = :a${i}`);
    }
  });
  events.forEach((event, i) => {
    names[`#e${i}`] = event.eventId;
    values[`:e${i}`] = entryOf(event);
    set.push(`outbox.#e${i} = :e${i}`);
  });
  return {
    UpdateExpression: `SET ${set.join(', ')}${remove.length === 0 ? '' : ` REMOVE ${remove.join(', ')}`}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}
