import type {
  AccessRequestAcceptedV1,
  AccessRequestRejectedV1,
  DuplicateRequestIgnoredV1,
  EligibilityConfirmedV1,
  EligibilityLapsedV1,
} from '@team/contracts';
import type { RequestCommand, RequestState } from './state.ts';

export type RequestEvent =
  | { readonly type: 'RequestReceived'; readonly data: Pick<RequestState, 'requestId' | 'contentDigest' | 'asked' | 'emitter' | 'receivedAt'> }
  | { readonly type: 'JudgementResumed'; readonly data: { readonly at: number } }
  | { readonly type: 'AccessRequestAccepted.v1'; readonly data: AccessRequestAcceptedV1 }
  | { readonly type: 'AccessRequestRejected.v1'; readonly data: AccessRequestRejectedV1 }
  | { readonly type: 'DuplicateRequestIgnored.v1'; readonly data: DuplicateRequestIgnoredV1 }
  | { readonly type: 'EligibilityConfirmed.v1'; readonly data: EligibilityConfirmedV1 }
  | { readonly type: 'EligibilityLapsed.v1'; readonly data: EligibilityLapsedV1 };

/** A judgement that a crash interrupted is taken up again after this time, and again after twice it, and so on (ms). */
export const resumeAfterMs = 60_000;
const rememberedDuplicates = 20;
const rememberedOpenings = 10;

/** What happens when a command meets a request. Commands that were met before change nothing. */
export function decideRequest(state: RequestState | undefined, command: RequestCommand, now: number): readonly RequestEvent[] {
  if (command.type === 'receive') return receive(state, command, now);
  if (state === undefined) return [];
  const at = new Date(now).toISOString();
  switch (command.type) {
    case 'accept':
      return state.status === 'received' ? [{ type: 'AccessRequestAccepted.v1', data: command.accepted }] : [];
    case 'reject':
      if (state.status !== 'received') return [];
      return [
        {
          type: 'AccessRequestRejected.v1',
          data: {
            requestId: state.requestId,
            ...(state.asked === undefined ? {} : { requester: state.asked.requester }),
            reasons: [...command.reasons],
            rejectedAt: at,
          },
        },
      ];
    case 'answer-opening':
      return answerOpening(state, command, at);
    case 'due':
      return state.resumeAt !== undefined && state.resumeAt <= now ? [{ type: 'JudgementResumed', data: { at: now } }] : [];
  }
}

function receive(
  state: RequestState | undefined,
  { requestId, asked, contentDigest, emitter }: Extract<RequestCommand, { type: 'receive' }>,
  now: number,
): readonly RequestEvent[] {
  if (state === undefined) {
    const claim = { requestId, contentDigest, emitter, receivedAt: now };
    if (!('malformed' in asked)) return [{ type: 'RequestReceived', data: { ...claim, asked } }];
    const rejectedAt = new Date(now).toISOString();
    return [
      { type: 'RequestReceived', data: claim },
      { type: 'AccessRequestRejected.v1', data: { requestId, reasons: [...asked.malformed], rejectedAt } },
    ];
  }
  if (state.contentDigest === contentDigest || state.ignored.includes(contentDigest)) return [];
  const message = `request id ${requestId} was used before with other content or by another emitter; the first stands, choose a new id`;
  return [
    {
      type: 'DuplicateRequestIgnored.v1',
      data: {
        requestId,
        reason: { code: 'ERR_REQUEST_ID_REUSED', message },
        firstDigest: state.contentDigest,
        ignoredDigest: contentDigest,
        emitter,
      },
    },
  ];
}

function answerOpening(
  { requestId, status, answeredOpenings }: RequestState,
  { openingDueId, confirmed, lapsed, reasons }: Extract<RequestCommand, { type: 'answer-opening' }>,
  at: string,
): readonly RequestEvent[] {
  if (status !== 'accepted' || answeredOpenings.includes(openingDueId)) return [];
  const events: RequestEvent[] = [];
  if (confirmed.length > 0) {
    events.push({ type: 'EligibilityConfirmed.v1', data: { requestId, grantIds: [...confirmed], openingDueId, confirmedAt: at } });
  }
  if (lapsed.length > 0) {
    events.push({ type: 'EligibilityLapsed.v1', data: { requestId, grantIds: [...lapsed], openingDueId, reasons: [...reasons], lapsedAt: at } });
  }
  return events;
}

/** The state after an event. */
export function evolveRequest(state: RequestState | undefined, event: RequestEvent): RequestState {
  if (event.type === 'RequestReceived') {
    return { ...event.data, status: 'received', resumeAt: event.data.receivedAt + resumeAfterMs, resumed: 0, ignored: [], answeredOpenings: [] };
  }
  if (state === undefined) throw new TypeError(`${event.type} before RequestReceived`);
  const { resumeAt: _done, ...settled } = state;
  switch (event.type) {
    case 'JudgementResumed': {
      const resumed = state.resumed + 1;
      return { ...state, resumed, resumeAt: event.data.at + resumeAfterMs * 2 ** Math.min(resumed, 6) };
    }
    case 'AccessRequestAccepted.v1':
      return { ...settled, status: 'accepted', accepted: event.data };
    case 'AccessRequestRejected.v1':
      return { ...settled, status: 'rejected' };
    case 'DuplicateRequestIgnored.v1':
      return { ...state, ignored: [...state.ignored, event.data.ignoredDigest].slice(-rememberedDuplicates) };
    case 'EligibilityConfirmed.v1':
    case 'EligibilityLapsed.v1': {
      const { openingDueId } = event.data;
      const known = state.answeredOpenings.filter((id) => id !== openingDueId);
      return { ...state, answeredOpenings: [...known, openingDueId].slice(-rememberedOpenings) };
    }
  }
}

/** A received request without outcome is judged again: nothing that stopped half-way stays there. */
export function requestDueAt(state: RequestState): number | undefined {
  return state.resumeAt;
}
