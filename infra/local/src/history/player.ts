import { rmSync } from 'node:fs';
import { memoryStore, readJournal, virtualTimeline, writeSnapshot, type Change } from '../cloud/index.ts';
import { objectsInFolder } from '../cloud/s3/objects.ts';
import { loadOrganization } from '../identity/index.ts';
import { createWorld, throughPortal } from '../play/world.ts';
import { loadPolicies } from '../policies/index.ts';
import { manifests } from '../system/create-system.ts';
import { castOf } from './cast.ts';
import { changesSince, isAtRest, textsOf } from './changes.ts';
import { planOf } from './plan.ts';
import { play, policyOfThePast } from './play.ts';
import { quietMinutes } from './quiet-minutes.ts';

/** A past that is to be played in a process of its own, by paths of files. */
export interface Task {
  /** What the system held when it was made; read. */
  readonly base: string;
  /** What it became; written whole or not at all. */
  readonly past: string;
  /** Folder of objects that the past has archived. */
  readonly archive: string;
  /** ms since the epoch */
  readonly end: number;
  /** From the end until then nobody does anything, and hours are signed (ms since the epoch). */
  readonly until: number;
  readonly days: number;
  readonly organization: string;
  readonly policies: string;
  readonly endpoint: string;
}

const dayMs = 24 * 3_600_000;
/** Policies change in the middle of a month (ms after its beginning). */
const policyChangeAfter = 9.4 * dayMs;

/** The portal keeps its read model; its doors are closed. */
const nobodySignsIn = {
  origin: 'http://localhost',
  issuer: 'http://localhost',
  jwksUri: 'http://localhost/jwks',
  audience: 'nobody',
  client: { id: 'nobody', secret: 'none' },
  commandLine: { id: 'nobody' },
};

// Ctrl-C at a terminal reaches every process; when to end is for who started this one to say, or to stop saying.
process.on('SIGINT', () => undefined);
process.once('disconnect', () => process.exit(1));

await playOut(JSON.parse(process.argv[2] ?? '{}') as Task);
process.exit(0);

async function playOut(task: Task): Promise<void> {
  const organization = loadOrganization(task.organization);
  const policies = loadPolicies(task.policies, organization);
  rmSync(task.archive, { recursive: true, force: true });
  const base: Change[] = [];
  readJournal(task.base, (change) => base.push(change));
  const store = memoryStore(base);
  const start = task.end - task.days * dayMs;
  const timeline = virtualTimeline(start);
  const world = await createWorld({
    organization,
    policies,
    startAt: new Date(start).toISOString(),
    seed: 28,
    timeline,
    channel: throughPortal,
    more: {
      store,
      objects: objectsInFolder(task.archive),
      endpoint: task.endpoint,
      logLevel: 'ERROR',
      portal: nobodySignsIn,
      around: quietMinutes(manifests, store, () => timeline.now()),
    },
  });
  const cast = castOf(organization);
  const change = policyOfThePast(cast, world, start + policyChangeAfter);
  const progress = (part: number): void => void process.send?.(part);
  await play({ world, timeline, plan: planOf(cast, task.end, task.days), until: task.until, atRest: () => isAtRest(store), progress }, task.days * dayMs > 2 * policyChangeAfter ? change : undefined);
  writeSnapshot(task.past, changesSince(textsOf(base), store));
}
