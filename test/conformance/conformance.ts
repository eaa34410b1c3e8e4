import { beliefs as all } from './beliefs/index.ts';
import type { Belief } from './belief.ts';
import { planLines } from './plan.ts';
import type { ConformanceOptions } from './options.ts';
import type { Clients, Place } from './place.ts';
import { awsPlace } from './places/aws.ts';
import { clientsWith, networkBounds, type ClientSettings } from './places/clients.ts';
import { emulatorPlace } from './places/emulator.ts';
import { localPlace } from './places/local.ts';
import { runBeliefs, type Outcome } from './run.ts';
import { createSandbox } from './sandbox.ts';

/** What surrounds a run. */
export interface Run {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Tells this run from others in names: eight letters or digits. */
  readonly suffix: string;
  /** How AWS is reached; over a network unless told. */
  readonly connect?: (settings: ClientSettings) => Clients;
  /** What is tried; everything unless told. */
  readonly beliefs?: readonly Belief[];
}

/** Tries beliefs where the options say and prints what became of each. Gives the exit code. */
export async function conformance(options: ConformanceOptions, { say, signal, suffix, connect = clientsWith, beliefs = all }: Run): Promise<0 | 1 | 2> {
  const chosen = beliefs.filter(({ id }) => id.includes(options.only ?? ''));
  if (chosen.length === 0) {
    say(`No belief has "${options.only ?? ''}" in its id.`);
    return 2;
  }
  const place = placeOf(options, connect, suffix);
  if (place.kind === 'aws') {
    try {
      for (const line of await planLines(place, options)) say(line);
    } catch (error) {
      say(`AWS was not asked, or does not answer: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}. Nothing was made or changed.`);
      return 2;
    }
    if (!options.yes) {
      say('Nothing was made or changed. Give --yes as well to begin.');
      return 2;
    }
  }
  const { outcomes, left } = await runBeliefs(place, chosen, { slow: options.slow, signal, tell: (outcome) => say(lineOf(outcome)) });
  for (const what of left) say(`NOT REMOVED  ${what}`);
  const count = (result: Outcome['result']): number => outcomes.filter((outcome) => outcome.result === result).length;
  say(`\n${count('held')} held, ${count('broken')} broken, ${count('untried')} untried${count('differs') === 0 ? '' : `, ${count('differs')} differ as is known`}; ${left.length === 0 ? 'everything that was made is removed' : `${left.length} could not be removed`}`);
  return count('broken') + left.length === 0 ? 0 : 1;
}

function placeOf(options: ConformanceOptions, connect: NonNullable<Run['connect']>, suffix: string): Place {
  const region = options.region === undefined ? {} : { region: options.region };
  if (options.aws === true) return awsPlace(connect({ ...networkBounds, ...region }), createSandbox(suffix), options);
  if (options.endpoint === undefined) return localPlace();
  const credentials = { accessKeyId: 'conformance', secretAccessKey: 'not-checked' };
  return emulatorPlace(connect({ ...networkBounds, region: 'us-east-1', ...region, endpoint: options.endpoint, credentials }), createSandbox(suffix));
}

function lineOf({ belief, result, words }: Outcome): string {
  const beside = words === undefined ? '' : `  (${words.replaceAll(/\s+/g, ' ').trim()})`;
  return `${(result === 'broken' ? 'BROKEN' : result).padEnd(8)} ${belief.id.padEnd(38)} ${belief.says}${beside}${result === 'broken' ? `  ${belief.source}` : ''}`;
}
