import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { exportPolicies } from '@team/policies';
import type { Context, Perform } from '../../context.ts';
import { exitCodes, misused, type ExitCode } from '../../failure.ts';
import { readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { printable } from '../../print/printable.ts';

/** `team policies export`. */
export function exportCommand(policies: Command, perform: Perform): void {
  policies
    .command('export')
    .description('write the policies in force into a folder, by name')
    .argument('<folder>', 'it is made; files in it are replaced only with --force')
    .option('--force', 'replace files of policies that are there')
    .action((folder: string, options: { readonly force?: true }, command: Command) => perform(command, (context) => write(context, folder, options)));
}

async function write({ connection, say, remark }: Context, folder: string, { force }: { readonly force?: true }): Promise<ExitCode> {
  const [{ names }, standing] = [await readNames(connection), await readStanding(connection)];
  const { files, missing } = exportPolicies({ ...standing, emitters: [] }, names);
  mkdirSync(folder, { recursive: true });
  const inTheWay = readdirSync(folder).filter((name) => files.has(name));
  if (inTheWay.length > 0 && force !== true) throw misused(`${folder} has ${inTheWay.join(', ')} already; say --force to replace them`);
  for (const [name, text] of files) {
    writeFileSync(path.join(folder, name), text);
    say(path.join(folder, name));
  }
  for (const { policy, id } of missing) remark(printable(`${policy} names ${id}, which AWS does not know any more`));
  return exitCodes.ok;
}
