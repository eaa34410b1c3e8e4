import { paginateQuery, PutCommand, QueryCommand, type DynamoDBDocumentClient, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ActivityDetails } from '../../application/ports.ts';
import type { Call } from '../../domain/activity/call.ts';

const line = z.object({
  eventId: z.string(),
  calledAt: z.string(),
  service: z.string(),
  action: z.string(),
  readOnly: z.boolean(),
  errorCode: z.string().optional(),
  sourceIp: z.string().optional(),
  region: z.string().optional(),
});

/** Writes on their way at once. */
const most = 16;

/** Lines of detail in a table of records, under `<grantId>#<eventId>`: what is written again is there already. */
export function createDetailsTable(client: DynamoDBDocumentClient, table: string): ActivityDetails {
  const linesOf = (grantId: string, after?: string): QueryCommandInput => ({
    TableName: table,
    IndexName: 'grant',
    KeyConditionExpression: after === undefined ? 'grantId = :grant' : 'grantId = :grant AND #key > :after',
    ...(after === undefined ? {} : { ExpressionAttributeNames: { '#key': 'lineKey' } }),
    ExpressionAttributeValues: { ':grant': grantId, ...(after === undefined ? {} : { ':after': after }) },
  });

  async function put(grantId: string, call: Call, collection: number): Promise<void> {
    const { eventId, at: calledAt, ...rest } = call;
    const Item = { pk: `${grantId}#${eventId}`, grantId, lineKey: lineKeyOf(call), eventId, calledAt, ...rest, collection };
    try {
      await client.send(new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
    }
  }

  return {
    async of(grantId) {
      const calls: Call[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, linesOf(grantId))) calls.push(...Items.map(callIn));
      return calls;
    },
    async page(grantId, limit, after) {
      const { Items = [] } = await client.send(new QueryCommand({ ...linesOf(grantId, after), Limit: limit }));
      const items = Items.map(callIn);
      const last = items.at(-1);
      return { items, ...(last === undefined || items.length < limit ? {} : { next: lineKeyOf(last) }) };
    },
    async add(grantId, calls, collection) {
      for (let from = 0; from < calls.length; from += most) await Promise.all(calls.slice(from, from + most).map((call) => put(grantId, call, collection)));
    },
    locationOf: (grantId) => `dynamodb://${table}/index/grant/${grantId}`,
  };
}

const lineKeyOf = ({ at, eventId }: Call): string => `${new Date(at).toISOString()}#${eventId}`;

function callIn(item: Readonly<Record<string, unknown>>): Call {
  const { calledAt: at, ...rest } = line.parse(item);
  return { at, ...rest };
}
