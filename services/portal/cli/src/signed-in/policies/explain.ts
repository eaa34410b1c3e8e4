import { exitCodes, type ExitCode } from '../../failure.ts';
import type { ExplainOptions } from '../../policies/explain-options.ts';
import { explanationLines } from '../../print/explanation-lines.ts';
import { printable } from '../../print/printable.ts';
import { timestampOf } from '../../timestamp.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';

/** Would it be allowed, by which policy, and who could approve? */
export async function explainAtPortal(context: PortalContext, { user, account, permissionSet, minutes, ticket, why, start, breakGlass, json }: ExplainOptions): Promise<ExitCode> {
  const portal = await signedIn(context);
  const explained = await portal.explain({
    ...{ person: user, account, permissionSet },
    ...(minutes === undefined ? {} : { durationMinutes: minutes }),
    ...(ticket === undefined ? {} : { ticketId: ticket }),
    ...(why === undefined ? {} : { justification: why }),
    ...(start === undefined ? {} : { startAt: timestampOf(start, '--start') }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
  });
  const approvers = explained.approvalRequired ? { stages: explained.stages } : undefined;
  if (json === true) context.say(JSON.stringify(explained, undefined, 2));
  else for (const line of explanationLines(explained, approvers)) context.say(printable(line));
  return explained.allowed ? exitCodes.ok : exitCodes.refused;
}
