import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DirectorySnapshot } from '@team/directory';
import * as z from 'zod';
import type { OrganizationStore } from '../application/ports.ts';

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** An item holds 400 kB at most. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const partBytes = 350_000;
const dayMs = 24 * 3_600_000;
/** Parts are written anew after a day, and forgotten a month after they were written: what nothing names any more goes by itself. */
const [writtenAnewMs, forgottenMs] = [dayMs, 30 * dayMs];
/** Another version of this code reads no other format. */
const format = 1;

const head = z.object({ format: z.literal(format), takenAt: z.number(), digest: z.string(), parts: z.int().min(1).max(1_000), writtenAt: z.number() });
type Head = z.infer<typeof head>;

const ids = z.array(z.string()).readonly();
const listed = z.object({
  rootId: z.string(),
  managementAccountId: z.string(),
  users: z.array(z.object({ id: z.string(), userName: z.string(), displayName: z.string().optional(), enabled: z.boolean() })).readonly(),
  groups: z.array(z.object({ id: z.string(), name: z.string() })).readonly(),
  organizationalUnits: z.array(z.object({ id: z.string(), name: z.string(), path: ids, names: ids })).readonly(),
  // A state that AWS adds is none in which an account can be used.
  accounts: z.array(z.object({ id: z.string(), name: z.string(), status: z.enum(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']).catch('SUSPENDED'), ouPath: ids })).readonly(),
  permissionSets: z.array(z.object({ arn: z.string(), name: z.string(), sessionDurationMinutes: z.number() })).readonly(),
});

/**
 * The organization in a table with the key `pk` and time to live `expiresAt` (s): a head, which says when it was listed, and packed parts that
 * are named by the digest of all of them, so that a reader never has parts of two. Addresses of people are not kept.
 */
export function organizationTable(client: DynamoDBDocumentClient, table: string): OrganizationStore {
  const partKey = (digest: string, n: number) => ({ pk: `part#${digest}#${n}` });

  const readHead = async (ConsistentRead = false): Promise<Head | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk: 'head' }, ConsistentRead }));
    return head.safeParse(Item).data;
  };
  /** Undefined where a part is missing, or is not what was written: the next listing writes it anew. */
  const readParts = async ({ digest, parts }: Head): Promise<z.infer<typeof listed> | undefined> => {
    const items = await Promise.all(Array.from({ length: parts }, (_, n) => client.send(new GetCommand({ TableName: table, Key: partKey(digest, n), ConsistentRead: true }))));
    const bytes = items.flatMap(({ Item }) => (Item?.['bytes'] instanceof Uint8Array ? [Item['bytes']] : []));
    const whole = Buffer.concat(bytes);
    if (digestOf(whole) !== digest) return undefined;
    return listed.safeParse(JSON.parse((await unpack(whole)).toString())).data;
  };

  return {
    takenAt: async () => (await readHead(true))?.takenAt,

    async get(known) {
      for (const consistent of [false, true]) {
        const now = await readHead(consistent);
        if (now === undefined) continue;
        if (now.digest === known?.digest) return { digest: now.digest, snapshot: { ...known.snapshot, takenAt: now.takenAt } };
        const read = await readParts(now);
        if (read !== undefined) return { digest: now.digest, snapshot: { ...read, takenAt: now.takenAt, users: read.users.map((user) => ({ ...user, displayName: user.displayName, email: undefined })) } };
      }
      return undefined;
    },

    async put({ takenAt, ...snapshot }, writtenAt) {
      const bytes = await pack(JSON.stringify(listed.parse(inOrder(snapshot))));
      const digest = digestOf(bytes);
      const before = await readHead(true);
      const isAsBefore = before?.digest === digest && writtenAt - before.writtenAt < writtenAnewMs && (await readParts(before)) !== undefined;
      const stands = isAsBefore ? before : undefined;
      const parts = stands?.parts ?? (await putParts(digest, bytes, writtenAt));
      const Item = { pk: 'head', format, takenAt, digest, parts, writtenAt: stands?.writtenAt ?? writtenAt } satisfies Head & { pk: string };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
  };

  async function putParts(digest: string, bytes: Uint8Array, writtenAt: number): Promise<number> {
    const parts = Math.ceil(bytes.byteLength / partBytes);
    const expiresAt = Math.ceil((writtenAt + forgottenMs) / 1_000);
    for (let n = 0; n < parts; n += 1) {
      await client.send(new PutCommand({ TableName: table, Item: { ...partKey(digest, n), bytes: bytes.subarray(n * partBytes, (n + 1) * partBytes), expiresAt } }));
    }
    return parts;
  }
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** AWS promises no order, and another one would be another list. */
function inOrder({ users, groups, organizationalUnits, accounts, permissionSets, ...rest }: Omit<DirectorySnapshot, 'takenAt'>): Omit<DirectorySnapshot, 'takenAt'> {
  const by = <T>(list: readonly T[], key: (one: T) => string): T[] => list.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const byId = <T extends { readonly id: string }>(list: readonly T[]): T[] => by(list, ({ id }) => id);
  return { ...rest, users: byId(users), groups: byId(groups), organizationalUnits: byId(organizationalUnits), accounts: byId(accounts), permissionSets: by(permissionSets, ({ arn }) => arn) };
}
