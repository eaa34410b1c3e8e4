import { exportPolicies } from '@team/policies';
import type { Context } from '../../context.ts';
import type { ExitCode } from '../../failure.ts';
import { readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { writePolicies } from '../../policies/write-folder.ts';

/** `team policies export` */
export async function write({ connection, ...output }: Context, folder: string, mayReplace: boolean): Promise<ExitCode> {
  const [{ names }, standing] = [await readNames(connection), await readStanding(connection)];
  return writePolicies(output, exportPolicies({ ...standing, emitters: [] }, names), folder, mayReplace);
}
