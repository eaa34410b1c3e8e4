import type { Command } from 'commander';
import type { Context, Perform } from '../../context.ts';
import { exitCodes, type ExitCode } from '../../failure.ts';
import { changesBetween, differencesIn, type PolicyChange } from '../../../../policies/src/changes.ts';
import { effectsOf } from '../../../../policies/src/effects.ts';
import { readFolder, readNames } from '../../policies/files.ts';
import { accountsInReach, groundOf } from '../../../../policies/src/ground.ts';
import { readStanding } from '../../policies/standing.ts';
import { counted, printable } from '../../print/printable.ts';

/** `team policies validate` and `team policies plan`. */
export function planCommands(policies: Command, perform: Perform): void {
  policies
    .command('validate')
    .description('read the files of a folder and say everything that is wrong with them')
    .argument('<folder>')
    .action((folder: string, _options: object, command: Command) => perform(command, (context) => validate(context, folder)));
  policies
    .command('plan')
    .description('what applying the files of a folder would change, and who gains or loses what')
    .argument('<folder>')
    .option('--json', 'as JSON')
    .action((folder: string, options: { readonly json?: true }, command: Command) => perform(command, (context) => plan(context, folder, options)));
}

async function validate({ connection, say }: Context, folder: string): Promise<ExitCode> {
  const { names } = await readNames(connection);
  const { eligibility, approvers, bundles, limits, emitters } = readFolder(folder, names);
  const counts = [counted(eligibility.length, 'eligibility policy', 'eligibility policies'), counted(approvers.length, 'approver policy', 'approver policies'), counted(bundles.length, 'bundle')];
  say(`The files can be read: ${counts.join(', ')}, ${limits === undefined ? 'no limits' : 'limits'}.`);
  if (emitters.length > 0) say(`${counted(emitters.length, 'emitter')} of the deployment: not applied from here.`);
  return exitCodes.ok;
}

async function plan({ bus, connection, say }: Context, folder: string, { json }: { readonly json?: true }): Promise<ExitCode> {
  const { names, snapshot } = await readNames(connection);
  const [wanted, standing] = [readFolder(folder, names), await readStanding(connection)];
  const changes = changesBetween(standing, wanted);
  const { ownAccount } = await bus.describe();
  const effects = effectsOf(standing.eligibility, wanted.eligibility, groundOf(accountsInReach(snapshot, ownAccount, wanted.limits ?? standing.limits), names));
  if (json === true) {
    say(JSON.stringify({ changes, effects }, undefined, 2));
    return exitCodes.ok;
  }
  for (const change of changes) {
    say(changeLine(change));
    for (const difference of differencesIn(change)) say(printable(`    ${difference}`));
  }
  if (effects.length > 0) say('\nWho gains (+), loses (-) or has it differently (~):');
  for (const { sign, text } of effects) say(printable(`  ${sign} ${text}`));
  say(changes.length === 0 ? 'Nothing would change.' : `\n${counted(changes.length, 'change')}. Nothing was applied.`);
  return exitCodes.ok;
}

/** One change in words. */
export function changeLine({ kind, id, before, after, waiting }: PolicyChange): string {
  const sign = before === undefined ? '+' : after === undefined ? '-' : '~';
  return printable(`${sign} ${kind} ${id}${waiting === undefined ? '' : ` (waits for a second administrator: ${waiting.change.changeId})`}`);
}
