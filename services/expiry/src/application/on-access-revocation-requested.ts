import type { AccessRevocationRequestedV1, ContractViolationError, DeliveredEvent, EmitterRegistration } from '@team/contracts';
import { findEmitter, uuid } from '@team/contracts';
import type { Revocation, Speaker } from '../domain/state.ts';
import { judgeRevocations } from './judge-revocations.ts';
import { requestKey, type Digest, type Judging, type Received, type Requests } from './ports.ts';

/**
 * Somebody wants access ended: keeps the wish, then judges it if the request is approved, else when it will be; while the directory is
 * down, each minute. The answer is `AccessRevoked` for each grant that this ends, or `AccessRevocationRefused`. An event id that comes
 * again with other content is another wish: ending access never fails for how an event is numbered.
 */
export function onAccessRevocationRequested(requests: Requests, judging: Judging, emitters: readonly EmitterRegistration[], digest: Digest) {
  return async (event: Received<AccessRevocationRequestedV1>): Promise<void> => {
    const { source, account, metadata, cause } = event;
    const { requestId, grantIds, by, reason } = event.data;
    const key = requestKey(requestId);
    const revocationId = digest({ source, account, eventId: metadata.eventId, data: event.data });
    const emitter = speakerOf(event, emitters);
    if (emitter === undefined) {
      const message = `source "${source}" of account ${account} is not registered for ${event.detailType}`;
      await requests.execute(key, { type: 'refuse', requestId, revocationId, by, reason: { code: 'ERR_EMITTER_UNKNOWN', message } }, cause);
      return;
    }
    const wish = {
      ...(grantIds === undefined ? {} : { grantIds }),
      ...(by === undefined ? {} : { by }),
      ...(reason === undefined ? {} : { reason }),
    };
    const revocation: Revocation = { revocationId, emitter, ...wish };
    const { state } = await requests.execute(key, { type: 'revoke', requestId, revocation }, cause);
    await judgeRevocations(requests, judging, state, cause, (kept) => kept.revocationId === revocationId);
  };
}

/** The registration of whoever sent this, reduced to what its word counts for here. */
function speakerOf(event: Received<unknown>, emitters: readonly EmitterRegistration[]): Speaker | undefined {
  const found = findEmitter(emitters, event, event.detailType);
  return found && { name: found.name, mayRevoke: found.mayRevoke === true, speaksForPeople: found.mayDecide !== undefined };
}

/**
 * A revocation that breaks its contract. The approval service answers it, before and after approval alike, as long as it can be told
 * which request it is for; here it is only noted. Otherwise it is nobody's, and a dead letter.
 */
export function leaveMalformedToApproval(note: (message: string, facts: Record<string, unknown>) => void) {
  return async (event: DeliveredEvent, violation: ContractViolationError): Promise<boolean> => {
    const data: unknown = event.detail['data'];
    const requestId: unknown = typeof data === 'object' && data !== null && 'requestId' in data ? data.requestId : undefined;
    const readable = uuid.safeParse(requestId).success;
    if (readable)
      note('malformed revocation left to the approval service, which answers it', {
        requestId,
        eventId: event.id,
        problem: violation.message,
      });
    return readable;
  };
}
