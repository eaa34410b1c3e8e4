import type { Command } from 'commander';
import { exportPolicies } from '@team/policies';
import type { Context } from '../../context.ts';
import type { PerformEitherWay } from '../../either-way.ts';
import type { ExitCode } from '../../failure.ts';
import { readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { writePolicies } from '../../policies/write-folder.ts';
import { exportAtPortal } from '../../signed-in/policies/export.ts';

interface ExportOptions {
  readonly force?: true;
}

/** `team policies export`. */
export function exportCommand(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('export')
    .description('write the policies in force into a folder, by name')
    .argument('<folder>', 'it is made; files in it are replaced only with --force')
    .option('--force', 'replace files of policies that are there')
    .action((folder: string, options: ExportOptions, command: Command) =>
      perform(command, { atPortal: (context) => exportAtPortal(context, folder, options.force === true), atLocalRun: (context) => write(context, folder, options) }),
    );
}

async function write({ connection, ...output }: Context, folder: string, { force }: ExportOptions): Promise<ExitCode> {
  const [{ names }, standing] = [await readNames(connection), await readStanding(connection)];
  return writePolicies(output, exportPolicies({ ...standing, emitters: [] }, names), folder, force === true);
}
