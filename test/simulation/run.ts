import type { Composers } from '../../infra/local/src/system/compose-services.ts';
import type { Plan } from './plan.ts';
import { setScene, type Scene } from './scene.ts';
import { startAt } from './setting.ts';
import { perform } from './steps.ts';
import { createWatch, type Violation } from './watch.ts';

/** What came of a run. */
export interface Outcome {
  readonly violations: readonly Violation[];
  /** What happened, line by line. */
  readonly lines: readonly string[];
  readonly digest: string;
  readonly figures: Figures;
}

export interface Figures {
  readonly requests: number;
  readonly events: number;
  readonly calls: number;
  readonly faults: number;
  readonly virtualMinutes: number;
}

const minuteMs = 60_000;
/** A run that does not come to rest within this has lost something (ms): approval and opening deadlines, the longest grant, and retries are over. */
const restWithinMs = 8 * 60 * minuteMs;

/** Runs a plan to its end, with these services in the place of the usual ones, and holds it against every invariant. */
export async function run(plan: Plan, composers: Partial<Composers> = {}): Promise<Outcome> {
  let calls = 0;
  const watching: { onCall?: (call: Parameters<ReturnType<typeof createWatch>['onCall']>[0]) => void } = {};
  const scene = await setScene({
    plan,
    composers,
    onCall: (call) => {
      calls += 1;
      watching.onCall?.(call);
    },
  });
  const watch = createWatch(scene);
  watching.onCall = (call) => watch.onCall(call);
  const { world, driver, log, fates } = scene;

  const enough = (): boolean => {
    watch.look();
    return watch.violations.length > 0;
  };
  const pass = (ms: number): Promise<void> => driver.runTo(world.now() + ms, enough);

  for (const [nth, { after, act }] of plan.steps.entries()) {
    await pass(after * 1_000);
    if (watch.violations.length > 0) break;
    const done = await perform(scene, act, nth);
    if (done !== undefined) log.say(`#${nth} ${done}`);
    watch.look();
  }
  fates.stop();
  log.say('from here on nothing goes wrong');
  const limit = world.now() + restWithinMs;
  for (let rested = false; !rested && world.now() < limit && watch.violations.length === 0; ) {
    await pass(5 * minuteMs);
    rested = isAtRest(scene);
  }
  if (watch.violations.length === 0) await watch.atRest();
  const figures: Figures = {
    requests: scene.asked.length,
    events: scene.events.length,
    calls,
    faults: log.lines.filter((line) => line.includes('fault:')).length,
    virtualMinutes: Math.round((world.now() - Date.parse(startAt)) / minuteMs),
  };
  world.system.stop();
  return { violations: watch.violations, lines: log.lines, digest: log.digest(), figures };
}

/** Nothing is on its way, and no aggregate waits for anything. */
function isAtRest({ world, tables }: Scene): boolean {
  if (world.system.bus.pendingDeliveries > 0) return false;
  for (const service of ['request', 'approval', 'expiry', 'provisioning']) {
    for (const item of tables.items(service, 'aggregates')) {
      if (item['dueAt'] !== undefined || item['outboxShard'] !== undefined) return false;
    }
  }
  return true;
}
