import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ArchiveReader, ArchiveWriter } from '../application/ports/checkpoints.ts';

/**
 * The archive in a bucket. An object is written on condition that its key is free
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html), and with its digest, which S3 checks; the bucket's Object
 * Lock takes a checksum with every write (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html).
 */
export function createArchive(client: S3Client, Bucket: string): ArchiveWriter & ArchiveReader {
  const get = async (Key: string, Range?: string) => {
    try {
      return await client.send(new GetObjectCommand({ Bucket, Key, ...(Range === undefined ? {} : { Range }) }));
    } catch (error) {
      if (isNamed(error, 'NoSuchKey')) return undefined;
      throw error;
    }
  };
  return {
    async put(Key, Body) {
      const ChecksumSHA256 = createHash('sha256').update(Body).digest('base64');
      try {
        await client.send(new PutObjectCommand({ Bucket, Key, Body, ChecksumSHA256, IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        if (isNamed(error, 'PreconditionFailed')) return false;
        throw error;
      }
    },
    async read(key) {
      const answer = await get(key);
      return answer === undefined ? undefined : ((await answer.Body?.transformToByteArray()) ?? new Uint8Array());
    },
    async part(key, offset, bytes) {
      const answer = await get(key, `bytes=${offset}-${offset + bytes - 1}`);
      if (answer === undefined) return undefined;
      // `bytes 0-99/1234`: https://www.rfc-editor.org/rfc/rfc9110#name-content-range
      const total = Number(/\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1]);
      return { bytes: (await answer.Body?.transformToByteArray()) ?? new Uint8Array(), total };
    },
    async list(after, before) {
      const { Contents = [], IsTruncated = false } = await client.send(new ListObjectsV2Command({ Bucket, StartAfter: after }));
      const objects = Contents.flatMap(({ Key, Size = 0 }) => (Key === undefined || Key >= before ? [] : [{ key: Key, bytes: Size }]));
      return { objects, more: IsTruncated && objects.length === Contents.length };
    },
  };
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
