import type { Command } from 'commander';
import type { Ask, Askable, RequestDetail } from '../../../api/src/contract/index.ts';
import { isFinal } from '@team/contracts';
import { exitCodes, Failure, misused, type ExitCode } from '../failure.ts';
import { whyLine } from '../print/why-line.ts';
import { timestampOf } from '../timestamp.ts';
import { meantRequest } from './meant-request.ts';
import { askableNamed, targetsNamed } from './named-targets.ts';
import { collected, numberFrom1 } from './options.ts';
import { pick, type Picked } from './pick.ts';
import type { Portal } from './portal.ts';
import type { PerformAtPortal, PortalContext } from './portal-context.ts';
import { profileHint } from './profile-hint.ts';
import { isSettled, isThere, outcomeLines, watchAnswer, watchUntil } from './progress.ts';
import { targetText } from './row-lines.ts';
import { signedIn } from './session.ts';

interface RequestOptions {
  readonly account?: string;
  readonly permissionSet?: string;
  readonly target?: readonly string[];
  readonly minutes?: number;
  readonly why?: string;
  readonly start?: string;
  readonly ticket?: string;
  readonly breakGlass?: true;
  readonly extends?: string;
  readonly wait?: true;
  readonly json?: true;
}

/** `team request`: asks for access as who is signed in. */
export function requestCommand(program: Command, perform: PerformAtPortal): void {
  program
    .command('request')
    .description('ask for access; on a terminal, what is not said is asked for')
    .option('--account <account>', 'name or id of an account')
    .option('--permission-set <set>', 'name or ARN of a permission set')
    .option('--target <account/permission-set>', 'one of several targets; can be repeated', collected)
    .option('--minutes <n>', 'how long', numberFrom1)
    .option('--why <text>', 'the justification that approvers read')
    .option('--start <time>', 'when it begins, such as 2026-11-22T10:00:00Z; without it as soon as it is approved')
    .option('--ticket <id>', 'id in the ticket system')
    .option('--break-glass', 'have it at once, without approval, where a policy allows; it is reviewed afterwards')
    .option('--extends <request>', 'goes on where this request ends, which runs now')
    .option('--wait', 'go on until the access is there, or will not be')
    .option('--json', 'the request as one JSON document')
    .action((options: RequestOptions) => perform((context) => request(context, options)));
}

async function request(context: PortalContext, options: RequestOptions): Promise<ExitCode> {
  const portal = await signedIn(context);
  const { start, ticket, breakGlass } = options;
  const { targets, minutes, why } = await whatIsAsked(context, portal, options);
  return askFor(
    context,
    portal,
    {
      requestId: context.newId(),
      targets: targets.map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn })),
      durationMinutes: minutes,
      ...(why === undefined ? {} : { justification: why }),
      ...(start === undefined ? {} : { startAt: timestampOf(start, '--start') }),
      ...(ticket === undefined ? {} : { ticket }),
      ...(breakGlass === undefined ? {} : { breakGlass }),
      ...(options.extends === undefined ? {} : { extends: await meantRequest(portal, options.extends, ['mine']) }),
    },
    { targets, wait: options.wait === true, json: options.json === true },
  );
}

async function whatIsAsked(context: PortalContext, portal: Portal, options: RequestOptions): Promise<Picked> {
  const named = targetsNamed(options);
  const { minutes, why } = options;
  const { terminal, remark } = context;
  if (terminal === undefined && named.length === 0) throw misused('give --account and --permission-set, or one --target or more');
  if (terminal === undefined && minutes === undefined) throw misused('give --minutes');
  const targets = await Promise.all(named.map((target) => askableNamed(portal, target)));
  if (targets.length > 0 && minutes !== undefined) return { targets, minutes, why };
  if (terminal === undefined) throw misused('give --minutes');
  return pick({ terminal, remark, portal }, { targets, minutes, why });
}

interface How {
  /** With their names, which an ask has not. */
  readonly targets: readonly Pick<Askable, 'accountId' | 'accountName' | 'permissionSetArn' | 'permissionSetName'>[];
  readonly wait: boolean;
  readonly json: boolean;
}

/**
 * Asks, unless those who will judge it say beforehand that it would be refused; then waits for their answer or, with `wait`, for the access.
 * The exit code is 0 where that came, and where nothing but people is waited for.
 */
export async function askFor(context: PortalContext, portal: Portal, ask: Ask & { readonly requestId: string }, how: How): Promise<ExitCode> {
  const { remark, say } = context;
  if (!(await wouldBeTaken(context, portal, ask, how))) return exitCodes.refused;
  await portal.ask(ask);
  remark(`request ${ask.requestId}`);
  const answered = await watchAnswer(context, portal, ask.requestId);
  const detail = how.wait && !isSettled(answered) ? await awaited(context, portal, ask.requestId) : answered;
  if (how.json) say(JSON.stringify(detail, undefined, 2));
  else for (const line of outcomeLines(detail)) say(line);
  if (!how.json && isThere(detail)) for (const line of profileHint(detail.grants)) remark(line);
  return how.wait ? (isThere(detail) ? exitCodes.ok : exitCodes.refused) : isFinal(detail.row.status) ? exitCodes.refused : exitCodes.ok;
}

/** Waits for the access; who has had enough is told how to look again, since the request goes on without them. */
async function awaited(context: PortalContext, portal: Portal, requestId: string): Promise<RequestDetail> {
  try {
    return await watchUntil(context, portal, requestId, isSettled);
  } catch (error) {
    if (context.signal.aborted || error instanceof Failure) context.remark(`The request goes on. Look at it with: npx team list`);
    throw error;
  }
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
  for (const target of preview.targets) for (const reason of target.reasons) remark(`  ${whyLine({ ...reason, about: nameOf(target) })}`);
  return false;
}
