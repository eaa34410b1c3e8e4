import type { Part } from '@team/trail';
import { archivedObjects } from '../cloud/audit-archive.ts';
import type { Context } from '../context.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { archiveLines } from '../print/verification-lines.ts';
import { counted } from '../print/printable.ts';
import { momentOf, timestampOf } from '../timestamp.ts';

/** Hours that a command is about. */
export interface HourOptions {
  readonly from?: string;
  readonly to?: string;
}

/** `team audit export` */
export async function write({ connection, bus, say }: Context, folder: string, options: HourOptions): Promise<ExitCode> {
  const hours = {
    ...(options.from === undefined ? {} : { from: await momentOf(options.from, '--from', bus) }),
    ...(options.to === undefined ? {} : { to: await momentOf(options.to, '--to', bus) }),
  };
  const { writeInto } = await import('../archive/folder.ts');
  const put = writeInto(folder);
  let objects = 0;
  let last: string | undefined;
  for await (const { key, pieces } of archivedObjects(connection, hours)) {
    await put(key, pieces());
    objects += 1;
    if (key.endsWith('checkpoint.jws')) last = key;
  }
  if (last === undefined) throw refused('there is no checkpoint of these hours yet; one is made two minutes after each hour');
  say(`${counted(objects, 'file')} in ${folder}, up to ${last}.`);
  say(`Verify it: npx team audit verify --archive ${folder} --key FILE.pem${options.from === undefined ? '' : ` --from ${hours.from}`}`);
  return exitCodes.ok;
}

/** `team audit verify --archive`: asks nobody. */
export async function verifyFolder({ say, remark }: Context, folder: string, options: HourOptions & { readonly key?: string; readonly json?: true }): Promise<ExitCode> {
  // Loaded when it is asked for: what verifies takes longer to load than most commands take.
  const [{ hourOf, verifyArchive }, { archiveIn, publicKeyOf, readingWith }] = await Promise.all([import('@team/trail'), import('../archive/folder.ts')]);
  const part: Part = {
    ...(options.from === undefined ? {} : { from: hourOf(Date.parse(timestampOf(options.from, '--from'))) }),
    ...(options.to === undefined ? {} : { to: hourOf(Date.parse(timestampOf(options.to, '--to'))) }),
  };
  const { key, own } = publicKeyOf(folder, options.key);
  if (own) remark('The public key is the folder’s own: whoever changed the folder may have changed that, too. Give yours with --key.');
  const found = await verifyArchive(archiveIn(folder), readingWith(key), part);
  if (options.json === true) say(JSON.stringify(found, undefined, 2));
  else for (const line of archiveLines(found)) say(line);
  return found.problems.length + found.omitted === 0 ? exitCodes.ok : exitCodes.refused;
}
