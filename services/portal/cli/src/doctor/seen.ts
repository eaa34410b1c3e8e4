import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { DoctorClients } from './clients.ts';
import type { Expected } from './inventory.ts';

/** What is seen first of a part of a deployment. */
export interface Seen {
  /** In words: `function team-portal-api`. */
  readonly what: string;
  /** It is a table or a key, and neither a queue nor a function is there: what may be left where the part was taken out of a deployment. */
  readonly onlyKept: boolean;
}

/** How DynamoDB and Lambda, KMS and SQS say that there is no such thing. */
const notThere = /^(ResourceNotFoundException|NotFoundException|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/;

type Look = readonly [what: string, look: () => Promise<unknown>];

/** The first of these that is there, in whatever state; queues and functions, which go with their stack, before what may stay. `undefined` where none is; rejects where it could not be found out. */
export async function firstSeenOf({ dynamo, kms, lambda, sqs }: DoctorClients, { tables, queues, functions, keyAliases }: Expected): Promise<Seen | undefined> {
  const standing = await firstOf([
    ...queues.map(({ name: QueueName }) => [`queue ${QueueName}`, () => sqs.send(new GetQueueUrlCommand({ QueueName }))] as const),
    ...functions.map((FunctionName) => [`function ${FunctionName}`, () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))] as const),
  ]);
  if (standing !== undefined) return { what: standing, onlyKept: false };
  const kept = await firstOf([
    ...tables.map((TableName) => [`table ${TableName}`, () => dynamo.send(new DescribeTableCommand({ TableName }))] as const),
    ...keyAliases.map((KeyId) => [`key ${KeyId}`, () => kms.send(new DescribeKeyCommand({ KeyId }))] as const),
  ]);
  return kept === undefined ? undefined : { what: kept, onlyKept: true };
}

async function firstOf(looks: readonly Look[]): Promise<string | undefined> {
  for (const [what, look] of looks) {
    try {
      await look();
      return what;
    } catch (error) {
      if (!(error instanceof Error) || !notThere.test(error.name)) throw error;
    }
  }
  return undefined;
}
