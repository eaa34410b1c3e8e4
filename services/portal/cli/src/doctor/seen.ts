import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { DoctorClients } from './clients.ts';
import type { Expected } from './inventory.ts';

/** How DynamoDB and Lambda, KMS and SQS say that there is no such thing. */
const notThere = /^(ResourceNotFoundException|NotFoundException|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/;

/** The first of these that is there, in words, in whatever state. `undefined` where none is; rejects where it could not be found out. */
export async function firstSeenOf({ dynamo, kms, lambda, sqs }: DoctorClients, { tables, queues, functions, keyAliases }: Expected): Promise<string | undefined> {
  const looks: readonly (readonly [what: string, look: () => Promise<unknown>])[] = [
    ...tables.map((TableName) => [`table ${TableName}`, () => dynamo.send(new DescribeTableCommand({ TableName }))] as const),
    ...queues.map(({ name: QueueName }) => [`queue ${QueueName}`, () => sqs.send(new GetQueueUrlCommand({ QueueName }))] as const),
    ...functions.map((FunctionName) => [`function ${FunctionName}`, () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))] as const),
    ...keyAliases.map((KeyId) => [`key ${KeyId}`, () => kms.send(new DescribeKeyCommand({ KeyId }))] as const),
  ];
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
