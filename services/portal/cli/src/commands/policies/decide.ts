import { deployment } from '../../cloud/deployment.ts';
import { whoSays, type Context } from '../../context.ts';
import { exitCodes, refused, type ExitCode } from '../../failure.ts';
import { readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { decideOnChange } from '../../policies/submit.ts';
import { withNames } from '../../../../policies/src/with-names.ts';
import { proposalLines, sayDecided } from '../../print/proposal-lines.ts';

export interface DecideOptions {
  readonly as?: string;
  readonly comment?: string;
  readonly json?: true;
}

/** `team policies pending` */
export async function pending({ connection, say }: Context, { json }: { readonly json?: true }): Promise<ExitCode> {
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

/** `team policies agree` and `disagree` */
export async function decide(context: Context, changeId: string, verdict: 'agree' | 'disagree', { as, json }: Omit<DecideOptions, 'comment'>): Promise<ExitCode> {
  const { connection, say } = context;
  const decider = whoSays(as);
  const [{ proposals }, directory] = await Promise.all([readStanding(connection), connection.directory(deployment.operator)]);
  const proposal = proposals.find(({ change }) => change.changeId === changeId.toLowerCase());
  if (proposal === undefined) throw refused(`no change ${changeId} waits for a decision`);
  const person = await directory.findUser(decider);
  if (person === undefined) throw refused(`there is no user "${decider}" in the identity store`);
  const answer = await decideOnChange(context, proposal, verdict, person);
  return sayDecided({ say }, verdict, { ...answer, outcome: answer.outcome === 'changed' ? 'in-force' : 'refused' }, json);
}
