import { revocableBy } from './approve.ts';
import type { JudgeRevocation } from './commands.ts';
import type { ApprovalEvent } from './events.ts';
import { includes, refersTo, type Actor, type Reason } from './people.ts';
import { refuseRevocation, requestOver, wasAnswered } from './refusals.ts';
import type { Early, Pending, RevocationSubmission, State } from './state.ts';
import { iso } from './window.ts';

/** Wishes to cancel that can wait for one request to be known. */
export const maximumEarlyRevocations = 10;

/** Cancels a request that waits, if who asks for it may. After approval the expiry service answers, not this one. */
export function judgeRevocation(state: State | undefined, command: JudgeRevocation, now: number): readonly ApprovalEvent[] {
  const { submission, emitter } = command;
  const { requestId, digest } = submission;
  if (wasAnswered(state, digest)) return [];
  const refuse = (reason: Reason): readonly ApprovalEvent[] => refuseRevocation(submission, reason, now, submission.by ?? emitter?.name);
  const moot: ApprovalEvent = { type: 'SubmissionAnswered', data: { requestId, digest, at: now } };

  if (state?.phase === 'approved' || state?.phase === 'cancelled') return [moot];
  if (emitter === undefined) return refuse(emitterUnknown(submission));
  if (state === undefined || state.phase === 'unknown')
    return keep(state?.early.revocations ?? [], { ...submission, waitsSince: now }, refuse);
  if (!('pending' in state)) return refuse(requestOver(state.phase));

  const { request } = state.pending;
  const { grantIds } = submission;
  const actor = entitledActor(state.pending, command, emitter);
  if ('code' in actor) return refuse(actor);
  if (grantIds !== undefined && request.grants.some(({ grantId }) => !grantIds.includes(grantId))) {
    return refuse({ code: 'ERR_CANCELLATION_PARTIAL', message: 'a request that waits is cancelled as a whole; leave out grantIds' });
  }
  const reason = submission.reason === undefined ? {} : { reason: submission.reason };
  return [moot, { type: 'AccessCancelled.v1', data: { requestId, by: actor, ...reason, cancelledAt: iso(now) } }];
}

function keep(
  waiting: readonly Early<RevocationSubmission>[],
  revocation: Early<RevocationSubmission>,
  refuse: (reason: Reason) => readonly ApprovalEvent[],
): readonly ApprovalEvent[] {
  if (waiting.some(({ digest }) => digest === revocation.digest)) return [];
  if (waiting.length >= maximumEarlyRevocations) {
    return refuse({
      code: 'ERR_TOO_MANY_EARLY',
      message: `${waiting.length} revocations wait for this request already, which is not known yet; try again later`,
    });
  }
  return [{ type: 'EarlyRevocationKept', data: { requestId: revocation.requestId, revocation } }];
}

/**
 * Who cancels, or why they may not. A name means whoever has it now; the name that the request has for its requester counts only where
 * nobody has it, since somebody deleted can still withdraw what they asked.
 */
function entitledActor(
  pending: Pending,
  { actsFor }: JudgeRevocation,
  emitter: { readonly name: string; readonly mayRevoke: boolean },
): Actor | Reason {
  const system: Actor = { kind: 'emitter', name: emitter.name };
  if (actsFor === undefined) return emitter.mayRevoke ? system : notEntitled(`${emitter.name} may not cancel on its own account`);
  const { requester } = pending.request;
  if ('problem' in actsFor.lookup) {
    const { problem } = actsFor.lookup;
    if (problem.code === 'ERR_USER_UNKNOWN' && refersTo(actsFor.ref, requester))
      return { kind: 'person', userId: requester.userId, userName: requester.userName };
    return emitter.mayRevoke ? system : problem;
  }
  const { userId, userName, groupIds } = actsFor.lookup.person;
  const may = emitter.mayRevoke || userId === requester.userId || includes(revocableBy(pending), { userId, groupIds });
  return may
    ? { kind: 'person', userId, userName }
    : notEntitled(`${userName} is neither requester, approver nor administrator of this request`);
}

const notEntitled = (message: string): Reason => ({ code: 'ERR_NOT_ENTITLED', message });

const emitterUnknown = ({ source, account }: { readonly source: string; readonly account: string }): Reason => ({
  code: 'ERR_EMITTER_UNKNOWN',
  message: `${source} in account ${account} is not registered to ask for revocations`,
});
