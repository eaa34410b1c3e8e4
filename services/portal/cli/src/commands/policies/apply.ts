import type { Command } from 'commander';
import type { Context, Perform } from '../../context.ts';
import { localTarget } from '../../cloud/deployment.ts';
import { exitCodes, misused, type ExitCode } from '../../failure.ts';
import { changesBetween } from '../../../../policies/src/changes.ts';
import { readFolder, readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { submitChange } from '../../policies/submit.ts';
import type { Answer } from '../../../../policies/src/answer.ts';
import { withNames } from '../../../../policies/src/with-names.ts';
import { counted, printable } from '../../print/printable.ts';
import { whyLine } from '../../print/why-line.ts';
import { changeLine } from './plan.ts';

interface ApplyOptions {
  readonly as: string;
}

/** What another service learns of a change a moment later (ms of this machine's). */
const learnsWithinMs = 3_000;

/** `team policies apply`. */
export function applyCommand(policies: Command, perform: Perform): void {
  policies
    .command('apply')
    .description('submit whatever the files of a folder say otherwise than is in force: each policy as one change')
    .argument('<folder>')
    .requiredOption('--as <name>', 'who submits: user name or user id of an administrator; or the name of an emitter that may administer, for itself')
    .action((folder: string, options: ApplyOptions, command: Command) => perform(command, (context) => apply(context, folder, options)));
}

async function apply(context: Context, folder: string, { as }: ApplyOptions): Promise<ExitCode> {
  const { connection, say, ownCommand } = context;
  if (connection.target.aws === true && connection.target.source === localTarget.source) throw misused('at AWS, say the --source of the emitter as which you submit');
  const { names } = await readNames(connection);
  const changes = changesBetween(await readStanding(connection), readFolder(folder, names));
  const outcomes: Answer['outcome'][] = [];
  for (const change of changes) {
    if (change.waiting !== undefined) {
      say(changeLine(change));
      outcomes.push('proposed');
      continue;
    }
    const answer = await submitPatiently(context, change, as);
    outcomes.push(answer.outcome);
    say(printable(`${changeLine(change)}: ${answer.outcome === 'refused' ? 'refused' : withNames(answer.text, names)}`));
    for (const reason of answer.reasons) say(withNames(`    ${whyLine(reason)}`, names));
    if (answer.outcome === 'proposed') say(`    Next: ${ownCommand} policies agree ${answer.changeId} --as ANOTHER-ADMINISTRATOR`);
  }
  const count = (outcome: Answer['outcome']): number => outcomes.filter((one) => one === outcome).length;
  say(changes.length === 0 ? 'Nothing is to be changed.' : `${counted(count('changed'), 'change')} in force, ${count('proposed')} waiting for a second administrator, ${count('refused')} refused.`);
  return count('refused') > 0 ? exitCodes.refused : exitCodes.ok;
}

/** The judge of who may ask hears of a new approver policy a moment after it is in force: what it refuses for that is submitted once more. */
async function submitPatiently(context: Context, change: Parameters<typeof submitChange>[1], as: string): Promise<Answer> {
  const answer = await submitChange(context, change, as);
  const early = answer.outcome === 'refused' && answer.reasons.length > 0 && answer.reasons.every(({ code }) => code === 'ERR_NO_APPROVER_POLICY' || code === 'ERR_NO_ELIGIBLE_APPROVER');
  if (!early) return answer;
  await context.pause(learnsWithinMs);
  return submitChange(context, change, as);
}
