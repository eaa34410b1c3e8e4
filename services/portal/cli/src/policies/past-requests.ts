import { accessRequestAcceptedV1, accessRequestedV1, accessRequestRejectedV1, type HypotheticalRequest } from '@team/contracts';
import type { AuditTrail } from '../cloud/audit-trail.ts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';

/** One target of a request of the past, and what became of it. */
export interface PastTarget {
  readonly requestId: string;
  readonly asked: HypotheticalRequest;
  readonly was: 'with approval' | 'without approval' | 'refused';
}

/** Reasons that no policy can change: who put it on the bus, and what else was open then. */
const besidePolicies = new Set(['ERR_EMITTER_UNKNOWN', 'ERR_EMITTER_NOT_FOR_SUBJECT', 'ERR_EMITTER_NO_BREAK_GLASS', 'ERR_MAY_NOT_ASK_FOR_OTHERS', 'ERR_TOO_MANY_OPEN', 'ERR_IDENTICAL_OPEN', 'ERR_CONTRACT_VIOLATION']);

/** All events since a moment, page by page. */
export async function* eventsSince(trail: AuditTrail, since: string): AsyncGenerator<RecordedEvent> {
  for (let after: string | undefined; ; ) {
    const { events, next } = await trail.events({ after, ...(after === undefined ? { since } : {}) });
    yield* events;
    if (events.length === 0 || next === undefined) return;
    after = next;
  }
}

/** Requests since a moment that were judged, target by target; those refused for what no policy changes are left out. */
export async function pastRequests(trail: AuditTrail, since: string, ownAccount: string): Promise<readonly PastTarget[]> {
  const asked = new Map<string, { readonly data: ReturnType<typeof accessRequestedV1.parse>['data']; readonly at: string }>();
  const found: PastTarget[] = [];
  for await (const { detailType, detail, source, account, recordedAt } of eventsSince(trail, since)) {
    if (detailType === accessRequestedV1.detailType) {
      const request = parsed(accessRequestedV1, detail);
      if (request !== undefined && !asked.has(request.requestId)) asked.set(request.requestId, { data: request, at: recordedAt });
      continue;
    }
    if (source !== 'team.request' || account !== ownAccount) continue;
    const accepted = detailType === accessRequestAcceptedV1.detailType ? parsed(accessRequestAcceptedV1, detail) : undefined;
    const rejected = detailType === accessRequestRejectedV1.detailType ? parsed(accessRequestRejectedV1, detail) : undefined;
    const request = asked.get(accepted?.requestId ?? rejected?.requestId ?? '');
    if (request === undefined) continue;
    const words = wordsOf(request.data, request.at);
    if (accepted !== undefined) {
      const was = accepted.approvalRequired ? 'with approval' : 'without approval';
      for (const { accountId, permissionSetArn } of accepted.grants) {
        found.push({ requestId: accepted.requestId, was, asked: { ...words, requester: accepted.requester.userId, durationMinutes: accepted.durationMinutes, accountId, permissionSet: permissionSetArn } });
      }
    } else if (rejected !== undefined && !rejected.reasons.some(({ code }) => besidePolicies.has(code))) {
      for (const target of request.data.targets) {
        if ('bundle' in target) continue;
        const permissionSet = 'permissionSetArn' in target ? target.permissionSetArn : target.permissionSetName;
        found.push({ requestId: rejected.requestId, was: 'refused', asked: { ...words, accountId: target.accountId, permissionSet } });
      }
    }
  }
  return found;
}

function parsed<Data>(contract: { parse(detail: unknown): { readonly data: Data } }, detail: unknown): Data | undefined {
  try {
    return contract.parse(detail).data;
  } catch {
    // Not what its contract says: then no service judged it as such either.
    return undefined;
  }
}

function wordsOf({ requester, durationMinutes, startAt, ticket, justification, breakGlass }: ReturnType<typeof accessRequestedV1.parse>['data'], askedAt: string): Omit<HypotheticalRequest, 'accountId' | 'permissionSet'> {
  return { requester, durationMinutes, startAt, ticketId: ticket?.id, justification, breakGlass, askedAt };
}
