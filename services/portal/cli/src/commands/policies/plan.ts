import type { Context } from '../../context.ts';
import { exitCodes, type ExitCode } from '../../failure.ts';
import { changesBetween, differencesIn, type PolicyChange } from '../../../../policies/src/changes.ts';
import { effectsOf } from '../../../../policies/src/effects.ts';
import { readFolder, readNames } from '../../policies/files.ts';
import { accountsInReach, groundOf } from '../../../../policies/src/ground.ts';
import { readStanding } from '../../policies/standing.ts';
import { planLines, sayRead, type ToldChange } from '../../print/plan-lines.ts';

interface JsonOption {
  readonly json?: true;
}

/** `team policies validate` */
export async function validate({ connection, say }: Context, folder: string, { json }: JsonOption): Promise<ExitCode> {
  const { names } = await readNames(connection);
  const { eligibility, approvers, bundles, limits, emitters, portal } = readFolder(folder, names);
  const ofDeployment = emitters.length + (portal === undefined ? 0 : 1);
  sayRead({ say }, { eligibility: eligibility.length, approvers: approvers.length, bundles: bundles.length, limits: limits === undefined ? 0 : 1, ofDeployment }, json);
  return exitCodes.ok;
}

/** `team policies plan` */
export async function plan({ bus, connection, say }: Context, folder: string, { json }: JsonOption): Promise<ExitCode> {
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
