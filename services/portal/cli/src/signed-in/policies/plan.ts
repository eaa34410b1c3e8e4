import { exitCodes, type ExitCode } from '../../failure.ts';
import { planLines, sayRead } from '../../print/plan-lines.ts';
import { whyLine } from '../../print/why-line.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';
import { plannedChanges, type PlannedChange } from './planned-changes.ts';

/** Has the portal read the files of a folder. */
export async function validateAtPortal(context: PortalContext, folder: string, { json }: { readonly json?: true }): Promise<ExitCode> {
  const { written } = await plannedChanges(await signedIn(context), folder);
  const count = (kind: string): number => written.policies.filter((policy) => policy.kind === kind).length;
  sayRead(context, { eligibility: count('EligibilityPolicy'), approvers: count('ApproverPolicy'), bundles: count('Bundle'), limits: count('Limits'), ofDeployment: written.ofDeployment }, json);
  return exitCodes.ok;
}

/** What applying the files of a folder would change, each policy for itself, beside what is in force. */
export async function planAtPortal(context: PortalContext, folder: string, { json }: { readonly json?: true }): Promise<ExitCode> {
  const { changes } = await plannedChanges(await signedIn(context), folder);
  if (json === true) context.say(JSON.stringify({ changes: changes.map(asDocument), effects: changes.flatMap(({ plan }) => plan.effects) }, undefined, 2));
  else for (const line of linesOf(changes)) context.say(line);
  return exitCodes.ok;
}

/** What would change, for people. */
export const linesOf = (changes: readonly PlannedChange[]): readonly string[] =>
  planLines({ changes: changes.map((change) => ({ ...change, details: detailsOf(change) })), effects: changes.flatMap(({ plan }) => plan.effects) });

/** What is otherwise, and what who judges it says: as things stand now, of each change alone. */
function detailsOf({ before, after, waiting, plan }: PlannedChange): readonly string[] {
  const { differences, reasons, widens, needsSecondAdministrator } = plan;
  return [
    // Of what is new or removed, the sign before it says so.
    ...(before === undefined || after === undefined ? [] : differences),
    ...(waiting === undefined ? reasons.map((reason) => `would be refused as things stand: ${whyLine(reason)}`) : []),
    ...widens.map((sentence) => `wider: ${sentence}`),
    ...(needsSecondAdministrator && waiting === undefined ? ['would wait for a second administrator'] : []),
  ];
}

function asDocument({ kind, id, before, after, waiting, change, plan }: PlannedChange): object {
  const { differences, reasons, widens, needsSecondAdministrator } = plan;
  return { kind, id, before, after, expectedVersion: change.expectedVersion, waiting, differences, reasons, widens, needsSecondAdministrator };
}
