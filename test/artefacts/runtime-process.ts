/**
 * `runtime-process.ts ORIGIN`: what runs in a function's process in the place of Lambda's own runtime. It loads the handler and asks the
 * Runtime API for one invocation after the other. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 *
 * `ORIGIN` says how time runs (JSON, as `systemTimeline` has it): the process's clock goes with the local cloud's.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Origin } from '../../infra/local/src/cloud/index.ts';

const { virtualMs, realMs, scale } = JSON.parse(process.argv[2] ?? '') as Origin;
const realNow = Date.now;
const RealDate = Date;
const now = (): number => Math.floor(virtualMs + (realNow() - realMs) * scale);
globalThis.Date = class extends RealDate {
  constructor(...given: [] | [string | number | Date]) {
    super(given.length === 0 ? now() : given[0]);
  }
  static override now = now;
} as DateConstructor;

const { AWS_LAMBDA_RUNTIME_API: host, LAMBDA_TASK_ROOT: root = '', _HANDLER: named = '' } = process.env;
const api = `http://${host}/2018-06-01/runtime`;
const say = (place: string, body: unknown): Promise<Response> => fetch(`${api}/${place}`, { method: 'POST', body: JSON.stringify(body ?? null) });
const problemOf = (error: unknown) => ({ errorType: error instanceof Error ? error.name : 'Error', errorMessage: error instanceof Error ? error.message : String(error) });

type Handler = (event: unknown, context: object) => Promise<unknown>;
const [file, exported = ''] = named.split('.');
try {
  const loaded = (await import(pathToFileURL(path.join(root, `${file}.mjs`)).href)) as Record<string, Handler>;
  const handler = loaded[exported];
  if (handler === undefined) throw new TypeError(`${named} is no handler`);
  for (;;) await answerNext(handler);
} catch (error) {
  await say('init/error', problemOf(error));
  throw error;
}

async function answerNext(handler: Handler): Promise<void> {
  const next = await fetch(`${api}/invocation/next`);
  const header = (name: string): string => next.headers.get(`lambda-runtime-${name}`) ?? '';
  const awsRequestId = header('aws-request-id');
  const deadlineMs = Number(header('deadline-ms'));
  const context = {
    awsRequestId,
    invokedFunctionArn: header('invoked-function-arn'),
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: `/aws/lambda/${process.env['AWS_LAMBDA_FUNCTION_NAME']}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    // However fast the cloud's time runs, the machine works in its own.
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - realNow()),
  };
  const event: unknown = await next.json();
  const outcome = await handler(event, context).then(
    (answer) => ['response', answer] as const,
    (error: unknown) => ['error', problemOf(error)] as const,
  );
  await say(`invocation/${awsRequestId}/${outcome[0]}`, outcome[1]);
}
