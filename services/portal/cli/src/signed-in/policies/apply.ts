import { misused, refused, type ExitCode } from '../../failure.ts';
import { applyChanges } from '../../policies/apply-changes.ts';
import { counted } from '../../print/printable.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';
import { outcomeOfChange } from './outcome-of-change.ts';
import { linesOf } from './plan.ts';
import { plannedChanges, type PlannedChange } from './planned-changes.ts';

/**
 * Submits, as who is signed in, what was planned and shown: each policy as one change, against the version that the plan saw. On a terminal
 * they are asked first; elsewhere `--yes` says that they want it.
 */
export async function applyAtPortal(context: PortalContext, folder: string, { yes, json }: { readonly yes?: true; readonly json?: true }): Promise<ExitCode> {
  if (yes !== true && context.terminal === undefined) throw misused('nobody is there to be asked whether this is to be applied: say --yes, or look at it first with npx team policies plan');
  const portal = await signedIn(context);
  const { changes } = await plannedChanges(portal, folder);
  if (yes !== true && changes.some(({ waiting }) => waiting === undefined)) await confirm(context, changes);
  return applyChanges(context, changes, {
    submit: async ({ change }) => outcomeOfChange(context, portal, await portal.submit(change)),
    next: (changeId) => `, by another administrator: npx team policies agree ${changeId}`,
    json: json === true,
  });
}

/** Shows what would be submitted, and asks. Throws `Failure` (refused) for anything but yes. */
async function confirm({ terminal, remark }: PortalContext, changes: readonly PlannedChange[]): Promise<void> {
  for (const line of linesOf(changes)) remark(line);
  const answer = await terminal?.ask(`Submit ${counted(changes.filter(({ waiting }) => waiting === undefined).length, 'change')}? (yes or no): `);
  if (!/^y(?:es)?$/i.test((answer ?? '').trim())) throw refused('Nothing was submitted.');
}
