import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import { checkedInput } from '../input.ts';
import type { JsonObject } from '../json.ts';
import { notImplemented } from '../not-implemented.ts';
import type { Call, StandIn } from '../stand-in.ts';
import type { Objects } from './objects.ts';

export interface S3Options {
  readonly objects: Objects;
  /** Names of the buckets there are; each with Object Lock, so that nothing in one is replaced. */
  readonly buckets: readonly string[];
}

const bucket = z.string().min(1);
const key = z.string().min(1).max(1024);
const inputs = {
  put: z.object({ Bucket: bucket, Key: key, Body: z.base64(), IfNoneMatch: z.literal('*').optional(), ChecksumSHA256: z.string().optional() }),
  get: z.object({ Bucket: bucket, Key: key, Range: z.string().optional() }),
  list: z.object({ Bucket: bucket, Prefix: z.string().default(''), StartAfter: z.string().default(''), ContinuationToken: z.string().optional(), MaxKeys: z.coerce.number().int().min(1).max(1000).default(1000) }),
};

/** Objects in buckets, as far as an archive needs it; bodies go in and out in base64. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
export function s3({ objects, buckets }: S3Options): StandIn {
  const within = (name: string): string => {
    if (!buckets.includes(name)) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return `${name}/`;
  };

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
  const put = ({ input }: Call): JsonObject => {
    const { Bucket, Key, Body, IfNoneMatch, ChecksumSHA256 } = checkedInput(inputs.put, input, 'InvalidArgument');
    const name = `${within(Bucket)}${Key}`;
    const body = Buffer.from(Body, 'base64');
    // Object Lock wants a checksum of what is locked: same page.
    if (ChecksumSHA256 === undefined) throw new AwsError('InvalidRequest', 'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters');
    if (createHash('sha256').update(body).digest('base64') !== ChecksumSHA256) throw new AwsError('BadDigest', 'The SHA256 you specified did not match what we received.');
    if (objects.get(name) !== undefined) {
      if (IfNoneMatch === undefined) return notImplemented('S3', 'a second version of an object: write with If-None-Match');
      throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
    }
    objects.set(name, body);
    return { ETag: etagOf(body) };
  };

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
  const get = ({ input }: Call): JsonObject => {
    const { Bucket, Key, Range } = checkedInput(inputs.get, input, 'InvalidArgument');
    const found = objects.get(`${within(Bucket)}${Key}`);
    if (found === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    const body = Buffer.from(found);
    if (Range === undefined) return { Body: body.toString('base64'), ETag: etagOf(body) };
    const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(Range) ?? [];
    if (from === '') return notImplemented('S3', `the range ${Range}`);
    const first = Number(from);
    if (first >= body.byteLength) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
    const part = body.subarray(first, Number(to) + 1);
    return { Body: part.toString('base64'), ETag: etagOf(body), ContentRange: `bytes ${first}-${first + part.byteLength - 1}/${body.byteLength}` };
  };

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
  const list = ({ input }: Call): JsonObject => {
    const { Bucket, Prefix, StartAfter, ContinuationToken, MaxKeys } = checkedInput(inputs.list, input, 'InvalidArgument');
    const after = ContinuationToken ?? StartAfter;
    const keys = objects.names(`${within(Bucket)}${Prefix}`).map((name) => name.slice(Bucket.length + 1)).filter((one) => one > after);
    const page = keys.slice(0, MaxKeys);
    const more = page.length < keys.length;
    return {
      Name: Bucket,
      Prefix,
      KeyCount: page.length,
      MaxKeys,
      IsTruncated: more,
      Contents: page.map((one) => ({ Key: one, Size: objects.size(`${Bucket}/${one}`) })),
      ...(more ? { NextContinuationToken: page.at(-1) ?? '' } : {}),
    };
  };

  const actions = new Map([['PutObject', put], ['GetObject', get], ['ListObjectsV2', list]]);
  return { target: s3Target, handle: (call) => (actions.get(call.action) ?? (() => notImplemented('S3', call.action)))(call) };
}

/** Stands where other services have what is before the dot of `x-amz-target`. */
export const s3Target = 'S3';

const etagOf = (body: Uint8Array): string => `"${createHash('md5').update(body).digest('hex')}"`;
