import { misused, type ExitCode } from '../failure.ts';
import { targetsNamed, type AskingOptions, type NamedTarget } from '../options.ts';
import { timestampOf } from '../timestamp.ts';
import { askFor } from './ask-for.ts';
import { isForAnother } from './for-another.ts';
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
  const { named, startAt } = understood(context, options);
  const portal = await signedIn(context);
  const { ticket, breakGlass } = options;
  const extended = options.extends === undefined ? undefined : await meantRequest(portal, options.extends, ['mine']);
  const other = options.for ?? (extended === undefined ? undefined : await whoElseHas(portal, extended));
  const { targets, bundles, minutes, why } = await whatIsAsked(context, portal, named, options, other);
  return askFor(
    context,
    portal,
    {
      requestId: context.newId(),
      targets: [...targets.map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn })), ...bundles.map(({ bundleId }) => ({ bundle: bundleId }))],
      durationMinutes: minutes,
      ...(other === undefined ? {} : { for: other }),
      ...(why === undefined ? {} : { justification: why }),
      ...(startAt === undefined ? {} : { startAt }),
      ...(ticket === undefined ? {} : { ticket }),
      ...(breakGlass === undefined ? {} : { breakGlass }),
      ...(extended === undefined ? {} : { extends: extended }),
    },
    { targets: [...targets, ...bundles.flatMap((bundle) => bundle.targets)], wait: options.wait === true, json: options.json === true, forAnother: other !== undefined },
  );
}

/** What the options say that has a form, before anything is looked up by them. Throws `Failure` (misused) where they cannot be meant so, or say too little and nobody can be asked. */
function understood({ terminal }: PortalContext, options: RequestOptions): { readonly named: readonly NamedTarget[]; readonly startAt: string | undefined } {
  const named = targetsNamed(options);
  const { minutes, bundle: ids = [], start } = options;
  if (terminal === undefined && named.length + ids.length === 0) throw misused('give --account and --permission-set, or one --target or --bundle or more');
  if (terminal === undefined && minutes === undefined) throw misused('give --minutes');
  return { named, startAt: start === undefined ? undefined : timestampOf(start, '--start') };
}

/** Who has a request's access, where that is somebody else: user name. */
async function whoElseHas(portal: Portal, requestId: string): Promise<string | undefined> {
  const [{ row }, me] = await Promise.all([portal.request(requestId), portal.me()]);
  return isForAnother(row, me) ? row.requester.userName : undefined;
}

/** What is asked for, by the options and, on a terminal, by what is picked: of what oneself may ask for, or `other` may. */
async function whatIsAsked({ terminal, remark }: PortalContext, portal: Portal, named: readonly NamedTarget[], { minutes, why, bundle: ids = [] }: RequestOptions, other: string | undefined): Promise<Picked> {
  const meant = (target: NamedTarget): Promise<Target> => (other === undefined ? askableNamed(portal, target) : targetOfAnother(portal, target, other));
  const [targets, bundles] = await Promise.all([Promise.all(named.map(meant)), bundlesNamed(portal, ids, other)]);
  if (targets.length + bundles.length > 0 && minutes !== undefined) return { targets, bundles, minutes, why };
  if (terminal === undefined) throw new TypeError('who asks says everything, or can be asked');
  return pick({ terminal, remark, portal, other }, { targets, bundles, minutes, why });
}
