import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { refused } from '../failure.ts';
import type { Connection } from './connection.ts';
import { deployment } from './deployment.ts';

const functionError = z.object({ errorType: z.string().optional(), errorMessage: z.string().optional() });

/** Asks the function of a service that answers questions, or another that is invoked. Throws `Failure` where it cannot answer, or not so that it is understood. */
export async function askFunction<Answer>(connection: Connection, who: 'audit' | 'request' | 'approval' | 'portal', question: object, shape: z.ZodType<Answer>, name = 'query'): Promise<Answer> {
  const lambda = connection.lambda(deployment.operator);
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: `${connection.target.prefix}-${who}-${name}`, Payload: JSON.stringify(question) }));
  const answer = parsed(who, Payload?.transformToString() ?? '');
  if (FunctionError !== undefined) {
    const { errorType, errorMessage } = functionError.safeParse(answer).data ?? {};
    throw refused(`the ${who} service could not answer: ${errorMessage ?? errorType ?? FunctionError}`);
  }
  const result = shape.safeParse(answer);
  if (!result.success) throw refused(`the ${who} service answered something that this version does not understand: ${z.prettifyError(result.error)}`);
  return result.data;
}

function parsed(who: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused(`the ${who} service answered something that is not JSON`, error);
  }
}
