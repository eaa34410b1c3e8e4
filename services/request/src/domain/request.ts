import type { RequestEvent } from './events.ts';
import { asManyAsFit, type RejectionReason } from './reasons.ts';
import type { RequestCommand, RequestState } from './state.ts';

type Command<Type extends RequestCommand['type']> = Extract<RequestCommand, { readonly type: Type }>;

/** A judgement that a crash interrupted is taken up again after this time, and again after twice it, and so on (ms). */
export const resumeAfterMs = 60_000;
const rememberedDuplicates = 20;
const rememberedOpenings = 10;
/** How much of a source's name facts carry. */
const longestSource = 128;

const timestamp = (ms: number): string => new Date(ms).toISOString();

/** What happens when a command meets a request. Commands that were met before change nothing. */
export function decideRequest(state: RequestState | undefined, command: RequestCommand, now: number): readonly RequestEvent[] {
  if (command.type === 'receive') return receive(state, command, now);
  if (command.type === 'disown-opening') return disownOpening(state, command, now);
  if (state === undefined) return [];
  switch (command.type) {
    case 'accept':
      return state.status === 'received' ? [{ type: 'AccessRequestAccepted.v1', data: command.accepted }] : [];
    case 'reject':
      return state.status === 'received' ? [rejected(state.requestId, state.asked?.requester, command.reasons, now)] : [];
    case 'answer-opening':
      return answerOpening(state, command, now);
    case 'due':
      return state.resumeAt !== undefined && state.resumeAt <= now ? [{ type: 'JudgementResumed', data: { at: now } }] : [];
  }
}

function receive(
  state: RequestState | undefined,
  { requestId, asked, contentDigest, emitter }: Command<'receive'>,
  now: number,
): readonly RequestEvent[] {
  if (state === undefined) {
    const claim = { requestId, contentDigest, emitter, receivedAt: now };
    if (!('malformed' in asked)) return [{ type: 'RequestReceived', data: { ...claim, asked } }];
    return [{ type: 'RequestReceived', data: claim }, rejected(requestId, undefined, asked.malformed, now)];
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
        emitter: { ...emitter, source: emitter.source.slice(0, longestSource) },
      },
    },
  ];
}

function rejected(requestId: string, requester: string | undefined, reasons: readonly RejectionReason[], now: number): RequestEvent {
  return {
    type: 'AccessRequestRejected.v1',
    data: { requestId, ...(requester === undefined ? {} : { requester }), reasons: asManyAsFit(reasons), rejectedAt: timestamp(now) },
  };
}

function answerOpening(
  { requestId, status, answeredOpenings }: RequestState,
  { openingDueId, confirmed, lapsed, reasons }: Command<'answer-opening'>,
  now: number,
): readonly RequestEvent[] {
  if (status !== 'accepted' || answeredOpenings.includes(openingDueId)) return [];
  const at = timestamp(now);
  const events: RequestEvent[] = [];
  if (confirmed.length > 0) {
    events.push({ type: 'EligibilityConfirmed.v1', data: { requestId, grantIds: confirmed, openingDueId, confirmedAt: at } });
  }
  if (lapsed.length > 0) {
    events.push({ type: 'EligibilityLapsed.v1', data: { requestId, grantIds: lapsed, openingDueId, reasons, lapsedAt: at } });
  }
  return events;
}

/** Nothing may open that was not accepted here, whatever approval says so; an id never heard of stays unaccepted for ever. */
function disownOpening(
  state: RequestState | undefined,
  { requestId, openingDueId, grantIds, contentDigest, emitter }: Command<'disown-opening'>,
  now: number,
): readonly RequestEvent[] {
  if (state?.accepted !== undefined || state?.answeredOpenings.includes(openingDueId) === true) return [];
  const reasons = [{ code: 'ERR_REQUEST_NOT_ACCEPTED', message: `request ${requestId} was never accepted` }] as const;
  const lapsed = { type: 'EligibilityLapsed.v1', data: { requestId, grantIds, openingDueId, reasons, lapsedAt: timestamp(now) } } as const;
  if (state !== undefined) return [lapsed];
  return [{ type: 'RequestDisowned', data: { requestId, contentDigest, emitter, receivedAt: now } }, lapsed];
}

/** The state after an event. */
export function evolveRequest(state: RequestState | undefined, event: RequestEvent): RequestState {
  const fresh = { resumed: 0, ignored: [], answeredOpenings: [] } as const;
  if (event.type === 'RequestReceived') {
    return { ...event.data, ...fresh, status: 'received', resumeAt: event.data.receivedAt + resumeAfterMs };
  }
  if (event.type === 'RequestDisowned') return { ...event.data, ...fresh, status: 'rejected' };
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
