import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';

export type SqsFunction = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
export type AnyFunction = (event: unknown, context: Context) => Promise<unknown>;

/** A service's handlers by the manifest's function names. */
export type Handlers = Readonly<Record<string, SqsFunction | AnyFunction>>;
