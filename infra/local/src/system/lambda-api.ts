import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../cloud/aws-error.ts';
import type { Caller } from '../cloud/stand-in.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
const configurationPath = /^\/2015-03-31\/functions\/([A-Za-z0-9-_]{1,64})\/configuration(?:\?.*)?$/;
const path = /^\/2015-03-31\/functions\/([A-Za-z0-9-_]{1,64})\/invocations(?:\?.*)?$/;
/** Who may ask functions from outside: what they answer is the whole trail, which is no emitter's business. */
const outsiders = new Set(['operator', 'local-channel']);
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, synchronous invocation. */
const maxPayloadBytes = 6 * 1024 * 1024;

/**
 * `lambda:Invoke` over HTTP, request and response, for functions that are made to be asked; `GetFunctionConfiguration` for every one.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function lambdaApi(
  invoke: (functionName: string, event: unknown) => Promise<unknown>,
  callers: (accessKeyId: string) => Caller | undefined,
  functions: ReadonlyMap<string, { readonly timeoutSeconds: number }>,
  mayAsk: ReadonlySet<string> = outsiders,
) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const described = request.method === 'GET' ? configurationPath.exec(request.url ?? '')?.[1] : undefined;
    const functionName = described ?? (request.method === 'POST' ? path.exec(request.url ?? '')?.[1] : undefined);
    if (functionName === undefined) return false;
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
    const accessKeyId = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
    const caller = accessKeyId === undefined ? undefined : callers(accessKeyId);
    if (caller === undefined) {
      answer(403, { message: 'The security token included in the request is invalid.' }, { 'x-amzn-errortype': 'UnrecognizedClientException' });
      return true;
    }
    if (!mayAsk.has(caller.name)) {
      const message = `User: ${caller.roleArn} is not authorized to perform: lambda:${described === undefined ? 'InvokeFunction' : 'GetFunctionConfiguration'} on resource: ${functionName}`;
      answer(403, { message }, { 'x-amzn-errortype': 'AccessDeniedException' });
      return true;
    }
    if (described !== undefined) {
      const definition = functions.get(described);
      if (definition === undefined) answer(404, { message: `Function not found: ${described}` }, { 'x-amzn-errortype': 'ResourceNotFoundException' });
      else answer(200, { FunctionName: described, State: 'Active', Timeout: definition.timeoutSeconds });
      return true;
    }
    run(request, functionName).then(
      (result) => answer(200, result ?? null),
      (error: unknown) => {
        if (error instanceof AwsError) answer(error.status, { message: error.message }, { 'x-amzn-errortype': error.code });
        // A function that throws is answered with 200 and this header.
        else answer(200, { errorType: nameOf(error), errorMessage: String(error) }, { 'x-amz-function-error': 'Unhandled' });
      },
    );
    return true;
  };

  async function run(request: IncomingMessage, functionName: string): Promise<unknown> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > maxPayloadBytes) throw new AwsError('RequestTooLargeException', `A payload has at most ${maxPayloadBytes} bytes.`, 413);
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    let event: unknown;
    try {
      event = text === '' ? {} : JSON.parse(text);
    } catch {
      throw new AwsError('InvalidRequestContentException', 'The payload is not JSON.');
    }
    return invoke(functionName, event);
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');
