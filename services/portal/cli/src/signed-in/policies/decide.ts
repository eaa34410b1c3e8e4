import type { PolicyDecision } from '../../../../api/src/contract/index.ts';
import { exitCodes, misused, type ExitCode } from '../../failure.ts';
import { printable } from '../../print/printable.ts';
import { proposalLines, sayDecided } from '../../print/proposal-lines.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';
import { outcomeOfChange } from './outcome-of-change.ts';

/** Changes that wait for a second administrator. */
export async function pendingAtPortal(context: PortalContext, { json }: { readonly json?: true }): Promise<ExitCode> {
  const { proposals } = await (await signedIn(context)).policies();
  if (json === true) context.say(JSON.stringify(proposals, undefined, 2));
  else if (proposals.length === 0) context.say('Nothing waits.');
  else for (const line of proposals.flatMap(proposalLines)) context.say(line);
  return exitCodes.ok;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Agrees or disagrees with a change as who is signed in, and waits for what comes of it. */
export async function decideAtPortal(context: PortalContext, reference: string, decision: PolicyDecision, json: true | undefined): Promise<ExitCode> {
  const changeId = reference.toLowerCase();
  if (!uuid.test(changeId)) throw misused(`"${printable(reference)}" is no id of a change: npx team policies pending names them`);
  const portal = await signedIn(context);
  return sayDecided(context, decision.verdict, await outcomeOfChange(context, portal, await portal.decideOnChange(changeId, decision)), json);
}
