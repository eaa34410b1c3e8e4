import { paginateQuery, PutCommand, QueryCommand, type DynamoDBDocumentClient, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { activityCall } from '@team/contracts';
import type { ActivityDetails } from '../../application/ports.ts';
import type { Call } from '../../domain/activity/call.ts';

/** Writes on their way at once. */
const most = 16;

/** Calls in a table of records, those of a grant under it, in the order of their times: what is written again is there already. */
export function createDetailsTable(client: DynamoDBDocumentClient, table: string): ActivityDetails {
  const callsOf = (grantId: string, after?: string): QueryCommandInput => ({
    TableName: table,
    KeyConditionExpression: after === undefined ? 'pk = :grant' : 'pk = :grant AND calledAt > :after',
    ExpressionAttributeValues: { ':grant': grantId, ...(after === undefined ? {} : { ':after': after }) },
  });

  async function put(grantId: string, call: Call, collection: number): Promise<void> {
    const Item = { pk: grantId, calledAt: placeOf(call), ...call, collection };
    try {
      await client.send(new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
    }
  }

  return {
    async of(grantId) {
      const calls: Call[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, callsOf(grantId))) calls.push(...Items.map((item) => activityCall.parse(item)));
      return calls;
    },
    async page(grantId, limit, after) {
      const { Items = [] } = await client.send(new QueryCommand({ ...callsOf(grantId, after), Limit: limit }));
      const items = Items.map((item) => activityCall.parse(item));
      const last = items.at(-1);
      return { items, ...(last === undefined || items.length < limit ? {} : { next: placeOf(last) }) };
    },
    async add(grantId, calls, collection) {
      for (let from = 0; from < calls.length; from += most) await Promise.all(calls.slice(from, from + most).map((call) => put(grantId, call, collection)));
    },
    locationOf: (grantId) => `dynamodb://${table}/${grantId}`,
  };
}

/** The same call has the same place, however often CloudTrail delivers it. */
const placeOf = ({ at, eventId }: Call): string => `${new Date(at).toISOString()}#${eventId}`;
