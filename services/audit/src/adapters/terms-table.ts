import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Terms } from '../application/ports.ts';

/** Writes at once: a request for fifty targets has some two hundred terms. */
const most = 20;

/** Terms in a table with the term as partition and when it was asked as sort key. Not in batches: who may write batches may delete. */
export function createTermsTable(client: DynamoDBDocumentClient, table: string): Terms {
  return {
    async put(terms) {
      for (let from = 0; from < terms.length; from += most) {
        await Promise.all(terms.slice(from, from + most).map(({ term, at }) => client.send(new PutCommand({ TableName: table, Item: { pk: term, at } }))));
      }
    },
  };
}
