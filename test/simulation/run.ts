import type { Composers } from '../../infra/local/src/system/compose-services.ts';
import type { IamOptions } from '../../infra/local/src/system/options.ts';
import type { Off } from './off.ts';
import type { Plan } from './plan.ts';
import { isAtRest, redrive } from './rest.ts';
import { setScene } from './scene.ts';
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
  /** How many of each kind. */
  readonly faults: Readonly<Record<string, number>>;
  readonly virtualMinutes: number;
  /** The most of what rules measured, by what it is. */
  readonly measures: Readonly<Record<string, number>>;
}

const minuteMs = 60_000;
/** A run that has not come to rest within this never does (ms): approval and opening deadlines, the longest grant, and retries are over. */
const restWithinMs = 8 * 60 * minuteMs;

/** Runs a plan to its end, with these services in the place of the usual ones, these parts off and calls judged so, and holds it against every invariant. */
export async function run(plan: Plan, composers: Partial<Composers> = {}, off: Off = {}, iam?: IamOptions): Promise<Outcome> {
  let calls = 0;
  const watching: { onCall?: (call: Parameters<ReturnType<typeof createWatch>['onCall']>[0]) => void } = {};
  const scene = await setScene({
    plan,
    composers,
    off,
    iam,
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

  const comeToRest = async (): Promise<void> => {
    const limit = world.now() + restWithinMs;
    do await pass(5 * minuteMs);
    while (!isAtRest(scene) && world.now() < limit && watch.violations.length === 0);
  };

  for (const [nth, { after, act }] of plan.steps.entries()) {
    await pass(after * 1_000);
    if (watch.violations.length > 0) break;
    const done = await perform(scene, act, nth);
    if (done !== undefined) log.say(`#${nth} ${done}`);
    watch.look();
  }
  fates.stop();
  log.say('from here on nothing goes wrong');
  await comeToRest();
  if (watch.violations.length === 0) await watch.beforeRedrive();
  const letters = await redrive(scene);
  if (letters > 0) {
    log.say(`${letters} dead letters are put back`);
    await comeToRest();
  }
  if (watch.violations.length === 0) await watch.atRest();
  const figures: Figures = {
    requests: scene.asked.length,
    events: scene.events.length,
    calls,
    faults: Object.fromEntries(scene.faults),
    virtualMinutes: Math.round((world.now() - Date.parse(startAt)) / minuteMs),
    measures: Object.fromEntries(scene.measures),
  };
  world.system.stop();
  return { violations: watch.violations, lines: log.lines, digest: log.digest(), figures };
}
