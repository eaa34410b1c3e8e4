import { misused, type ExitCode } from '../failure.ts';
import { targetsNamed, type AskingOptions, type NamedTarget } from '../options.ts';
import { timestampOf } from '../timestamp.ts';
import { askFor } from './ask-for.ts';
import { meantRequest } from './meant-request.ts';
import { bundlesNamed } from './named-bundles.ts';
import { askableNamed, targetOfAnother, type Target } from './named-targets.ts';
import { pick, type Picked } from './pick.ts';
import type { Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { signedIn } from './session.ts';

export interface RequestOptions extends AskingOptions {
  readonly bundle?: readonly string[];
  readonly for?: string;
  readonly json?: true;
}

/** `team request`: asks for access as who is signed in. */
export async function request(context: PortalContext, options: RequestOptions): Promise<ExitCode> {
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
