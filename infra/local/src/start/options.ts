import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { usualDays } from '../history/usual-days.ts';

/** How the local run is started. */
export interface StartOptions {
  readonly organization: string;
  readonly policies: string;
  readonly data: string;
  readonly port: number;
  /** Where people come in. */
  readonly portalPort: number;
  readonly timeScale: number;
  readonly inMemory: boolean;
  /** Days of past requests in a folder that is new; 0 for none. */
  readonly historyDays: number;
}

/** Where the local run listens, and the command line looks, unless told otherwise. */
export const usualPort = 8042;

const lastPort = 65_535;

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** Reads flags, then environment variables, then defaults. Prints help and exits where asked to, or where one is wrong. */
export function readOptions(argv: readonly string[]): StartOptions {
  const number = (least: number, most: number, whole: boolean) => (text: string) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      throw new InvalidArgumentError(`It must be ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}.`);
    }
    return value;
  };
  const name = (text: string) => {
    if (text.trim() === '') throw new InvalidArgumentError('It must be a name.');
    return text;
  };
  const command = new Command('npm start --')
    .description('Runs TEAM on this machine, without an AWS account, until Ctrl-C.')
    .addOption(
      new Option('--organization <file>', 'the organization, as AWS describes it')
        .env('TEAM_ORGANIZATION')
        .default(join(fixtures, 'organization.json'), 'a small company')
        .argParser(name),
    )
    .addOption(new Option('--policies <folder>', 'policies, as YAML files').env('TEAM_POLICIES').default(join(fixtures, 'policies'), 'policies for it').argParser(name))
    .addOption(new Option('--data <folder>', 'where everything is kept').env('TEAM_DATA').default('.team/data').argParser(name))
    .addOption(new Option('--port <n>', 'port on 127.0.0.1; 0 takes a free one').env('TEAM_PORT').default(usualPort).argParser(number(0, lastPort, true)))
    .addOption(new Option('--portal-port <n>', 'port of the portal on 127.0.0.1').env('TEAM_PORTAL_PORT').default(undefined, 'the one after --port').argParser(number(0, lastPort, true)))
    .addOption(new Option('--time-scale <n>', 'how many times as fast time passes').env('TEAM_TIME_SCALE').default(1).argParser(number(0.1, 1_000, false)))
    .addOption(new Option('--in-memory', 'keep nothing: everything is gone at the end').default(inMemoryByEnvironment(process.env['TEAM_IN_MEMORY']), 'off, env: TEAM_IN_MEMORY=1'))
    .addOption(new Option('--history <days>', 'days of past requests that are played into a folder that is new').default(usualDays, `${usualDays}, where organization and policies are the example`).argParser(number(1, 90, true)))
    .addOption(new Option('--no-history', 'begin with nothing'))
    .allowExcessArguments(false)
    .showHelpAfterError();
  command.parse([...argv], { from: 'user' });
  const { portalPort, history, ...options } = command.opts<Omit<StartOptions, 'portalPort' | 'historyDays'> & { readonly portalPort?: number; readonly history: number | false }>();
  // The past is one of the people of the example.
  const example = ['organization', 'policies'].every((name) => command.getOptionValueSource(name) === 'default');
  const historyDays = history === false || options.inMemory || !example ? 0 : history;
  if (portalPort === undefined && options.port === lastPort) command.error(`error: no port comes after ${lastPort} for the portal: say with --portal-port which one it has.`);
  if (portalPort === options.port && portalPort !== 0) command.error(`error: --port and --portal-port are both ${portalPort}: they must be two.`);
  return { ...options, portalPort: portalPort ?? (options.port === 0 ? 0 : options.port + 1), historyDays };
}

/** A flag in the environment has a value, and 0 or false is not what turns one on. */
function inMemoryByEnvironment(value = ''): boolean {
  return !['', '0', 'false', 'no', 'off'].includes(value.trim().toLowerCase());
}
