import { isObject, onNothing, place, textIn, type Ground, type Need, type ServiceReference } from './authorization.ts';
import type { JsonObject } from '../cloud/json.ts';

const tableArn = (name: string, ground: Ground): string => (name.startsWith('arn:') ? name : `arn:aws:dynamodb:${place(ground)}:table/${name}`);

const onTable = (input: JsonObject, ground: Ground): Need[] => [{ resource: tableArn(textIn(input, 'TableName'), ground) }];

/** Reading an index takes a right on the index alone: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-only-permissions-on-table-items.html */
const onTableOrIndex = (input: JsonObject, ground: Ground): Need[] => {
  const table = tableArn(textIn(input, 'TableName'), ground);
  return [{ resource: input.IndexName === undefined ? table : `${table}/index/${textIn(input, 'IndexName')}` }];
};

const onEachTable = ({ RequestItems }: JsonObject, ground: Ground): Need[] =>
  Object.keys(isObject(RequestItems) ? RequestItems : {}).map((name) => ({ resource: tableArn(name, ground) }));

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 * Without `dynamodb:LeadingKeys`, `dynamodb:Attributes` and other keys that say what is in a request.
 */
export const dynamoDb: ServiceReference = {
  prefix: 'dynamodb',
  actions: {
    GetItem: onTable,
    PutItem: onTable,
    UpdateItem: onTable,
    DeleteItem: onTable,
    Query: onTableOrIndex,
    Scan: onTableOrIndex,
    BatchGetItem: onEachTable,
    BatchWriteItem: onEachTable,
    CreateTable: onTable,
    DescribeTable: onTable,
    DeleteTable: onTable,
    ListTables: onNothing,
    UpdateTimeToLive: onTable,
    DescribeTimeToLive: onTable,
  },
};
