import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { cloudForTests } from '../testing/cloud-for-tests.ts';
import { serveHttp } from '../wire/http-server.ts';
import { objectsInFolder, objectsInMemory, type Objects } from './objects.ts';
import { s3 } from './s3.ts';

const Bucket = 'archive';
let folder = '';
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'team-s3-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const clientOver = (objects: Objects) => {
  const cloud = cloudForTests({ standIns: [s3({ objects, buckets: [Bucket] })] });
  return { router: cloud.router, client: new S3Client({ ...cloud.configFor('tester'), forcePathStyle: true }) };
};
const put = (Key: string, text: string, more: object = {}) => {
  const Body = Buffer.from(text);
  return new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*', ChecksumSHA256: createHash('sha256').update(Body).digest('base64'), ...more });
};

describe.each<[string, () => Objects]>([
  ['in memory', objectsInMemory],
  ['in a folder', () => objectsInFolder(mkdtempSync(path.join(folder, 'objects-')))],
])('objects %s', (_, make) => {
  it('are written once, read whole and in part, and listed in order', async () => {
    const { client } = clientOver(make());
    for (const key of ['2026/11/30/03/b.jsonl', '2026/11/30/02/a.jsonl', 'keys/k.pem']) await client.send(put(key, `text of ${key} — ü`));
    await expect(client.send(put('keys/k.pem', 'other'))).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    const read = async (Key: string, Range?: string) => client.send(new GetObjectCommand({ Bucket, Key, Range }));
    expect(await (await read('keys/k.pem')).Body?.transformToString()).toBe('text of keys/k.pem — ü');
    const part = await read('keys/k.pem', 'bytes=5-6');
    expect([await part.Body?.transformToString(), part.ContentRange]).toEqual(['of', 'bytes 5-6/25']);
    const list = async (input: object) => (await client.send(new ListObjectsV2Command({ Bucket, ...input }))).Contents?.map(({ Key, Size }) => [Key, Size]);
    expect(await list({})).toEqual([['2026/11/30/02/a.jsonl', 36], ['2026/11/30/03/b.jsonl', 36], ['keys/k.pem', 25]]);
    expect(await list({ StartAfter: '2026/11/30/02/a.jsonl', MaxKeys: 1 })).toEqual([['2026/11/30/03/b.jsonl', 36]]);
    expect(await list({ Prefix: 'keys/' })).toEqual([['keys/k.pem', 25]]);
  });

  it('are refused as S3 refuses them', async () => {
    const { client } = clientOver(make());
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'nothing' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(client.send(new GetObjectCommand({ Bucket: 'other', Key: 'k' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(client.send(put('k', 'text', { ChecksumSHA256: createHash('sha256').update('').digest('base64') }))).rejects.toMatchObject({ name: 'BadDigest' });
    await client.send(put('k', 'text'));
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=4-9' }))).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('are never removed nor replaced, nor anything done with them that is not there', async () => {
    const { client } = clientOver(make());
    await client.send(put('k', 'text'));
    for (const command of [new DeleteObjectCommand({ Bucket, Key: 'k' }), put('k', 'text', { IfNoneMatch: undefined })]) {
      await expect(client.send(command)).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud', $metadata: { httpStatusCode: 501 } });
    }
    expect(await (await client.send(new GetObjectCommand({ Bucket, Key: 'k' }))).Body?.transformToString()).toBe('text');
  });
});

it('objects in a folder are its files, and none is named out of it', async () => {
  const own = mkdtempSync(path.join(folder, 'files-'));
  const { client } = clientOver(objectsInFolder(own));
  await client.send(put('2026/11/a.jsonl', 'text'));
  expect(readdirSync(own, { recursive: true }).map(String).sort()).toEqual(['archive', 'archive/2026', 'archive/2026/11', 'archive/2026/11/a.jsonl']);
  await expect(client.send(put('../../a', 'text'))).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud' });
  expect(readdirSync(own)).toEqual(['archive']);
});

it('over HTTP, an SDK reads and lists them', async () => {
  const { router, client } = clientOver(objectsInMemory());
  await client.send(put('a/b.jsonl', 'text'));
  const server = await serveHttp({ router, port: 0 });
  try {
    const outside = new S3Client({ endpoint: server.endpoint, region: 'eu-central-1', forcePathStyle: true, credentials: { accessKeyId: 'tester', secretAccessKey: 'any' } });
    expect(await (await outside.send(new GetObjectCommand({ Bucket, Key: 'a/b.jsonl' }))).Body?.transformToString()).toBe('text');
    expect((await outside.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
    const stranger = new S3Client({ endpoint: server.endpoint, region: 'eu-central-1', forcePathStyle: true, credentials: { accessKeyId: 'stranger', secretAccessKey: 'any' }, maxAttempts: 1 });
    await expect(stranger.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  } finally {
    await server.close();
  }
});
