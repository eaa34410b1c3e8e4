import * as z from 'zod';
import type { RunningDeployment } from './run-deployment.ts';
import { environment, prefix } from './setting.ts';

/** What a function answers to API Gateway. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
const proxyAnswer = z.object({ statusCode: z.int(), body: z.string(), multiValueHeaders: z.record(z.string(), z.array(z.string())) });

export interface Answer {
  readonly status: number;
  /** The body, where it is JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** Who calls: by an access token, or nobody. */
export interface Caller {
  get(name: string, path: string): Promise<Answer>;
  post(name: string, path: string, body: object): Promise<Answer>;
}

/** Calls of the portal's functions, each as API Gateway hands it to the one of this name. */
export function throughGateway({ functions }: RunningDeployment, token: () => Promise<string | undefined>): Caller {
  const call = async (name: string, httpMethod: string, address: string, body?: object): Promise<Answer> => {
    const { pathname, searchParams } = new URL(address, 'https://any');
    const bearer = await token();
    const headers = { host: environment.portal.domain, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) };
    const event = {
      path: pathname,
      httpMethod,
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]])),
      multiValueQueryStringParameters: Object.fromEntries([...new Set(searchParams.keys())].map((key) => [key, searchParams.getAll(key)])),
      body: body === undefined ? null : JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { domainName: environment.portal.domain, httpMethod, path: pathname },
    };
    const { statusCode, body: text, multiValueHeaders } = proxyAnswer.parse(await functions.get(`${prefix}-portal-${name}`)?.invoke(event));
    const isJson = multiValueHeaders['content-type']?.some((type) => type.includes('json')) ?? false;
    return { status: statusCode, body: isJson ? (JSON.parse(text) as Answer['body']) : {}, headers: multiValueHeaders };
  };
  return { get: (name, path) => call(name, 'GET', path), post: (name, path, body) => call(name, 'POST', path, body) };
}
