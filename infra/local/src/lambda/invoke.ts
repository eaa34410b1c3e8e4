import type { Context } from 'aws-lambda';
import type { Random } from '../cloud/random.ts';
import { randomUuid } from '../cloud/random-sources.ts';
import type { Timeline } from '../cloud/timeline.ts';
import { lambdaContext } from './context.ts';

export type LambdaHandler<E, R> = (event: E, context: Context) => Promise<R>;

/** A function as it is deployed. */
export interface FunctionOptions<E, R> {
  readonly functionName: string;
  readonly handler: LambdaHandler<E, R>;
  readonly timeoutMs: number;
  readonly accountId: string;
  readonly region: string;
  readonly random: Random;
  /**
   * What time-outs and remaining time are measured on. Give a timeline of scale 1 beside an accelerated one: a machine does
   * not work faster because its clock does.
   */
  readonly executionClock: Timeline;
}

/** The handler did not end in time; on AWS it would have been killed. */
export class InvocationTimeoutError extends Error {
  override readonly name = 'InvocationTimeoutError';
  readonly code = 'ERR_INVOCATION_TIMEOUT';

  constructor(functionName: string, timeoutMs: number) {
    super(`${functionName} did not end within ${timeoutMs} ms.`);
  }
}

/**
 * Invokes the handler, and rejects with its error or after its time-out. What a handler does after its time-out cannot be
 * stopped inside one process; its answer is ignored.
 */
export function invoke<E, R>(options: FunctionOptions<E, R>, event: E): Promise<R> {
  const { executionClock: clock, functionName, timeoutMs, handler } = options;
  const deadlineMs = clock.now() + timeoutMs;
  const context = lambdaContext({ ...options, requestId: randomUuid(options.random), deadlineMs, clock });
  // A handler that throws before its first await fails like one that rejects.
  const run = async (): Promise<R> => handler(event, context);
  return new Promise((resolve, reject) => {
    const timer = clock.at(deadlineMs, () => reject(new InvocationTimeoutError(functionName, timeoutMs)));
    run()
      .then(resolve, reject)
      .finally(() => timer.cancel());
  });
}
