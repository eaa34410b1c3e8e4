import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FileProblemsError } from '@team/policies';
import {
  DamagedJournalError,
  FolderInUseError,
  memoryStore,
  rememberedOrigin,
  serveHttp,
  systemRandom,
  systemTimeline,
  type RemovedFolderError,
  type Store,
} from '../cloud/index.ts';
import { objectsInFolder } from '../cloud/s3/objects.ts';
import { castOf } from '../history/cast.ts';
import { monthOf } from '../history/month.ts';
import { askNow } from '../history/waiting.ts';
import { loadOrganization, openOrganization, OtherOrganizationError, type Organization } from '../identity/index.ts';
import { loadPolicies, type LoadedPolicies } from '../policies/index.ts';
import { servePortal } from '../portal/serve-portal.ts';
import { enabledPeople } from '../sign-in/index.ts';
import { createSystem, type System } from '../system/create-system.ts';
import { lambdaApi } from '../system/lambda-api.ts';
import { functionsByName } from '../system/run-functions.ts';
import { readOptions, type StartOptions } from './options.ts';
import { oneLine } from './one-line.ts';
import { watchedStore } from './watched-store.ts';
import { welcome } from './welcome.ts';

/** Invocations under way get this long to end before the process does (ms). What does not end goes on at the next start. */
const graceMs = 2_000;

/** Operating system errors that say what is wrong with a file, a folder or a port that a person named. */
const systemErrors: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another program has this port, perhaps another local run: choose another with --port'],
  ['EACCES', 'this may not be read or written, or the port not be taken: name another'],
  ['EPERM', 'this may not be read or written: name another'],
  ['EROFS', 'it is on a file system that cannot be written to: name another'],
  ['EEXIST', 'a folder was expected and this is a file'],
  ['EISDIR', 'a file was expected and this is a folder'],
  ['ENOENT', 'it does not exist: check the name'],
  ['ENOTDIR', 'a folder was expected and this is a file'],
]);

const startedAt = performance.now();
const options = readOptions(process.argv.slice(2));
try {
  await start(options);
} catch (error) {
  const words = forPeople(error);
  if (words === undefined) throw error;
  console.error(words);
  process.exitCode = 1;
}

async function start(options: StartOptions): Promise<void> {
  const organization = loadOrganization(options.organization);
  const policies = loadPolicies(options.policies, organization);
  const data = resolve(options.data);
  const store = options.inMemory ? memoryStore() : watchedStore(data, lost);
  try {
    await serve(organization, policies, store, { ...options, data });
  } catch (error) {
    store.close();
    throw error;
  }
}

async function serve(organization: Organization, policies: LoadedPolicies, store: Store, options: StartOptions): Promise<void> {
  const { data, port, portalPort, timeScale, inMemory } = options;
  const month = monthOf({ store, data, days: options.historyDays, now: Date.now(), organization: options.organization, policies: options.policies });
  const timeline = systemTimeline({ origin: rememberedOrigin(store, timeScale) });
  const executionClock = systemTimeline();
  // Queue URLs name the endpoint, so the port is taken before the system is made; until then nothing is answered.
  const ready: { answer?: System['outside']; askFunction?: ReturnType<typeof lambdaApi> } = {};
  const server = await serveHttp({
    port,
    now: () => timeline.now(),
    router: { respond: (request) => ready.answer?.respond(request) ?? Promise.reject(new Error('not ready yet')) },
    also: (request, response) => ready.askFunction?.(request, response) ?? false,
  });
  const { endpoint } = server;
  const state = openOrganization(store, organization);
  const portal = await servePortal({ port: portalPort, people: () => enabledPeople(state), machines: policies.portal?.machineClients }).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  const system = await createSystem({
    organization,
    policies,
    store,
    ...(inMemory ? {} : { objects: objectsInFolder(join(data, 'archive')) }),
    timeline,
    executionClock,
    random: systemRandom(),
    logLevel: 'ERROR',
    endpoint,
    maxAttempts: 5,
    portal: portal.signIn,
    around: month.around,
  }).catch(async (error: unknown) => {
    timeline.close();
    executionClock.close();
    await portal.close();
    await server.close();
    throw error;
  });
  const isNew = month.prepare();
  ready.answer = system.outside;
  if (system.portal !== undefined) portal.open(system.portal);
  ready.askFunction = lambdaApi(system.invoke, system.callers, functionsByName(system.manifests));
  const scratch = inMemory ? mkdtempSync(join(tmpdir(), 'team-')) : data;
  const stop = async (): Promise<void> => {
    console.log('\nStopping.');
    month.stop();
    system.stop();
    await portal.close();
    await server.close();
    await Promise.race([system.drained(), delay(graceMs)]);
    timeline.close();
    executionClock.close();
    store.close();
    console.log(inMemory ? 'Nothing was kept.' : 'What is open goes on at the next start.');
    process.exit(0);
  };
  if (inMemory) process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  // Whoever reads that it is ready may stop it at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  const facts = { organization, policies, endpoint, portal: portal.origin, machines: portal.machines, timeScale, now: timeline.now(), milliseconds: performance.now() - startedAt };
  console.log(welcome({ ...facts, data: inMemory ? undefined : data, scratch }));
  // Who opens a new portal to approve finds something to approve.
  if (isNew) await askNow(system, castOf(organization), timeline.now(), randomUUID);
  await month.bring(system, oneLine(process.stdout));
}

/** Ends at once: what would be answered from here on would not be kept. */
function lost(error: RemovedFolderError): never {
  console.error(`\n${error.message}`);
  process.exit(1);
}

/** What a person is told of an error that they can mend; `undefined` for one that is ours. */
function forPeople(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const known = [FileProblemsError, FolderInUseError, DamagedJournalError, OtherOrganizationError].some((kind) => error instanceof kind);
  if (known) return error.message;
  const hint = 'code' in error ? systemErrors.get(String(error.code)) : undefined;
  const about = 'path' in error ? String(error.path) : error.message;
  return hint === undefined ? undefined : `${about}: ${hint}`;
}
