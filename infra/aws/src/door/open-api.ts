import type { Names } from '../names.ts';
import type { Way } from './paths.ts';

/** Longest that a regional API waits for an answer (ms). https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const longestMs = 29_000;

interface Said {
  /** Absent: what the gateway has for it, which its body cannot name. */
  readonly status?: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
}

/** Answers that the gateway gives itself, as problem documents (RFC 9457). https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const refusals: Readonly<Record<string, Said>> = {
  WAF_FILTERED: { status: 403, title: 'Refused', code: 'ERR_FIREWALL', detail: 'The firewall before TEAM took this call for an attack, or there were too many from your address. Wait a minute and try again.' },
  THROTTLED: { status: 429, title: 'Too many calls', code: 'ERR_TOO_MANY_CALLS', detail: 'There are too many calls at once. Try again in some seconds.' },
  REQUEST_TOO_LARGE: { status: 413, title: 'Too large', code: 'ERR_BODY_TOO_LARGE', detail: 'The body is larger than is taken. Ask for less at once.' },
  DEFAULT_4XX: { title: 'Not as asked for', code: 'ERR_CALL_INVALID', detail: 'The call cannot be understood.' },
  // Of functions that took too long or crashed, too, which may have done it before.
  DEFAULT_5XX: { status: 503, title: 'Try again', code: 'ERR_NO_ANSWER', detail: 'TEAM did not answer. It may have been done all the same: look first, or send the same requestId again.' },
};

const header = (name: string, value: string) => [`gatewayresponse.header.${name}`, `'${value}'`] as const;

/** The API as API Gateway imports it. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html */
export function openApiOf(ways: readonly Way[], service: string, names: Names, region: string): object {
  return {
    openapi: '3.0.1',
    info: { title: `${names.prefix}-portal`, version: '1' },
    paths: Object.fromEntries(ways.map(({ path, functionName }) => [path, { 'x-amazon-apigateway-any-method': broughtTo(names.arn('lambda', `function:${names.functionName(service, functionName)}`), path, region) }])),
    // Files are compressed as they lie, and a body is brought as it was sent.
    'x-amazon-apigateway-binary-media-types': ['*/*'],
    'x-amazon-apigateway-gateway-responses': Object.fromEntries(
      Object.entries(refusals).map(([type, { status, ...said }]) => [
        type,
        {
          ...(status === undefined ? {} : { statusCode: status }),
          responseParameters: Object.fromEntries([header('Content-Type', 'application/problem+json'), header('Cache-Control', 'no-store'), header('X-Content-Type-Options', 'nosniff'), header('Strict-Transport-Security', 'max-age=63072000; includeSubDomains'), ...(status === 429 || status === 503 ? [header('Retry-After', '5')] : [])]),
          responseTemplates: { 'application/json': JSON.stringify({ type: 'about:blank', status, ...said, instance: 'urn:uuid:$context.requestId' }) },
        },
      ]),
    ),
  };
}

function broughtTo(functionArn: string, path: string, region: string): object {
  const variables = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  return {
    ...(variables.length === 0 ? {} : { parameters: variables }),
    responses: {},
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      passthroughBehavior: 'when_no_match',
      timeoutInMillis: longestMs,
    },
  };
}
