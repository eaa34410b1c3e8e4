import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import type { PerformEitherWay } from '../../either-way.ts';
import { exitCodes, type ExitCode } from '../../failure.ts';
import { changesBetween, differencesIn, type PolicyChange } from '../../../../policies/src/changes.ts';
import { effectsOf } from '../../../../policies/src/effects.ts';
import { readFolder, readNames } from '../../policies/files.ts';
import { accountsInReach, groundOf } from '../../../../policies/src/ground.ts';
import { readStanding } from '../../policies/standing.ts';
import { planLines, sayRead, type ToldChange } from '../../print/plan-lines.ts';
import { planAtPortal, validateAtPortal } from '../../signed-in/policies/plan.ts';

interface JsonOption {
  readonly json?: true;
}

/** `team policies validate` and `team policies plan`. */
export function planCommands(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('validate')
    .description('read the files of a folder and say everything that is wrong with them')
    .argument('<folder>')
    .option('--json', 'how many policies of which kind, as one JSON document')
    .action((folder: string, options: JsonOption, command: Command) =>
      perform(command, { atPortal: (context) => validateAtPortal(context, folder, options), atLocalRun: (context) => validate(context, folder, options) }),
    );
  policies
    .command('plan')
    .description('what applying the files of a folder would change, and who gains or loses what; at the portal, policy by policy')
    .argument('<folder>')
    .option('--json', 'as JSON')
    .action((folder: string, options: JsonOption, command: Command) =>
      perform(command, { atPortal: (context) => planAtPortal(context, folder, options), atLocalRun: (context) => plan(context, folder, options) }),
    );
}

async function validate({ connection, say }: Context, folder: string, { json }: JsonOption): Promise<ExitCode> {
  const { names } = await readNames(connection);
  const { eligibility, approvers, bundles, limits, emitters, portal } = readFolder(folder, names);
  const ofDeployment = emitters.length + (portal === undefined ? 0 : 1);
  sayRead({ say }, { eligibility: eligibility.length, approvers: approvers.length, bundles: bundles.length, limits: limits === undefined ? 0 : 1, ofDeployment }, json);
  return exitCodes.ok;
}

async function plan({ bus, connection, say }: Context, folder: string, { json }: JsonOption): Promise<ExitCode> {
  const { names, snapshot } = await readNames(connection);
  const [wanted, standing] = [readFolder(folder, names), await readStanding(connection)];
  const changes = changesBetween(standing, wanted);
  const { ownAccount } = await bus.describe();
  const effects = effectsOf(standing.eligibility, wanted.eligibility, groundOf(accountsInReach(snapshot, ownAccount, wanted.limits ?? standing.limits), names));
  if (json === true) say(JSON.stringify({ changes, effects }, undefined, 2));
  else for (const line of planLines({ changes: changes.map((change) => ({ ...told(change), details: differencesIn(change) })), effects })) say(line);
  return exitCodes.ok;
}

/** A change as it is printed. */
export const told = ({ kind, id, before, after, waiting }: PolicyChange): ToldChange => ({ kind, id, before, after, waiting: waiting?.change.changeId });
