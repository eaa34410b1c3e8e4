import { policyId } from '@team/contracts';
import { InvalidArgumentError, type Command } from 'commander';
import { misused, type ExitCode } from '../failure.ts';
import { collected, numberFrom1, targetsNamed, type AskingOptions, type NamedTarget } from '../options.ts';
import { timestampOf } from '../timestamp.ts';
import { askFor } from './ask-for.ts';
import { meantRequest } from './meant-request.ts';
import { bundlesNamed } from './named-bundles.ts';
import { askableNamed, targetOfAnother, type Target } from './named-targets.ts';
import { pick, type Picked } from './pick.ts';
import type { Portal } from './portal.ts';
import type { PerformAtPortal, PortalContext } from './portal-context.ts';
import { signedIn } from './session.ts';

interface RequestOptions extends AskingOptions {
  readonly bundle?: readonly string[];
  readonly for?: string;
  readonly json?: true;
}

/** `team request`: asks for access as who is signed in. */
export function requestCommand(program: Command, perform: PerformAtPortal): void {
  program
    .command('request')
    .description('ask for access; on a terminal, what is not said is asked for')
    .option('--for <user>', 'who is to have the access, where that is somebody else: user name; what is named or picked is what they may ask for')
    .option('--account <account>', 'name or id of an account')
    .option('--permission-set <set>', 'name or ARN of a permission set')
    .option('--target <account/permission-set>', 'one of several targets; can be repeated', collected)
    .option('--bundle <name>', 'several targets under one name; can be repeated', bundleNamed)
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
  const extended = options.extends === undefined ? undefined : await meantRequest(portal, options.extends, ['mine']);
  const other = options.for ?? (extended === undefined ? undefined : await whoElseHas(portal, extended));
  const { targets, bundles, minutes, why } = await whatIsAsked(context, portal, options, other);
  return askFor(
    context,
    portal,
    {
      requestId: context.newId(),
      targets: [...targets.map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn })), ...bundles.map(({ bundleId }) => ({ bundle: bundleId }))],
      durationMinutes: minutes,
      ...(other === undefined ? {} : { for: other }),
      ...(why === undefined ? {} : { justification: why }),
      ...(start === undefined ? {} : { startAt: timestampOf(start, '--start') }),
      ...(ticket === undefined ? {} : { ticket }),
      ...(breakGlass === undefined ? {} : { breakGlass }),
      ...(extended === undefined ? {} : { extends: extended }),
    },
    { targets: [...targets, ...bundles.flatMap((bundle) => bundle.targets)], wait: options.wait === true, json: options.json === true, forAnother: other !== undefined },
  );
}

/** Who has a request's access, where that is somebody else: user name. */
async function whoElseHas(portal: Portal, requestId: string): Promise<string | undefined> {
  const [{ row: { requester } }, { userId }] = await Promise.all([portal.request(requestId), portal.me()]);
  return requester.userId === userId ? undefined : requester.userName;
}

/** What is asked for, by the options and, on a terminal, by what is picked: of what oneself may ask for, or `other` may. */
async function whatIsAsked(context: PortalContext, portal: Portal, options: RequestOptions, other: string | undefined): Promise<Picked> {
  const named = targetsNamed(options);
  const { minutes, why, bundle: ids = [] } = options;
  const { terminal, remark } = context;
  if (terminal === undefined && named.length + ids.length === 0) throw misused('give --account and --permission-set, or one --target or --bundle or more');
  if (terminal === undefined && minutes === undefined) throw misused('give --minutes');
  const meant = (target: NamedTarget): Promise<Target> => (other === undefined ? askableNamed(portal, target) : targetOfAnother(portal, target, other));
  const [targets, bundles] = await Promise.all([Promise.all(named.map(meant)), bundlesNamed(portal, ids, other)]);
  if (targets.length + bundles.length > 0 && minutes !== undefined) return { targets, bundles, minutes, why };
  if (terminal === undefined) throw misused('give --minutes');
  return pick({ terminal, remark, portal, other }, { targets, bundles, minutes, why });
}

/** A bundle's name, one of several. */
function bundleNamed(name: string, before?: readonly string[]): readonly string[] {
  if (!policyId.safeParse(name).success) throw new InvalidArgumentError('It must be the name of a bundle: small letters, digits and hyphens.');
  return collected(name, before);
}
