import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** The least that a function on the AWS SDK is: one client, one call. What the product's functions are measured against. */
export const handler = ({ pk }: { readonly pk: string }) => client.send(new GetItemCommand({ TableName: 'bare', Key: { pk: { S: pk } } }));
