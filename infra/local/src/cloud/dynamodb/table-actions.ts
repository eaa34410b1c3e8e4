import { AwsError } from '../aws-error.ts';
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../wire/json-protocol.ts';
import type { Table, Tables } from './tables.ts';

/** What a new table is called and stamped with. */
export interface TableOrigin {
  readonly arn: string;
  readonly id: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
}

/** Creates the table ACTIVE at once; on AWS it takes seconds. Throws `ResourceInUseException` where the name is taken. */
export function createTable(tables: Tables, input: JsonObject, name: string, origin: TableOrigin): JsonObject {
  if (tables.find(name) !== undefined) throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
  const { BillingMode, LocalSecondaryIndexes, GlobalSecondaryIndexes, ProvisionedThroughput, ...rest } = input;
  const table: Table = {
    ...rest,
    TableName: name,
    TableArn: origin.arn,
    TableId: origin.id,
    CreationDateTime: origin.createdAt,
    TableStatus: 'ACTIVE',
    ItemCount: 0,
    TableSizeBytes: 0,
    ProvisionedThroughput: throughput(ProvisionedThroughput),
    ...(BillingMode === 'PAY_PER_REQUEST' && { BillingModeSummary: { BillingMode } }),
    ...(Array.isArray(LocalSecondaryIndexes) && { LocalSecondaryIndexes: indexes(LocalSecondaryIndexes, origin, {}) }),
    ...(Array.isArray(GlobalSecondaryIndexes) && {
      GlobalSecondaryIndexes: indexes(GlobalSecondaryIndexes, origin, { IndexStatus: 'ACTIVE' }),
    }),
  };
  tables.put(table);
  return { TableDescription: table };
}

function indexes(given: Json[], origin: TableOrigin, more: JsonObject) {
  return given.filter(isJsonObject).map((index) => {
    const IndexName = typeof index.IndexName === 'string' ? index.IndexName : '';
    return { ...index, ...more, IndexName, IndexArn: `${origin.arn}/index/${IndexName}`, ItemCount: 0, IndexSizeBytes: 0 };
  });
}

function throughput(given: Json | undefined): JsonObject {
  return { ReadCapacityUnits: 0, WriteCapacityUnits: 0, ...(isJsonObject(given) ? given : {}), NumberOfDecreasesToday: 0 };
}

export function describeTable(tables: Tables, name: string): JsonObject {
  return { Table: { ...tables.get(name), ItemCount: tables.items(name).size } };
}

export function deleteTable(tables: Tables, name: string): JsonObject {
  const table = tables.get(name);
  tables.remove(name);
  return { TableDescription: { ...table, TableStatus: 'DELETING' } };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
export function listTables(tables: Tables, input: JsonObject): JsonObject {
  const limit = typeof input.Limit === 'number' ? input.Limit : 100;
  const start = input.ExclusiveStartTableName;
  const names = tables.names().filter((name) => typeof start !== 'string' || name > start);
  const page = names.slice(0, limit);
  const last = page.at(-1);
  return { TableNames: page, ...(names.length > page.length && last !== undefined && { LastEvaluatedTableName: last }) };
}

/**
 * Time to live is remembered and described, and deletes nothing: on AWS it may take days, so nothing may rely on it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 */
export function updateTimeToLive(tables: Tables, name: string, input: JsonObject): JsonObject {
  const specification = input.TimeToLiveSpecification;
  if (!isJsonObject(specification) || typeof specification.Enabled !== 'boolean' || typeof specification.AttributeName !== 'string') {
    throw new AwsError('ValidationException', 'TimeToLiveSpecification must have Enabled and AttributeName.');
  }
  tables.get(name);
  tables.setTimeToLive(name, specification);
  return { TimeToLiveSpecification: specification };
}

export function describeTimeToLive(tables: Tables, name: string): JsonObject {
  tables.get(name);
  const specification = tables.timeToLive(name);
  if (!isJsonObject(specification) || specification.Enabled !== true) return { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } };
  return { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: specification.AttributeName } };
}
