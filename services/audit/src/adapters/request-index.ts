import { QueryCommand, type DynamoDBDocumentClient, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Listing, RequestIndex } from '../application/ports.ts';
import type { Lifecycle } from '../domain/lifecycle/state.ts';
import { itemsByKey } from './items-by-key.ts';

/** Sorts after every key: ids and moments are ASCII. */
const last = '~';

/** Physical names of the tables that questions are answered from. */
export interface IndexTables {
  readonly lifecycles: string;
  readonly terms: string;
}

const keyOf = (requestId: string): string => `lifecycle#${requestId}`;

/** The index of requests, and their lifecycles. Indexes are eventually consistent; lifecycles are read as they are now. */
export function createRequestIndex(client: DynamoDBDocumentClient, tables: IndexTables): RequestIndex {
  return {
    async keys(listing, stretch) {
      const { sort, ...input } = queryOf(listing, tables, stretch.after);
      const { from = ' ', to = last, limit, newestFirst } = stretch;
      if (from > to) return [];
      const query = new QueryCommand({
        ...input,
        KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
        ExpressionAttributeNames: { ...input.ExpressionAttributeNames, '#sort': sort },
        ExpressionAttributeValues: { ...input.ExpressionAttributeValues, ':from': from, ':to': to },
        ProjectionExpression: '#sort',
        Limit: limit,
        ScanIndexForward: !newestFirst,
      });
      const { Items = [] } = await client.send(query);
      return Items.map((item) => String(item[sort]));
    },

    async lifecycles(requestIds) {
      const items = await itemsByKey(client, tables.lifecycles, [...new Set(requestIds)].map(keyOf));
      return new Map([...items].map(([key, { state }]) => [key.slice(keyOf('').length), state as Lifecycle]));
    },
  };
}

type Query = QueryCommandInput & { readonly sort: string };

function queryOf(listing: Listing, tables: IndexTables, after: string | undefined): Query {
  if ('term' in listing) {
    const start = after === undefined ? {} : { ExclusiveStartKey: { pk: listing.term, at: after } };
    return { TableName: tables.terms, ...partition('pk', listing.term), ...start, sort: 'at' };
  }
  const { index, value } = listing;
  const sort = index === 'stalled' ? 'stalledKey' : 'askedKey';
  const start = after === undefined ? {} : { ExclusiveStartKey: { pk: keyOf(after.slice(after.lastIndexOf('#') + 1)), [index]: value, [sort]: after } };
  return { TableName: tables.lifecycles, IndexName: index, ...partition(index, value), ...start, sort };
}

const partition = (name: string, value: string) => ({ ExpressionAttributeNames: { '#partition': name }, ExpressionAttributeValues: { ':partition': value } });
