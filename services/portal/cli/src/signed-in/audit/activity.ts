import type { ActivityCall } from '@team/contracts';
import { exitCodes, type ExitCode } from '../../failure.ts';
import { sayActivity } from '../../print/activity-of-request.ts';
import { meantRequest } from '../meant-request.ts';
import type { Portal } from '../portal.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';

const callsAtOnce = 500;

/** What was done under the grants of a request, for who may know of it: auditors of any, others of what is theirs. */
export async function activityAtPortal(context: PortalContext, reference: string, json: boolean): Promise<ExitCode> {
  const portal = await signedIn(context);
  const { personas } = await portal.me();
  const requestId = await meantRequest(portal, reference, personas.auditor || personas.administrator ? ['all'] : ['mine', 'decided', 'active']);
  const { grants } = await portal.request(requestId);
  await sayActivity(context, requestId, grants, { json, callsOf: callsByGrant(portal, requestId) });
  return exitCodes.ok;
}

/** The portal lists the calls of all grants as one: they are asked for as far as a grant reaches, and where the next begins is kept. */
function callsByGrant(portal: Portal, requestId: string): (grantId: string) => AsyncGenerator<readonly ActivityCall[]> {
  let ahead: Awaited<ReturnType<Portal['activity']>>['items'] = [];
  let next: string | undefined;
  let begun = false;
  return async function* callsOf(grantId) {
    for (;;) {
      if (ahead.length === 0 && (next !== undefined || !begun)) {
        const page = await portal.activity(requestId, { limit: callsAtOnce, ...(next === undefined ? {} : { after: next }) });
        [ahead, next, begun] = [page.items, page.next, true];
      }
      const its = ahead.filter((call) => call.grantId === grantId).map(({ grantId: _, ...call }) => call);
      ahead = ahead.filter((call) => call.grantId !== grantId);
      if (its.length > 0) yield its;
      if (ahead.length > 0 || next === undefined) return;
    }
  };
}
