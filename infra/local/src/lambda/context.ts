import type { Context } from 'aws-lambda';
import type { Timeline } from '../cloud/timeline.ts';

/** What the context of one invocation is made of. */
export interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly accountId: string;
  readonly region: string;
  readonly deadlineMs: number;
  readonly clock: Pick<Timeline, 'now'>;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export function lambdaContext({ functionName, requestId, accountId, region, deadlineMs, clock }: Invocation): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `${new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]local`,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - clock.now()),
    done: withdrawn,
    fail: withdrawn,
    succeed: withdrawn,
  };
}

/** These three ended an invocation in Node.js 0.10; they are in the type still. */
function withdrawn(): never {
  throw new Error('A handler ends by returning or throwing.');
}
