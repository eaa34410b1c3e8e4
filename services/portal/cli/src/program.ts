import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Connection } from './cloud/connection.ts';
import { localTarget, type Target } from './cloud/deployment.ts';
import { usualPlace, type Place } from './cloud/place.ts';
import { auditCommands } from './command-line/audit.ts';
import { cloudCommands } from './command-line/cloud.ts';
import { policiesCommands } from './command-line/policies.ts';
import { requestCommands } from './command-line/requests.ts';
import { signedInCommands } from './command-line/signed-in.ts';
import { pauseOf, type Context, type Output, type Perform } from './context.ts';
import type { PerformEitherWay } from './either-way.ts';
import { forAws } from './doctor/aws-failure.ts';
import { exitCodes, forPeople, misused, type ExitCode } from './failure.ts';
import { ownCommand } from './own-command.ts';
import { printable } from './print/printable.ts';
import type { PerformAtPortal } from './signed-in/portal-context.ts';
import { thisMachine, type OfMachine } from './signed-in/this-machine.ts';

/** What surrounds a run of the command. */
export interface Surroundings {
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** How the AWS APIs are reached; over HTTP unless told. */
  readonly connect?: (place: Place, target: Target) => Connection;
  /** Waits so many milliseconds; on this machine's clock unless told. */
  readonly pause?: Context['pause'];
  /** How the portal is reached, and where the sign-in is kept; that of this process unless told. */
  readonly machine?: OfMachine;
}

const epilogue = `
Exit codes: 0 done · 1 refused, or a problem was found · 2 not understood · 3 nothing answers · 4 sign in first · 130 interrupted
`;

/** Runs `team` with its arguments; gives the exit code. Rejects only for our own mistakes. */
export async function run(argv: readonly string[], { output, signal, connect: reach, pause, machine }: Surroundings): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  let place: Place | undefined;
  const ofMachine = machine ?? thisMachine(signal);
  const perform: Perform = async (command, work) => {
    place = placeOf(command);
    const target = targetOf(command);
    const at = place;
    const [{ createContext }, { connect }] = await Promise.all([import('./cloud/create-context.ts'), import('./cloud/connection.ts')]);
    code = await work(createContext((reach ?? connect)(at, target), ownCommand(at), output, signal, pause)).catch((error: unknown) => {
      throw target.aws === true ? forAws(error, `AWS in ${at.region}`) : error;
    });
  };
  const performAtPortal: PerformAtPortal = async (work) => {
    code = await work({ ...output, ...ofMachine, signal, pause: pause ?? pauseOf(signal) });
  };
  const performEitherWay: PerformEitherWay = async (command, { atPortal, atLocalRun }) => {
    const isForPortal = !saysLocalRun(command) && (await ofMachine.signIns.read()) !== undefined;
    await (isForPortal ? performAtPortal(atPortal) : perform(command, atLocalRun));
  };
  try {
    await createProgram({ perform, performAtPortal, performEitherWay }, output).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (signal.aborted) return exitCodes.interrupted;
    const failure = forPeople(error, place?.endpoint ?? '');
    if (failure === undefined) throw error;
    output.remark(failure.message);
    return failure.exitCode;
  }
}

interface Performers {
  readonly perform: Perform;
  readonly performAtPortal: PerformAtPortal;
  readonly performEitherWay: PerformEitherWay;
}

function createProgram({ perform, performAtPortal, performEitherWay }: Performers, output: Output): Command {
  const program = new Command('team')
    .description('Temporary elevated access: ask for it and decide on it at the portal, look at what happens, play the local run by hand.')
    .addOption(new Option('--endpoint <url>', 'where the AWS APIs are').env('TEAM_ENDPOINT').default(usualPlace.endpoint).argParser(endpointOf))
    .addOption(new Option('--region <name>', 'AWS region').env('TEAM_REGION').default(usualPlace.region).argParser(regionOf))
    .addHelpText('after', epilogue)
    .configureOutput({ writeOut: (text) => output.say(text.trimEnd()), writeErr: (text) => output.remark(text.trimEnd()) })
    .showHelpAfterError('(--help says more)')
    .exitOverride()
    .commandsGroup('Signed in at the portal:');
  signedInCommands(program, performAtPortal);
  program.commandsGroup('At the portal where somebody is signed in, and elsewhere with --as, --endpoint or --aws:');
  requestCommands(program, performEitherWay);
  auditCommands(program, { perform, performEitherWay });
  policiesCommands(program, performEitherWay);
  program.commandsGroup('At the AWS APIs, of the local run unless told:');
  cloudCommands(program, perform);
  return program;
}

/** Whether somebody says with `--as` who acts, or with `--endpoint` or `--aws` where: that is not the portal. */
const saysLocalRun = (command: Command): boolean => command.opts<{ readonly as?: string }>().as !== undefined || command.optsWithGlobals<{ readonly aws?: true }>().aws === true || command.getOptionValueSourceWithGlobals('endpoint') !== 'default';

/** The local run, unless a command that can be used there is for AWS. */
function targetOf(command: Command): Target {
  const { aws, prefix = localTarget.prefix, source = localTarget.source } = command.optsWithGlobals<Partial<Target>>();
  return aws === true && command.parent?.name() === 'policies' ? { aws, prefix, source } : localTarget;
}

function placeOf(command: Command): Place {
  const { endpoint, region, aws } = command.optsWithGlobals<Place & { readonly aws?: true }>();
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const unsaid = command.getOptionValueSourceWithGlobals('region') === 'default';
  // At AWS, the Region is that of its own configuration unless somebody says another.
  const found = aws === true && unsaid ? (AWS_REGION ?? AWS_DEFAULT_REGION ?? region) : region;
  if (!regionPattern.test(found)) throw misused(`the AWS region of the environment is none: ${printable(found)}. Say one such as ${usualPlace.region} with --region`);
  return { endpoint, region: found };
}

function endpointOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new InvalidArgumentError(`It must be a URL such as ${usualPlace.endpoint}.`);
  return text;
}

/** A part of a host's name. */
const regionPattern = /^(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

function regionOf(text: string): string {
  if (!regionPattern.test(text)) throw new InvalidArgumentError(`It must be the name of an AWS region such as ${usualPlace.region}.`);
  return text;
}
