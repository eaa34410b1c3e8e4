import { resolve } from 'node:path';
import { FileProblemsError } from '@team/policies';
import { DamagedJournalError, FolderInUseError, memoryStore, type RemovedFolderError } from '../cloud/index.ts';
import { loadOrganization, OtherOrganizationError } from '../identity/index.ts';
import { loadPolicies } from '../policies/index.ts';
import type { StartOptions } from './options.ts';
import { watchedStore } from './watched-store.ts';

/** Operating system errors that say what is wrong with a file or a folder that a person named. */
const fileErrors: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'this may not be read or written: name another'],
  ['EPERM', 'this may not be read or written: name another'],
  ['EROFS', 'it is on a file system that cannot be written to: name another'],
  ['EEXIST', 'a folder was expected and this is a file'],
  ['EISDIR', 'a file was expected and this is a folder'],
  ['ENOENT', 'it does not exist: check the name'],
  ['ENOTDIR', 'a folder was expected and this is a file'],
  ['ELOOP', 'its links lead in a circle: name another'],
]);

/** The same of a port. */
const portErrors: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another program has this port, perhaps another local run: choose another'],
  ['EACCES', 'this port may not be taken: choose another'],
]);

/** Starts the local run. What a person can mend is said in words, and ends with exit code 1. */
export async function start(options: StartOptions): Promise<void> {
  try {
    await startServing(options);
  } catch (error) {
    const words = forPeople(error, options);
    if (words === undefined) throw error;
    console.error(words);
    process.exitCode = 1;
  }
}

async function startServing(options: StartOptions): Promise<void> {
  const organization = naming(options.organization, () => loadOrganization(options.organization));
  const policies = loadPolicies(options.policies, organization);
  const data = resolve(options.data);
  const store = options.inMemory ? memoryStore() : watchedStore(data, lost);
  try {
    // Loaded when there is something to serve: the system takes longer to load than to say what is wrong with a file.
    const { serve } = await import('./serve.ts');
    await serve(organization, policies, store, { ...options, data });
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Ends at once: what would be answered from here on would not be kept. */
function lost(error: RemovedFolderError): never {
  console.error(`\n${error.message}`);
  process.exit(1);
}

/** Reads a file; what the operating system says of it names it, which a read of a folder does not. */
function naming<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && !('path' in error)) Object.assign(error, { path });
    throw error;
  }
}

/** What a person is told of an error that they can mend; `undefined` for one that is ours. */
function forPeople(error: unknown, { portalPort }: StartOptions): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const known = [FileProblemsError, FolderInUseError, DamagedJournalError, OtherOrganizationError].some((kind) => error instanceof kind);
  if (known) return error.message;
  const code = 'code' in error ? String(error.code) : '';
  if ('port' in error) {
    const words = portErrors.get(code);
    return words === undefined ? undefined : `${error.message}: ${words} with ${error.port === portalPort ? '--portal-port' : '--port'}`;
  }
  const hint = fileErrors.get(code);
  const about = 'path' in error ? String(error.path) : error.message;
  return hint === undefined ? undefined : `${about}: ${hint}`;
}
