import { generateKeyPairSync } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { seededRandom } from '../../infra/local/src/cloud/index.ts';
import { archivedWorld, verifyCopy, type Archived, type Copy } from './archived-world.ts';
import { tamperedWith } from './tampering.ts';

/** The system lives through some hours first, on a machine that may be busy. */
const unhurried = 300_000;
let real: Archived;
beforeAll(async () => {
  real = await archivedWorld({ requests: 24, hours: 3 });
}, unhurried);

const withLines = (change: (lines: string[]) => string[], among = 0): { copy: Copy; key: string } => {
  const copy: Copy = new Map(real.copy);
  const key = [...copy.keys()].filter((one) => /records-0001/.test(one)).sort()[among] ?? '';
  const lines = Buffer.from(copy.get(key) ?? []).toString('utf8').split('\n').slice(0, -1);
  copy.set(key, Buffer.from(change(lines).map((line) => `${line}\n`).join('')));
  return { copy, key };
};
const said = (line: string | undefined): { chain: string; seq: number; raw: string } => JSON.parse(line ?? '{}') as { chain: string; seq: number; raw: string };
/** The first chain with several records in a row: where it begins among the lines, and what it is. */
const longest = (lines: readonly string[]): { at: number; chain: string } => {
  const at = lines.findIndex((line, i) => said(line).chain === said(lines[i + 2]).chain);
  return { at, chain: said(lines[at]).chain };
};
async function foundIn(copy: Copy, change = (all: { chain: string; seq?: number; kind: string }[]) => all) {
  const { problems } = await verifyCopy(copy, real);
  return change(problems.map(({ chain, seq, kind }) => ({ chain, kind, ...(seq === undefined ? {} : { seq }) })));
}

it('an archive that nobody touched is whole', async () => {
  const found = await verifyCopy(real.copy, real);
  expect(found).toMatchObject({ problems: [], omitted: 0, hours: { last: real.part.to } });
  const events = real.world.events().filter(({ detailType }) => detailType !== 'AuditRecorded.v1');
  expect(found.records).toBeGreaterThan(100);
  // Every event of the bus, but for what came after the last checkpoint.
  expect(events.length - found.records).toBeLessThan(20);
});

describe('offline verification finds, and names,', () => {
  it('a changed byte', async () => {
    let victim = { chain: '', at: 0 };
    const { copy } = withLines((lines) => {
      victim = longest(lines);
      return lines.map((line, i) => (i === victim.at + 1 ? line.replace('look at query', 'look at Query').replace(/"raw":"\{\\"version/, '"raw":" {\\"version') : line));
    });
    expect(await foundIn(copy)).toEqual([{ chain: victim.chain, seq: 2, kind: 'changed' }]);
  });

  it('a missing record', async () => {
    let victim = { chain: '', at: 0 };
    const { copy } = withLines((lines) => lines.toSpliced((victim = longest(lines)).at + 1, 1));
    expect(await foundIn(copy)).toEqual([{ chain: victim.chain, seq: 2, kind: 'missing' }]);
  });

  it('a doubled record', async () => {
    let victim = { chain: '', at: 0 };
    const { copy } = withLines((lines) => lines.toSpliced((victim = longest(lines)).at + 1, 0, lines[victim.at] ?? ''));
    expect(await foundIn(copy)).toEqual([{ chain: victim.chain, seq: 1, kind: 'doubled' }]);
  });

  it('a swapped order', async () => {
    let victim = { chain: '', at: 0 };
    const { copy } = withLines((lines) => {
      victim = longest(lines);
      return lines.toSpliced(victim.at, 2, lines[victim.at + 1] ?? '', lines[victim.at] ?? '');
    });
    expect(await foundIn(copy)).toEqual([{ chain: victim.chain, seq: 1, kind: 'reordered' }]);
  });

  it('a truncated tail', async () => {
    let victim = '';
    let seq = 0;
    const { copy } = withLines((lines) => {
      ({ chain: victim, seq } = said(lines.at(-1)));
      return lines.slice(0, -1);
    });
    expect(await foundIn(copy)).toEqual([{ chain: victim, seq, kind: 'truncated' }]);
  });

  it('a missing checkpoint, by its number', async () => {
    const copy: Copy = new Map(real.copy);
    copy.delete([...copy.keys()].filter((key) => key.endsWith('checkpoint.jws')).sort()[2] ?? '');
    expect(await foundIn(copy)).toEqual([{ chain: 'checkpoints', seq: 3, kind: 'missing-checkpoint' }]);
  });

  it('a forged checkpoint, by its number', async () => {
    const copy: Copy = new Map(real.copy);
    const [, , third = '', fourth = ''] = [...copy.keys()].filter((key) => key.endsWith('checkpoint.jws')).sort();
    copy.set(third, copy.get(fourth) ?? new Uint8Array());
    expect(await foundIn(copy)).toEqual([{ chain: 'checkpoints', seq: 3, kind: 'forged-checkpoint' }]);
  });

  it('the last hour cut off, where it is said up to when there must be some', async () => {
    const copy: Copy = new Map([...real.copy].filter(([key]) => !key.startsWith(`${real.part.to.replaceAll('-', '/').replace('T', '/')}/`)));
    expect((await foundIn(copy)).map(({ kind }) => kind)).toEqual(['missing-checkpoint']);
  });

  it('an archive by another key, all of it', async () => {
    const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const { problems, checkpoints } = await verifyCopy(real.copy, { ...real, pem });
    expect([new Set(problems.map(({ kind }) => kind)), checkpoints]).toEqual([new Set(['forged-checkpoint']), 0]);
  });
});

describe('verification where the trail is', () => {
  /** Everything that verifying the whole trail finds. */
  async function online() {
    const problems: { readonly chain: string; readonly kind: string; readonly seq?: number | undefined }[] = [];
    for (let after: string | undefined; ; ) {
      const answer = verified.parse(await real.world.system.invoke('team-audit-query', { op: 'verify', ...(after === undefined ? {} : { after }) }));
      problems.push(...answer.problems);
      if (answer.next === undefined) return problems;
      after = answer.next;
    }
  }

  it('finds, by the checkpoints, what chains cannot show: a tail that is gone with the head set back, and a chain that is gone with its head', async () => {
    const { documents } = real.world.system.clients('deployment');
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: 'team-audit-heads' }));
    const [one, other] = Items.filter(({ seq }) => Number(seq) > 2);
    expect(await online()).toEqual([]);

    const before = await documents.send(new GetCommand({ TableName: 'team-audit-records', Key: { pk: String(one?.['previous']) } }));
    const { seq, hash, previous } = before.Item ?? {};
    await documents.send(new DeleteCommand({ TableName: 'team-audit-records', Key: { pk: String(one?.['last']) } }));
    await documents.send(new PutCommand({ TableName: 'team-audit-heads', Item: { ...one, seq, hash, previous, last: one?.['previous'] } }));
    expect(await online()).toMatchObject([{ chain: one?.['pk'], kind: 'truncated', seq: Number(one?.['seq']) }]);

    const records = await documents.send(new ScanCommand({ TableName: 'team-audit-records' }));
    for (const { pk } of (records.Items ?? []).filter(({ chain }) => chain === other?.['pk'])) await documents.send(new DeleteCommand({ TableName: 'team-audit-records', Key: { pk } }));
    await documents.send(new DeleteCommand({ TableName: 'team-audit-heads', Key: { pk: other?.['pk'] } }));
    expect(new Set((await online()).map(({ chain, kind }) => `${kind} ${chain}`))).toEqual(new Set([`truncated ${String(one?.['pk'])}`, `truncated ${String(other?.['pk'])}`]));
  });
});

const verified = z.object({ problems: z.array(z.object({ chain: z.string(), kind: z.string(), seq: z.int().optional() })), next: z.string().optional() });

it('offline verification finds each of a thousand random single changes', async () => {
  const random = seededRandom(20261130);
  const unfound: string[] = [];
  for (let n = 0; n < 1_000; n += 1) {
    const { copy, what } = tamperedWith(real.copy, random);
    const { problems } = await verifyCopy(copy, real);
    if (problems.length === 0) unfound.push(what);
  }
  expect(unfound).toEqual([]);
}, unhurried);
