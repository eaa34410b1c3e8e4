import { isObject, onNothing, place, textIn, type Ground, type Need, type ServiceReference } from './authorization.ts';
import type { JsonObject } from '../cloud/json.ts';

const tableArn = (name: string, ground: Ground): string => (name.startsWith('arn:') ? name : `arn:aws:dynamodb:${place(ground)}:table/${name}`);

const onTable = (input: JsonObject, ground: Ground): Need[] => [{ resource: tableArn(textIn(input, 'TableName'), ground) }];

/** Words of expressions that name no attribute. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html */
const words = new Set('SET REMOVE ADD DELETE AND OR NOT BETWEEN IN attribute_exists attribute_not_exists attribute_type begins_with contains size if_not_exists list_append'.split(' '));

/** Attributes of an item that an update names, its key included: what `dynamodb:Attributes` says of it. */
function attributesOf({ Key, UpdateExpression, ConditionExpression, ExpressionAttributeNames }: JsonObject): string[] {
  const names = isObject(ExpressionAttributeNames) ? ExpressionAttributeNames : {};
  const text = [UpdateExpression, ConditionExpression].filter((one) => typeof one === 'string').join(' ');
  // Of a path the first step; a value begins with a colon.
  const named = [...text.matchAll(/(?<![\w.:#])(#?\w+)/g)].flatMap(([, name = '']) => (/^\d/.test(name) || words.has(name) ? [] : [name.startsWith('#') ? textIn(names, name) : name]));
  return [...new Set([...Object.keys(isObject(Key) ? Key : {}), ...named])].sort();
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html */
const onAttributes = (input: JsonObject, ground: Ground): Need[] => onTable(input, ground).map((need) => ({ ...need, context: { 'dynamodb:Attributes': attributesOf(input) } }));

/** Reading an index takes a right on the index alone: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-only-permissions-on-table-items.html */
const onTableOrIndex = (input: JsonObject, ground: Ground): Need[] => {
  const table = tableArn(textIn(input, 'TableName'), ground);
  return [{ resource: input.IndexName === undefined ? table : `${table}/index/${textIn(input, 'IndexName')}` }];
};

const onEachTable = ({ RequestItems }: JsonObject, ground: Ground): Need[] =>
  Object.keys(isObject(RequestItems) ? RequestItems : {}).map((name) => ({ resource: tableArn(name, ground) }));

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 * Of the keys that say what is in a request, `dynamodb:Attributes` of updates; without `dynamodb:LeadingKeys` and others.
 */
export const dynamoDb: ServiceReference = {
  prefix: 'dynamodb',
  actions: {
    GetItem: onTable,
    PutItem: onTable,
    UpdateItem: onAttributes,
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
