import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { isOutage, OutageError, TeamError } from '@team/runtime';
import * as z from 'zod';
import type { AskService } from './service-questions.ts';

/** What Lambda says of a function that threw: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
const thrown = z.object({ errorType: z.string().optional(), errorMessage: z.string().optional() });

/** Error of ours by which a service says that it does not answer such a question. */
const refusing = 'QuestionError';
/** Errors of ours and of Lambda's that are worth the same question again. */
const passing = /Outage|Unavailable|Timedout|Throttl/;

/** Bounds on a question (ms): three in a row (who may read, what would become of it, who approves), each tried twice, fit into what a gateway waits for an answer. */
export const questionBounds = { maxAttempts: 2, requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_500, throwOnRequestTimeout: true } } as const;

/**
 * Asks services by `lambda:InvokeFunction`, by the names of their functions. Rejects with an `OutageError` where one does not answer now, and with
 * `ERR_QUESTION_REFUSED` where it refuses this question, `ERR_SERVICE_FAILED` where it fails at it.
 */
export function invokedServices(client: LambdaClient, functions: Readonly<Record<string, string>>): AskService {
  return async (service, question) => {
    const FunctionName = functions[service];
    if (FunctionName === undefined) throw new TeamError('ERR_CONFIG_ASKS', `no function of ${service} is configured; the deployment must name every one that is asked`);
    const { FunctionError, Payload } = await invoke(new InvokeCommand({ FunctionName, Payload: JSON.stringify(question) }), service);
    const answer: unknown = JSON.parse(Payload?.transformToString() ?? 'null');
    if (FunctionError === undefined) return answer;
    const { errorType = FunctionError, errorMessage = '' } = thrown.safeParse(answer).data ?? {};
    const message = `the ${service} service could not answer: ${errorType}: ${errorMessage}`;
    if (errorType === refusing) throw new TeamError('ERR_QUESTION_REFUSED', message);
    throw passing.test(errorType) ? new OutageError('ERR_SERVICE_UNAVAILABLE', message) : new TeamError('ERR_SERVICE_FAILED', message);
  };

  async function invoke(command: InvokeCommand, service: string) {
    try {
      return await client.send(command);
    } catch (error) {
      if (isOutage(error)) throw new OutageError('ERR_SERVICE_UNAVAILABLE', `the ${service} service does not answer`, { cause: error });
      throw error;
    }
  }
}
