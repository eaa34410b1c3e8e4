import type { Command } from 'commander';
import { deployment } from '../../cloud/deployment.ts';
import type { Context, Perform } from '../../context.ts';
import { exitCodes, refused, type ExitCode } from '../../failure.ts';
import { readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { decideOnChange } from '../../policies/submit.ts';
import { withNames } from '../../../../policies/src/with-names.ts';
import { printable } from '../../print/printable.ts';
import { whyLine } from '../../print/why-line.ts';

/** `team policies pending`, `agree` and `disagree`. */
export function decideCommands(policies: Command, perform: Perform): void {
  policies
    .command('pending')
    .description('changes that widen access and wait for a second administrator')
    .option('--json', 'as JSON')
    .action((options: { readonly json?: true }, command: Command) => perform(command, (context) => pending(context, options)));
  for (const verdict of ['agree', 'disagree'] as const) {
    policies
      .command(verdict)
      .description(`${verdict} with a change that waits, in the local run`)
      .argument('<change>', 'id of the change')
      .requiredOption('--as <user>', 'who decides: an administrator other than who submitted it')
      .action((changeId: string, { as }: { readonly as: string }, command: Command) => perform(command, (context) => decide(context, changeId, verdict, as)));
  }
}

async function pending({ connection, say }: Context, { json }: { readonly json?: true }): Promise<ExitCode> {
  const [{ proposals }, { names }] = await Promise.all([readStanding(connection), readNames(connection)]);
  if (json === true) say(JSON.stringify(proposals, undefined, 2));
  else if (proposals.length === 0) say('Nothing waits.');
  else {
    for (const { change, widens, decideBy } of proposals) {
      say(printable(`${change.changeId}  ${change.kind} ${change.subject}, by ${change.submittedBy}, until ${new Date(decideBy).toISOString()}`));
      for (const line of widens) say(printable(`    ${withNames(line, names)}`));
    }
  }
  return exitCodes.ok;
}

async function decide(context: Context, changeId: string, verdict: 'agree' | 'disagree', as: string): Promise<ExitCode> {
  const { connection, say } = context;
  const [{ proposals }, directory] = await Promise.all([readStanding(connection), connection.directory(deployment.operator)]);
  const proposal = proposals.find(({ change }) => change.changeId === changeId.toLowerCase());
  if (proposal === undefined) throw refused(`no change ${changeId} waits for a decision`);
  const person = await directory.findUser(as);
  if (person === undefined) throw refused(`there is no user "${as}" in the identity store`);
  const answer = await decideOnChange(context, proposal, verdict, person);
  say(printable(answer.outcome === 'changed' ? `In force: ${answer.text}` : answer.reasons.map(whyLine).join('; ')));
  const disagreed = verdict === 'disagree' && answer.reasons.some(({ code }) => code === 'ERR_CHANGE_DISAGREED');
  return answer.outcome === 'changed' || disagreed ? exitCodes.ok : exitCodes.refused;
}
