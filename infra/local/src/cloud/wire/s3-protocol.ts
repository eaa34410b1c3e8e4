import type { AwsError } from '../aws-error.ts';
import type { Json, JsonObject } from '../json.ts';
import { s3Target } from '../s3/s3.ts';
import { isJsonObject } from './json-protocol.ts';
import { encodeText, type WireRequest, type WireResponse } from './message.ts';

/** S3 alone is called with more than `POST /`. */
export const isS3Request = ({ method = 'POST', path = '/' }: WireRequest): boolean => method !== 'POST' || path !== '/';

/**
 * Which call a request is: `PUT /bucket/key`, `GET /bucket/key`, `GET /bucket?list-type=2`, all path-style.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function s3CallOf({ method = 'GET', path = '/', query = new URLSearchParams(), headers, body }: WireRequest): { readonly target: string; readonly action: string; readonly input: JsonObject } {
  const [, Bucket = '', encoded = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const known = { Bucket, ...(encoded === '' ? {} : { Key: decodeURIComponent(encoded) }) };
  const call = (action: string, input: Readonly<Record<string, Json | undefined>>) => ({ target: s3Target, action, input: { ...known, ...said(input) } });
  // Whatever else stands in the query asks for something else: `?uploads`, `?versions`, `?retention`, …
  const more = [...query.keys()].filter((name) => !plain.has(name));
  if (Bucket === '' || more.length > 0) return call(`${method} ${path}${more.length > 0 ? `?${more.join('&')}` : ''}`, {});
  if (encoded === '' && method === 'GET' && query.get('list-type') === '2') {
    const asked = (name: string): string | undefined => query.get(name) ?? undefined;
    return call('ListObjectsV2', { Prefix: asked('prefix'), StartAfter: asked('start-after'), ContinuationToken: asked('continuation-token'), MaxKeys: asked('max-keys') });
  }
  if (encoded !== '' && method === 'GET') return call('GetObject', { Range: headers['range'] });
  if (encoded !== '' && method === 'PUT' && headers['x-amz-copy-source'] === undefined) {
    return call('PutObject', { Body: Buffer.from(body).toString('base64'), IfNoneMatch: headers['if-none-match'], ChecksumSHA256: headers['x-amz-checksum-sha256'] });
  }
  return call(`${method} of an object or a bucket`, {});
}

const plain = new Set(['x-id', 'list-type', 'prefix', 'start-after', 'continuation-token', 'max-keys', 'encoding-type']);

const said = (members: Readonly<Record<string, Json | undefined>>): JsonObject => Object.fromEntries(Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** An answer: an object's bytes, or XML. */
export function encodeS3Output(output: JsonObject, action: string, requestId: string): WireResponse {
  const { Body, ETag, ContentRange, ...rest } = output;
  const headers: Record<string, string> = { 'x-amz-request-id': requestId, ...(typeof ETag === 'string' && { etag: ETag }) };
  if (action === 'ListObjectsV2') return xml(200, headers, `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${membersXml(rest)}</ListBucketResult>`);
  if (typeof Body !== 'string') return { statusCode: 200, headers: { ...headers, 'content-length': '0' }, body: new Uint8Array() };
  const body = Buffer.from(Body, 'base64');
  const ranged = typeof ContentRange === 'string';
  return {
    statusCode: ranged ? 206 : 200,
    headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': String(body.byteLength), ...(ranged && { 'content-range': ContentRange }) },
    body,
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function encodeS3Error({ code, message, status }: AwsError, requestId: string): WireResponse {
  // What other services answer with 400, S3 does with 403.
  const denied = code === 'AccessDeniedException' ? 'AccessDenied' : code;
  return xml(denied === 'AccessDenied' ? 403 : status, { 'x-amz-request-id': requestId }, `<Error><Code>${escaped(denied)}</Code><Message>${escaped(message)}</Message><RequestId>${escaped(requestId)}</RequestId></Error>`);
}

function xml(statusCode: number, headers: Record<string, string>, text: string): WireResponse {
  const body = encodeText(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`);
  return { statusCode, headers: { ...headers, 'content-type': 'application/xml', 'content-length': String(body.length) }, body };
}

/** Members as elements; of a list, one for each. */
const membersXml = (members: JsonObject): string =>
  Object.entries(members).map(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => `<${name}>${valueXml(one)}</${name}>`).join('')).join('');
const valueXml = (value: Json | undefined): string => (isJsonObject(value) ? membersXml(value) : escaped(typeof value === 'string' ? value : JSON.stringify(value)));
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
