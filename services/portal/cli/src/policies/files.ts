import { directoryNames, FileProblemsError, parsePolicies, policyFilesIn, type Names, type Policies, type PolicyFile } from '@team/policies';
import type { DirectorySnapshot } from '@team/directory';
import type { Connection } from '../cloud/connection.ts';
import { deployment } from '../cloud/deployment.ts';
import { misused, refused, type Failure } from '../failure.ts';

/** Everything that names in files may mean, as AWS has it. */
export interface NamesAndPlaces {
  readonly names: Names;
  readonly snapshot: DirectorySnapshot;
}

/** Reads the organization from AWS. */
export async function readNames(connection: Connection): Promise<NamesAndPlaces> {
  const directory = await connection.directory(deployment.operator);
  const snapshot = await directory.snapshot();
  return { names: directoryNames(snapshot), snapshot };
}

/**
 * The policies in a folder's files. Throws `Failure`: `usage` where there is no such folder or nothing in it, which applied would remove
 * every policy; `refused` with every problem of every file.
 */
export const readFolder = (folder: string, names: Names): Policies =>
  inFolder(folder, (files) => {
    const policies = parsePolicies(files, names);
    const { eligibility, approvers, bundles, limits } = policies;
    if (eligibility.length + approvers.length + bundles.length === 0 && limits === undefined) throw nothingIn(folder);
    return policies;
  });

/** What a folder with files in which there is no policy is answered with: applied, it would remove every one. */
export const nothingIn = (folder: string): Failure => misused(`the files in ${folder} say no policy and no limits`);

/** Everything that is wrong in files, for people. */
export const badFiles = (error: FileProblemsError): Failure => refused(error.message, error);

/** What is read of a folder's files. Throws `Failure` as `readFolder` does. */
export function inFolder<Read>(folder: string, read: (files: readonly PolicyFile[]) => Read): Read {
  try {
    const files = policyFilesIn(folder);
    if (files.length === 0) throw misused(`there is no .yaml file in ${folder}`);
    return read(files);
  } catch (error) {
    if (error instanceof FileProblemsError) throw badFiles(error);
    if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
    const isMissing = error.syscall === 'scandir' && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    throw misused(isMissing ? `there is no folder ${folder}` : `${folder} cannot be read: ${error.message}`, error);
  }
}
