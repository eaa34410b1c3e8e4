import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ExportedPolicies } from '@team/policies';
import type { Output } from '../context.ts';
import { exitCodes, misused, withFile, type ExitCode } from '../failure.ts';
import { printable } from '../print/printable.ts';

/** What is written of policies, and ids in them that nothing has any more. */
interface Exported {
  readonly files: ExportedPolicies['files'];
  readonly missing: readonly { readonly policy: string; readonly id: string }[];
}

/** Writes policies into a folder, and says into which files. Throws `Failure` (usage) where some are there already, unless they may be replaced. */
export function writePolicies({ say, remark }: Output, { files, missing }: Exported, folder: string, mayReplace: boolean): ExitCode {
  mkdirSync(folder, { recursive: true });
  const inTheWay = readdirSync(folder).filter((name) => files.has(name));
  if (inTheWay.length > 0 && !mayReplace) throw misused(`${folder} has ${inTheWay.join(', ')} already; say --force to replace them`);
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    withFile(file, () => writeFileSync(file, text));
    say(file);
  }
  for (const { policy, id } of missing) remark(printable(`${policy} names ${id}, which AWS does not know any more`));
  return exitCodes.ok;
}
