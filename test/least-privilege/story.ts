import { virtualTimeline, type VirtualTimeline } from '../../infra/local/src/cloud/index.ts';
import { hostileWorld, type Fate } from '../hostile/hostile-world.ts';
import { servePortal, type PortalServer } from '../../infra/local/src/portal/serve-portal.ts';
import { everybody } from '../portal/served.ts';
import type { World, WorldOptions } from '../../infra/local/src/play/world.ts';
import type { Around, IamOptions } from '../../infra/local/src/system/options.ts';

/** Something that has to come about, whatever goes wrong in it. Shows within minutes where a function may not do what it has to. */
export interface Story {
  readonly name: string;
  /** What it was written to show the need of, by function and action: there it is tried first. */
  readonly shows?: readonly string[];
  /** Calls that fail, or never come to an answer since their process dies. */
  readonly mishaps?: readonly Mishap[];
  readonly options?: Partial<WorldOptions>;
  /** Its world has a portal, which is served beside it. */
  readonly portal?: true;
  /** Rejects where it does not come about. */
  readonly play: (world: World, portal: PortalServer | undefined) => Promise<void>;
}

export interface Mishap {
  /** Without the prefix: `request-inbox`. */
  readonly functionName: string;
  /** As the call names it: `PutEvents`. */
  readonly action: string;
  /** Which of the function's calls of this action, 1 being the first. */
  readonly nth: number | 'each';
  readonly fate: Fate;
}

/**
 * Plays a story with every call of functions and emitters judged. Rejects where it does not come about, and as soon as an invocation
 * fails: throws, or gives a message back to its queue. Outages and deaths alone do neither.
 */
export async function playStory({ mishaps = [], options = {}, portal: hasPortal, play }: Story, iam: IamOptions): Promise<void> {
  const calls = new Map<string, number>();
  const met = new Set<Mishap>();
  const fateOf = (functionName: string, action: string): Fate => {
    const key = `${functionName} ${action}`;
    const nth = (calls.get(key) ?? 0) + 1;
    calls.set(key, nth);
    const mishap = mishaps.find((one) => one.functionName === functionName && one.action === action && (one.nth === nth || one.nth === 'each'));
    if (mishap === undefined) return 'pass';
    met.add(mishap);
    return mishap.fate;
  };
  const failed: { error?: Error } = {};
  const around: Around = async ({ service, name }, run) => {
    const outcome = await run().catch((error: unknown) => {
      failed.error ??= new Error(`${service}.${name} failed`, { cause: error });
      throw error;
    });
    if (givesBack(outcome)) failed.error ??= new Error(`${service}.${name} gave a message back`);
    return outcome;
  };
  const timeline = endingWith(failed, virtualTimeline(Date.parse(startAt)));
  const portal = hasPortal === undefined ? undefined : await servePortal({ port: 0, people: everybody });
  // Its provider dates tokens by the machine's clock, which stands at the world's time.
  const signIn = portal === undefined ? {} : { portal: { ...portal.signIn, issuerNow: undefined } };
  const world = await hostileWorld(({ caller, action }) => fateOf(caller.roleArn.replace(/^.*:role\/team-/, ''), action), { ...options, startAt, timeline, more: { ...options.more, ...signIn, timeline, executionClock: timeline, around, iam } });
  try {
    if (world.system.portal !== undefined) portal?.open(world.system.portal);
    await play(world, portal);
    if (failed.error !== undefined) throw failed.error;
    if (met.size < mishaps.length) throw new Error('a mishap did not happen');
  } finally {
    world.system.stop();
    await portal?.close();
  }
}

const startAt = '2026-03-02T09:00:00.000Z';

const givesBack = (outcome: unknown): boolean =>
  typeof outcome === 'object' && outcome !== null && 'batchItemFailures' in outcome && Array.isArray(outcome.batchItemFailures) && outcome.batchItemFailures.length > 0;

/** Time that does not go on after a failure. */
function endingWith(failed: { readonly error?: Error }, timeline: VirtualTimeline): VirtualTimeline {
  return {
    now: () => timeline.now(),
    at: (dueMs, callback, options) => timeline.at(dueMs, callback, options),
    nextDue: () => timeline.nextDue(),
    fireNext() {
      if (failed.error !== undefined) throw failed.error;
      return timeline.fireNext();
    },
    advanceTo: (ms) => timeline.advanceTo(ms),
    get pending() {
      return timeline.pending;
    },
  };
}
