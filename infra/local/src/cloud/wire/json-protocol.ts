import { AwsError } from '../aws-error.ts';
import type { Json, JsonObject } from '../json.ts';
import { nestedDeeperThan } from './json-depth.ts';
import { decodeText, encodeText, type WireRequest, type WireResponse } from './message.ts';

/** What `x-amz-target` names: the service's prefix and the action. */
export interface Target {
  readonly service: string;
  readonly action: string;
}

/**
 * Reads `x-amz-target`, `AmazonSQS.SendMessage`. Some SDKs put a namespace before it.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export function targetOf(request: WireRequest): Target {
  const header = request.headers['x-amz-target'] ?? '';
  const match = /^(?:.*\.)?([A-Za-z0-9_]+)\.([A-Za-z0-9]+)$/.exec(header);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new AwsError('UnknownOperationException', `The x-amz-target header "${header.slice(0, 200)}" names no operation.`);
  }
  return { service: match[1], action: match[2] };
}

export function parseInput(body: Uint8Array): JsonObject {
  if (body.length === 0) return {};
  const parsed = parseJson(body);
  if (isJsonObject(parsed)) return parsed;
  throw new AwsError('SerializationException', 'The body of the request is not a JSON object.');
}

/** Deeper than anything that the services take. */
const maxDepth = 256;

function parseJson(body: Uint8Array): Json {
  try {
    const text = decodeText(body);
    if (nestedDeeperThan(text, maxDepth)) throw new RangeError(`It is nested deeper than ${maxDepth} levels.`);
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw Object.assign(new AwsError('SerializationException', 'The body of the request is not JSON.'), { cause });
  }
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function encodeOutput(output: JsonObject, version: string, requestId: string): WireResponse {
  return answer(200, output, version, requestId);
}

/**
 * An error in the form of the JSON protocols: `__type` and `message` in the body, `x-amzn-errortype` beside it. SQS, which
 * spoke the query protocol before, adds the code of that protocol where it differs.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait
 */
export function encodeError(error: AwsError, version: string, requestId: string, queryCode?: string): WireResponse {
  const response = answer(error.status, { ...error.fields, __type: error.code, message: error.message }, version, requestId);
  response.headers['x-amzn-errortype'] = error.code;
  if (queryCode !== undefined) response.headers['x-amzn-query-error'] = `${queryCode};${error.status < 500 ? 'Sender' : 'Receiver'}`;
  return response;
}

function answer(statusCode: number, body: JsonObject, version: string, requestId: string): WireResponse {
  const bytes = encodeText(JSON.stringify(body));
  return {
    statusCode,
    headers: {
      'content-type': `application/x-amz-json-${version}`,
      'content-length': String(bytes.length),
      'x-amzn-requestid': requestId,
    },
    body: bytes,
  };
}

/** Answers are in the version that was asked in: `application/x-amz-json-1.0` or 1.1. */
export function versionOf(request: WireRequest): string {
  return /^application\/x-amz-json-(1\.[01])/.exec(request.headers['content-type'] ?? '')?.[1] ?? '1.1';
}
