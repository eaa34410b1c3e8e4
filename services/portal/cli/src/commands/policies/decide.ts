import type { Command } from 'commander';
import { deployment } from '../../cloud/deployment.ts';
import { whoSays, type Context } from '../../context.ts';
import type { PerformEitherWay } from '../../either-way.ts';
import { exitCodes, refused, type ExitCode } from '../../failure.ts';
import { readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { decideOnChange } from '../../policies/submit.ts';
import { withNames } from '../../../../policies/src/with-names.ts';
import { proposalLines, sayDecided } from '../../print/proposal-lines.ts';
import { decideAtPortal, pendingAtPortal } from '../../signed-in/policies/decide.ts';

/** `team policies pending`, `agree` and `disagree`. */
export function decideCommands(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('pending')
    .description('changes that widen access and wait for a second administrator')
    .option('--json', 'as JSON')
    .action((options: { readonly json?: true }, command: Command) => perform(command, { atPortal: (context) => pendingAtPortal(context, options), atLocalRun: (context) => pending(context, options) }));
  for (const verdict of ['agree', 'disagree'] as const) {
    policies
      .command(verdict)
      .description(`${verdict} with a change that waits, at the portal or in the local run`)
      .argument('<change>', 'id of the change')
      .option('--as <user>', 'in the local run: who decides, an administrator other than who submitted it')
      .option('--comment <text>', 'at the portal: why')
      .option('--json', 'what came of it, as one JSON document')
      .action((changeId: string, { as, comment, json }: { readonly as?: string; readonly comment?: string; readonly json?: true }, command: Command) =>
        perform(command, { atPortal: (context) => decideAtPortal(context, changeId, { verdict, ...(comment === undefined ? {} : { comment }) }, json), atLocalRun: (context) => decide(context, changeId, verdict, { as: whoSays(as), json }) }),
      );
  }
}

async function pending({ connection, say }: Context, { json }: { readonly json?: true }): Promise<ExitCode> {
  const [{ proposals }, { names }] = await Promise.all([readStanding(connection), readNames(connection)]);
  if (json === true) say(JSON.stringify(proposals, undefined, 2));
  else if (proposals.length === 0) say('Nothing waits.');
  else {
    for (const { change, widens, decideBy } of proposals) {
      const told = { changeId: change.changeId, kind: change.kind, id: change.subject, proposedBy: change.submittedBy, decideBy: new Date(decideBy).toISOString(), widens: widens.map((line) => withNames(line, names)) };
      for (const line of proposalLines(told)) say(line);
    }
  }
  return exitCodes.ok;
}

async function decide(context: Context, changeId: string, verdict: 'agree' | 'disagree', { as, json }: { readonly as: string; readonly json: true | undefined }): Promise<ExitCode> {
  const { connection, say } = context;
  const [{ proposals }, directory] = await Promise.all([readStanding(connection), connection.directory(deployment.operator)]);
  const proposal = proposals.find(({ change }) => change.changeId === changeId.toLowerCase());
  if (proposal === undefined) throw refused(`no change ${changeId} waits for a decision`);
  const person = await directory.findUser(as);
  if (person === undefined) throw refused(`there is no user "${as}" in the identity store`);
  const answer = await decideOnChange(context, proposal, verdict, person);
  return sayDecided({ say }, verdict, { ...answer, outcome: answer.outcome === 'changed' ? 'in-force' : 'refused' }, json);
}
