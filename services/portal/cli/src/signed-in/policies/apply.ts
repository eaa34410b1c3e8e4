import type { ChangeOutcome } from '../../../../api/src/contract/index.ts';
import { exitCodes, misused, refused, type ExitCode } from '../../failure.ts';
import { patiently } from '../../policies/patiently.ts';
import { changeLine } from '../../print/plan-lines.ts';
import { counted, printable } from '../../print/printable.ts';
import { whyLine } from '../../print/why-line.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';
import { outcomeOfChange } from './outcome-of-change.ts';
import { linesOf } from './plan.ts';
import { plannedChanges, type PlannedChange } from './planned-changes.ts';

/**
 * Submits, as who is signed in, what was planned and shown: each policy as one change, against the version that the plan saw. On a terminal
 * they are asked first; elsewhere `--yes` says that they want it.
 */
export async function applyAtPortal(context: PortalContext, folder: string, { yes }: { readonly yes?: true }): Promise<ExitCode> {
  const { say, terminal } = context;
  if (yes !== true && terminal === undefined) throw misused('nobody is there to be asked whether this is to be applied: say --yes, or look at it first with npx team policies plan');
  const portal = await signedIn(context);
  const { changes } = await plannedChanges(portal, folder);
  if (yes !== true && changes.some(({ waiting }) => waiting === undefined)) await confirm(context, changes);
  const outcomes: ChangeOutcome['outcome'][] = [];
  for (const planned of changes) {
    if (planned.waiting !== undefined) {
      say(changeLine(planned));
      outcomes.push('waits');
      continue;
    }
    const { outcome, text, reasons, changeId } = await patiently(context, async () => outcomeOfChange(context, portal, await portal.submit(planned.change)));
    outcomes.push(outcome);
    say(printable(`${changeLine(planned)}: ${outcome === 'refused' ? 'refused' : text}`));
    for (const reason of reasons) say(`    ${whyLine(reason)}`);
    if (outcome === 'waits') say(`    Next, by another administrator: npx team policies agree ${changeId}`);
  }
  const count = (outcome: ChangeOutcome['outcome']): number => outcomes.filter((one) => one === outcome).length;
  say(changes.length === 0 ? 'Nothing is to be changed.' : `${counted(count('in-force'), 'change')} in force, ${count('waits')} waiting for a second administrator, ${count('refused')} refused.`);
  return count('refused') > 0 ? exitCodes.refused : exitCodes.ok;
}

/** Shows what would be submitted, and asks. Throws `Failure` (refused) for anything but yes. */
async function confirm({ terminal, remark }: PortalContext, changes: readonly PlannedChange[]): Promise<void> {
  for (const line of linesOf(changes)) remark(line);
  const answer = await terminal?.ask(`Submit ${counted(changes.filter(({ waiting }) => waiting === undefined).length, 'change')}? (yes or no): `);
  if (!/^y(?:es)?$/i.test((answer ?? '').trim())) throw refused('Nothing was submitted.');
}
