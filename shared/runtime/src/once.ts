import { IdempotencyAlreadyInProgressError, IdempotencyConfig, IdempotencyPersistenceLayerError, IdempotencyValidationError, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { digestOf } from './canonical.ts';
import { OutageError, TeamError } from './errors.ts';
import { isOutage } from './outage.ts';

/** Names one event for one consumer; `content` is what must be the same when the name comes again. */
export interface OnceKey {
  readonly consumer: string;
  readonly source: string;
  readonly account: string;
  readonly eventId: string;
  readonly content: unknown;
}

/** An event id came again with other content. */
export class EventIdReusedError extends TeamError {
  override readonly name: string = 'EventIdReusedError';
}

/** Runs a use case once per event: not again when the event is delivered again, not at all for other content under a used id. */
export type Once = (key: OnceKey, context: Context, useCase: () => Promise<void>) => Promise<void>;

/** A bus retries for a day and dead letters are kept for fourteen (SQS retention): within that time the same event is known. */
const rememberedSeconds = 15 * 24 * 3600;

/**
 * Powertools idempotency around a use case (never around a handler: one that returns nothing would run twice).
 * The Lambda context is registered, so that after a crash the next try may run as soon as the crashed one must be over.
 */
export function createOnce(client: DynamoDBClient, tableName: string): Once {
  const persistenceStore = new DynamoDBPersistenceLayer({ tableName, keyAttr: 'pk', awsSdkV3Client: client });
  return async (key, context, useCase) => {
    const config = new IdempotencyConfig({
      eventKeyJmesPath: 'name',
      payloadValidationJmesPath: 'digest',
      throwOnNoIdempotencyKey: true,
      expiresAfterSeconds: rememberedSeconds,
      hashFunction: 'sha256',
      lambdaContext: context,
    });
    const run = makeIdempotent(
      async (_event: { name: string; digest: string }) => {
        await useCase();
        return { done: true };
      },
      { persistenceStore, config, keyPrefix: key.consumer, dataIndexArgument: 0 },
    );
    try {
      await run({ name: `${key.source}|${key.account}|${key.eventId}`, digest: digestOf(key.content) });
    } catch (error) {
      if (error instanceof IdempotencyValidationError) {
        throw new EventIdReusedError('ERR_EVENT_ID_REUSED', `event id ${key.eventId} from ${key.source} was used before with other content`, { cause: error });
      }
      // Another delivery is being handled, or its handler died and is given the time it had left: no reason to use up receives.
      if (error instanceof IdempotencyAlreadyInProgressError) {
        throw new OutageError('ERR_EVENT_IN_PROGRESS', `event ${key.eventId} from ${key.source} is being handled`, { cause: error });
      }
      // The store of records is down: what is behind the wrapper decides what becomes of the message.
      if (error instanceof IdempotencyPersistenceLayerError && isOutage(error.cause)) throw error.cause;
      throw error;
    }
  };
}
