import { beginOf, folderOf, headInLine, headLine, hourAfter, hourOf, linesIn, names, type Checkpoint, type MovedHead } from '@team/trail';
import { archiveRecords } from './archive-records.ts';
import { bytesOf, linesOf, listed, once, textIn, type CheckpointParts } from './archived-object.ts';
import type { ArchiveWriter, Latest } from './ports/checkpoints.ts';

/** After an hour's end, appends of that hour get so long (ms) to come to theirs, and indexes to show them. */
export const settlesMs = 120_000;
const hourMs = 3_600_000;
/** So many heads are looked at abreast. */
const abreast = 16;
/** So many hours are made up for in one go after an outage; the next minute goes on. */
const perRun = 400;

/**
 * Makes the checkpoint of each hour that is over and has none, one after the other. Whoever is stopped anywhere, or runs beside another,
 * comes to the same checkpoint: what it lists is fixed by the first object that is written, the list of heads, and everything after
 * follows from that; each object is written once, and who comes second takes what stands.
 */
export function makeCheckpoints(parts: CheckpointParts): () => Promise<void> {
  const { ledger, clock } = parts;
  let doneUntil = Number.NEGATIVE_INFINITY;
  return async () => {
    const over = clock() - settlesMs - hourMs;
    // An hour that was done stays done: most minutes need no call.
    if (over < doneUntil) return;
    let latest = await ledger.latest();
    for (let made = 0; made < perRun; made += 1) {
      const hour = latest === undefined ? await ledger.first(hourOf(over)) : hourAfter(latest.hour);
      doneUntil = beginOf(hour);
      if (over < doneUntil) return;
      latest = await makeCheckpoint(hour, latest, parts);
    }
    doneUntil = Number.NEGATIVE_INFINITY;
  };
}

async function makeCheckpoint(hour: string, before: Latest | undefined, parts: CheckpointParts): Promise<Latest> {
  const { ledger, archive, signer, sha256, clock, log } = parts;
  const number = (before?.number ?? 0) + 1;
  const folder = folderOf(hour);
  const listOfHeads = await once(archive, `${folder}${names.heads}`, linesOf((await movedHeads(hour, parts)).map(headLine)));
  const heads = headsIn(listOfHeads);
  const objects = await archiveRecords(hour, heads, parts);
  const added = heads.reduce((sum, { head, from }) => sum + head.seq - (from?.seq ?? 0), 0);
  const key = await keepPublicKey(archive, await signer.publicKey(), sha256);
  const checkpoint: Checkpoint = {
    number,
    hour,
    previous: before?.digest ?? null,
    madeAt: new Date(clock()).toISOString(),
    heads: listed(heads.length, listOfHeads, sha256),
    records: { added, total: (before?.total ?? 0) + added },
    objects,
    key,
  };
  const standing = await once(archive, `${folder}${names.checkpoint}`, bytesOf(await signer.sign(checkpoint)));
  await inTurn(heads, ({ chain, head }) => ledger.remember(chain, { number, hour, head }));
  const latest: Latest = { number, hour, digest: sha256(standing), total: checkpoint.records.total };
  await ledger.advance(latest);
  log.info('checkpoint made', { number, hour, heads: heads.length, records: added });
  return latest;
}

/**
 * Chains that moved since a checkpoint listed them. Those of the hour after are listed too: a chain that never rests would be listed by
 * none otherwise. Those of the hour before, in case the index did not show one in time.
 */
async function movedHeads(hour: string, { ledger, trail }: CheckpointParts): Promise<MovedHead[]> {
  const chains = new Set<string>();
  for (const one of [hourAfter(hour, -1), hour, hourAfter(hour)]) for await (const chain of ledger.moved(one)) chains.add(chain);
  const moved: MovedHead[] = [];
  await inTurn([...chains].sort(), async (chain) => {
    const [head, before] = await Promise.all([trail.head(chain), ledger.listed(chain)]);
    if (head === undefined || head.seq <= (before?.head.seq ?? 0)) return;
    moved.push({ chain, head, ...(before === undefined ? {} : { from: before.head }) });
  });
  return moved.sort((a, b) => (a.chain < b.chain ? -1 : 1));
}

/** Some at a time, in turn. */
async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += abreast) await Promise.all(items.slice(at, at + abreast).map(work));
}

/** Under a name that says which key it is. */
async function keepPublicKey(archive: ArchiveWriter, pem: string, sha256: CheckpointParts['sha256']): Promise<string> {
  const body = bytesOf(pem);
  const key = `keys/${sha256(body).slice(0, 16)}.pem`;
  await archive.put(key, body);
  return key;
}

function headsIn(bytes: Uint8Array): MovedHead[] {
  return linesIn(textIn(bytes)).map((line) => {
    const head = headInLine(line);
    if (head === undefined) throw new Error('the list of heads in the archive is none');
    return head;
  });
}
