import { isFinal } from '@team/contracts';
import type { Ask, RequestDetail } from '../../../api/src/contract/index.ts';
import { exitCodes, Failure, type ExitCode } from '../failure.ts';
import { isSettled, isThere, outcomeLines, targetText } from '../print/outcome-lines.ts';
import { printable } from '../print/printable.ts';
import { whyLine } from '../print/why-line.ts';
import type { Target } from './named-targets.ts';
import type { Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { profileHint } from './profile-hint.ts';
import { outcomeOf, watchAnswer, watchUntil } from './progress.ts';

/** How an ask is told. */
export interface How {
  /** With their names, which an ask has not. */
  readonly targets: readonly Target[];
  readonly wait: boolean;
  /** It is somebody else's: who asked has no use of it. */
  readonly forAnother?: boolean;
  readonly json: boolean;
}

/**
 * Asks, unless those who will judge it say beforehand that it would be refused; then waits for their answer or, with `wait`, for the access.
 * The exit code is 0 where that came, and where nothing but people is waited for.
 */
export async function askFor(context: PortalContext, portal: Portal, ask: Ask & { readonly requestId: string }, how: How): Promise<ExitCode> {
  if (!(await wouldBeTaken(context, portal, ask, how))) return exitCodes.refused;
  await portal.ask(ask);
  context.remark(printable(`request ${ask.requestId}${ask.for === undefined ? '' : ` for ${ask.for}`}`));
  const answered = await watchAnswer(context, portal, ask.requestId);
  if (how.wait) return awaitAccess(context, portal, ask.requestId, how, answered);
  tell(context, answered, how);
  return isFinal(answered.row.status) ? exitCodes.refused : exitCodes.ok;
}

/** Waits until the access of a request is there, or never will be. Who has had enough is told how to look again: the request goes on without them. */
export async function awaitAccess(context: PortalContext, portal: Portal, requestId: string, how: Pick<How, 'json' | 'forAnother'>, known?: RequestDetail): Promise<ExitCode> {
  try {
    const detail = await watchUntil(context, portal, requestId, (seen) => isSettled(outcomeOf(seen)), { known });
    tell(context, detail, how);
    return isThere(outcomeOf(detail)) ? exitCodes.ok : exitCodes.refused;
  } catch (error) {
    if (context.signal.aborted || error instanceof Failure) context.remark(`The request ${requestId} goes on. Look at it with: npx team list`);
    throw error;
  }
}

/** Says how it stands, and how the access is used where it is there. */
export function tell({ say, remark }: PortalContext, detail: RequestDetail, { json, forAnother = false }: Pick<How, 'json' | 'forAnother'>): void {
  if (json) {
    say(JSON.stringify(detail, undefined, 2));
    return;
  }
  for (const line of outcomeLines(outcomeOf(detail))) say(line);
  if (forAnother) return;
  for (const line of profileHint(detail.grants.filter(({ status }) => status === 'active'))) remark(line);
}

async function wouldBeTaken({ say, remark }: PortalContext, portal: Portal, ask: Ask, { targets, json }: How): Promise<boolean> {
  const preview = await portal.preview(ask);
  const nameOf = (asked: { readonly accountId: string; readonly permissionSetArn: string }): string => {
    const known = targets.find(({ accountId, permissionSetArn }) => accountId === asked.accountId && permissionSetArn === asked.permissionSetArn);
    return known === undefined ? asked.accountId : targetText(known);
  };
  for (const target of preview.targets) for (const warning of target.warnings) remark(`note: ${whyLine({ ...warning, about: nameOf(target) })}`);
  if (preview.allowed) return true;
  if (json) say(JSON.stringify(preview, undefined, 2));
  remark('Not sent: it would be refused.');
  for (const reason of preview.reasons ?? []) remark(`  ${whyLine(reason)}`);
  for (const target of preview.targets) for (const reason of target.reasons) remark(`  ${whyLine({ ...reason, about: nameOf(target) })}`);
  return false;
}
