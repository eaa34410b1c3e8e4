import { refused, type ExitCode } from '../failure.ts';
import { shortId } from '../print/printable.ts';
import { askFor } from './ask-for.ts';
import { isForAnother } from './for-another.ts';
import { meantRequest } from './meant-request.ts';
import type { PortalContext } from './portal-context.ts';
import { signedIn } from './session.ts';

export interface ExtendOptions {
  readonly minutes: number;
  readonly why?: string;
  readonly ticket?: string;
  readonly wait?: true;
  readonly json?: true;
}

/** `team extend`: has access go on where it would end, one's own or what one asked for somebody else. */
export async function extend(context: PortalContext, reference: string, { minutes, why, ticket, wait, json }: ExtendOptions): Promise<ExitCode> {
  const portal = await signedIn(context);
  const requestId = await meantRequest(portal, reference, ['mine']);
  const [{ row, grants, may }, me] = await Promise.all([portal.request(requestId), portal.me()]);
  const active = grants.filter(({ status }) => status === 'active');
  if (!may.extend) throw refused(active.length === 0 ? `request ${shortId(requestId)} is ${row.status}; there is no access to extend` : `request ${shortId(requestId)} is extended by who has its access, or who asked for it as long as they may ask for others; break glass by who has it alone. One at a time: where an extension of it waits or runs, extend that one when it runs`);
  const forAnother = isForAnother(row, me);
  if (row.breakGlass) context.remark('It is break glass, and goes on as break glass: it is reviewed afterwards.');
  const justification = why ?? row.justification;
  const ticketId = ticket ?? row.ticket;
  return askFor(
    context,
    portal,
    {
      requestId: context.newId(),
      extends: requestId,
      ...(forAnother ? { for: row.requester.userName } : {}),
      targets: active.map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn })),
      durationMinutes: minutes,
      ...(justification === undefined ? {} : { justification }),
      ...(ticketId === undefined ? {} : { ticket: ticketId }),
      // Break glass is extended only by break glass, and by nothing that is less.
      ...(row.breakGlass ? { breakGlass: true } : {}),
    },
    { targets: active, wait: wait === true, json: json === true, forAnother },
  );
}
