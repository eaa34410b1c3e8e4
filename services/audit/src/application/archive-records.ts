import { beginOf, folderOf, linesIn, names, placed, recordLine, walkAlong, type Listed, type MovedHead } from '@team/trail';
import { bytesOf, linesOf, listed, once, textIn, type CheckpointParts } from './archived-object.ts';

/** An object is closed once it has so many bytes: it can be held in memory, and answered in a few pieces. */
const objectBytes = 2 * 1024 * 1024;
/** So long after its hour began (ms) a checkpoint no longer waits for records that are not there: they are missing, and it says what is. */
const waitsMs = 2 * 3_600_000;

/**
 * Writes the records between the heads of before and those of now into the archive, chain by chain. Which objects these are follows from
 * the heads alone. A chain that does not hang together is waited for at first, since an index may be late; then it is archived as it is,
 * and logged as an error: whoever verifies sees it, and no fault keeps later hours from being signed.
 */
export async function archiveRecords(hour: string, heads: readonly MovedHead[], parts: CheckpointParts): Promise<(Listed & { readonly name: string })[]> {
  const { trail, archive, sha256, clock, log } = parts;
  const objects: (Listed & { readonly name: string })[] = [];
  const walk = walkAlong(heads, { sha256: (text) => sha256(bytesOf(text)), digest: parts.digest });
  const patient = clock() < beginOf(hour) + waitsMs;
  let whole = true;
  let lines: string[] = [];
  let bytes = 0;

  const close = async (): Promise<void> => {
    const name = names.records(objects.length + 1);
    const standing = await once(archive, `${folderOf(hour)}${name}`, linesOf(lines));
    objects.push({ name, ...listed(linesIn(textIn(standing)).length, standing, sha256) });
    lines = [];
    bytes = 0;
  };
  const broken = (chain: string): void => {
    if (patient) throw new Error(`the chain ${chain} does not lead to the head that is to be signed, or not yet`);
    if (whole) log.error('a checkpoint is made of a trail that does not hang together: verify it', { hour, chain });
    whole = false;
  };

  for (const { chain, head, from } of heads) {
    for await (const stored of trail.chain(chain, head, from?.seq ?? 0)) {
      const record = placed(stored, head);
      if (record === undefined || record.place.seq > head.seq) break;
      const line = recordLine(record);
      if (whole && !walk.takes(line)) broken(chain);
      lines.push(line);
      bytes += line.length;
      if (bytes >= objectBytes) await close();
    }
    if (whole && !walk.arrived()) broken(chain);
  }
  if (lines.length > 0) await close();
  return objects;
}
