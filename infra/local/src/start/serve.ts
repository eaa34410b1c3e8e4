import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { rememberedOrigin, serveHttp, systemRandom, systemTimeline, type Store } from '../cloud/index.ts';
import { objectsInFolder } from '../cloud/s3/objects.ts';
import { castOf } from '../history/cast.ts';
import { monthOf } from '../history/month.ts';
import { askNow } from '../history/waiting.ts';
import { openOrganization, type Organization } from '../identity/index.ts';
import type { LoadedPolicies } from '../policies/index.ts';
import { servePortal } from '../portal/serve-portal.ts';
import { enabledPeople } from '../sign-in/index.ts';
import { createSystem, type System } from '../system/create-system.ts';
import { lambdaApi } from '../system/lambda-api.ts';
import { functionsByName } from '../system/run-functions.ts';
import { oneLine } from './one-line.ts';
import type { StartOptions } from './options.ts';
import { welcome } from './welcome.ts';

/** Invocations under way get this long to end before the process does (ms). What does not end goes on at the next start. */
const graceMs = 2_000;

/** Serves the local run until somebody stops it, which ends the process. `data` of the options is a whole path. */
export async function serve(organization: Organization, policies: LoadedPolicies, store: Store, options: StartOptions): Promise<void> {
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
  const facts = { organization, policies, endpoint, portal: portal.origin, machines: portal.machines, timeScale, now: timeline.now(), milliseconds: performance.now() };
  console.log(welcome({ ...facts, data: inMemory ? undefined : data, scratch }));
  // Who opens a new portal to approve finds something to approve.
  if (isNew) await askNow(system, castOf(organization), timeline.now(), randomUUID);
  await month.bring(system, oneLine(process.stdout));
}
