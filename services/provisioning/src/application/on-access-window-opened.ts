import type { AccessWindowOpenedV1 } from '@team/contracts';
import { assignmentKey } from '../domain/assignment.ts';
import type { GrantRef } from '../domain/commands.ts';
import type { Reason } from '../domain/events.ts';
import { reasonOf } from '../domain/facts.ts';
import type { Decide } from './decide-and-wake.ts';
import type { OncePerEvent, Received } from './ports.ts';

/**
 * A window is open: with whole evidence the grant holds its assignment from now on, and the dispatcher brings it about.
 * Without, nothing is held, and why is said. Rejects with a retryable error while keys or store cannot answer.
 */
export function onAccessWindowOpened(decide: Decide, flawIn: (data: AccessWindowOpenedV1) => Promise<Reason | undefined>, once: OncePerEvent) {
  return async (event: Received<AccessWindowOpenedV1>): Promise<void> => {
    const { data, metadata, cause } = event;
    const { grantId, accountId, permissionSetArn, sessionDurationMinutes: sessionMinutes } = data.grant;
    const ref: GrantRef = { grantId, requestId: data.requestId, assignment: { principalId: data.principal.userId, accountId, permissionSetArn } };
    const key = assignmentKey(ref.assignment);
    const windowEventId = metadata.eventId;

    const outcome = await once(event, async () => {
      const reason = await flawIn(data);
      if (reason !== undefined) {
        await decide(key, { type: 'refuse', ...ref, windowEventId, reason, effect: 'gives-up' }, cause);
        return;
      }
      const { notBefore, openBy, durationMinutes, latestEnd } = data.window;
      const bounds = {
        notBefore: Date.parse(notBefore),
        openBy: Date.parse(openBy),
        durationMinutes,
        latestEnd: Date.parse(latestEnd),
        ...(data.endsAt === undefined ? {} : { endsAt: Date.parse(data.endsAt) }),
      };
      await decide(key, { type: 'open', ...ref, windowEventId, breakGlass: data.breakGlass, sessionMinutes, bounds }, cause);
    });
    if (outcome === 'done') return;
    const reason = reasonOf('ERR_EVENT_ID_REUSED', `event ${windowEventId} came before with other content; this one opens nothing`);
    await decide(key, { type: 'refuse', ...ref, windowEventId, reason, effect: 'goes-on' }, cause);
  };
}
