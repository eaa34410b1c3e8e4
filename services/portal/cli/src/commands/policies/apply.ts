import type { Command } from 'commander';
import { whoSays, type Context } from '../../context.ts';
import type { PerformEitherWay } from '../../either-way.ts';
import { localTarget } from '../../cloud/deployment.ts';
import { exitCodes, misused, type ExitCode } from '../../failure.ts';
import { changesBetween } from '../../../../policies/src/changes.ts';
import { readFolder, readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { patiently } from '../../policies/patiently.ts';
import { submitChange } from '../../policies/submit.ts';
import type { Answer } from '../../../../policies/src/answer.ts';
import { withNames } from '../../../../policies/src/with-names.ts';
import { changeLine } from '../../print/plan-lines.ts';
import { counted, printable } from '../../print/printable.ts';
import { whyLine } from '../../print/why-line.ts';
import { applyAtPortal } from '../../signed-in/policies/apply.ts';
import { told } from './plan.ts';

interface ApplyOptions {
  readonly as?: string;
  readonly yes?: true;
}

/** `team policies apply`. */
export function applyCommand(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('apply')
    .description('submit whatever the files of a folder say otherwise than is in force: each policy as one change')
    .argument('<folder>')
    .option('--as <name>', 'but at the portal: who submits: user name or user id of an administrator; or the name of an emitter that may administer, for itself')
    .option('--yes', 'at the portal: submit without being asked')
    .action((folder: string, options: ApplyOptions, command: Command) =>
      perform(command, { atPortal: (context) => applyAtPortal(context, folder, options), atLocalRun: (context) => apply(context, folder, options) }),
    );
}

async function apply(context: Context, folder: string, { as }: ApplyOptions): Promise<ExitCode> {
  const { connection, say, ownCommand } = context;
  const by = whoSays(as);
  if (connection.target.aws === true && connection.target.source === localTarget.source) throw misused('at AWS, say the --source of the emitter as which you submit');
  const { names } = await readNames(connection);
  const changes = changesBetween(await readStanding(connection), readFolder(folder, names));
  const outcomes: Answer['outcome'][] = [];
  for (const change of changes) {
    if (change.waiting !== undefined) {
      say(changeLine(told(change)));
      outcomes.push('proposed');
      continue;
    }
    const answer = await patiently(context, () => submitChange(context, change, by));
    outcomes.push(answer.outcome);
    say(printable(`${changeLine(told(change))}: ${answer.outcome === 'refused' ? 'refused' : withNames(answer.text, names)}`));
    for (const reason of answer.reasons) say(withNames(`    ${whyLine(reason)}`, names));
    if (answer.outcome === 'proposed') say(`    Next: ${ownCommand} policies agree ${answer.changeId} --as ANOTHER-ADMINISTRATOR`);
  }
  const count = (outcome: Answer['outcome']): number => outcomes.filter((one) => one === outcome).length;
  say(changes.length === 0 ? 'Nothing is to be changed.' : `${counted(count('changed'), 'change')} in force, ${count('proposed')} waiting for a second administrator, ${count('refused')} refused.`);
  return count('refused') > 0 ? exitCodes.refused : exitCodes.ok;
}
