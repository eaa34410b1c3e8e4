import type { ExpiryEvent } from './events.ts';
import { progressOf, type Ending, type Progress, type RequestState } from './state.ts';
import { repeatMs } from './timing.ts';

type DataOf<Type extends ExpiryEvent['type']> = Extract<ExpiryEvent, { readonly type: Type }>['data'];

/** How many answered revocations are known again. */
const answeredKept = 50;

/** The state after `event`. */
export function evolve(before: RequestState | undefined, event: ExpiryEvent): RequestState {
  const state: RequestState = before ?? {
    requestId: event.data.requestId,
    since: event.at,
    progress: {},
    proofs: {},
    unjudged: [],
    answered: [],
  };
  const { type, at, data } = event;
  switch (type) {
    case 'ApprovalNoted':
      return withJudgementDue({ ...state, approval: data.approval, proofs: { ...state.proofs, ...data.proofs } }, at);
    case 'Pointed':
      return { ...state, partOf: { requestId: data.to, latestEnd: data.latestEnd } };
    case 'ExtensionNoted':
      return withJudgementDue(withExtension(state, data), at);
    case 'RevocationKept':
      return withJudgementDue({ ...state, unjudged: [...state.unjudged, data.revocation] }, at);
    case 'JudgementDue':
      return withJudgementDue(state, at);
    case 'RevocationAnswered':
      return {
        ...state,
        unjudged: state.unjudged.filter(({ revocationId }) => revocationId !== data.revocationId),
        answered: [...state.answered, data.revocationId].slice(-answeredKept),
      };
    case 'GrantNoted':
      return withProgress(state, data.grantId, { grantedAt: Date.parse(data.grantedAt) });
    case 'FailureNoted':
      return withProgress(state, data.grantId, { failed: true });
    case 'EndConfirmed':
      return withProgress(state, data.grantId, { confirmed: true });
    case 'EligibilityNoted':
      return data.grantIds.reduce((next, grantId) => withProgress(next, grantId, { eligible: true }), state);
    case 'AccessOpeningDue.v1':
      return data.grantIds.reduce((next, grantId) => withProgress(next, grantId, { askedAt: at }), state);
    case 'AccessWindowOpened.v1':
      return { ...withoutProof(withProgress(state, data.grant.grantId, { openedAt: at }), data.grant.grantId), lastOpenedAt: at };
    case 'AccessExpired.v1':
      return withEnding(state, data, { kind: 'time' }, at);
    case 'AccessRevoked.v1':
      return withEnding(state, data, { kind: 'revoked', by: data.by, reason: data.reason, opened: data.opened }, at);
    case 'AccessOverdue.v1':
      return withOverdue(state, data.grantId);
    case 'AccessExtended.v1':
    case 'AccessScheduled.v1':
    case 'AccessRevocationRefused.v1':
      return state;
  }
}

/** Whoever brought this about judges at once; time takes it up again where that did not come to an end. */
const withJudgementDue = (state: RequestState, at: number): RequestState => ({ ...state, judgementDueAt: at + repeatMs });

function withExtension(state: RequestState, { extension, approval, proofs, unjudged, progress }: DataOf<'ExtensionNoted'>): RequestState {
  const own = Object.entries(progress).filter(([grantId]) => approval.grants[grantId] !== undefined);
  return {
    ...state,
    extensions: { ...state.extensions, [extension]: approval },
    proofs: { ...state.proofs, ...proofs },
    unjudged: [...state.unjudged, ...unjudged.map((revocation) => ({ ...revocation, requestId: extension }))],
    progress: { ...state.progress, ...Object.fromEntries(own) },
  };
}

function withProgress(state: RequestState, grantId: string, news: Progress): RequestState {
  return { ...state, progress: { ...state.progress, [grantId]: { ...progressOf(state, grantId), ...news } } };
}

function withEnding(
  state: RequestState,
  { grantId, endedAt, repetition }: { readonly grantId: string; readonly endedAt: string; readonly repetition: number },
  cause: Ending['cause'],
  saidAt: number,
): RequestState {
  const overdue = progressOf(state, grantId).ending?.overdue ?? false;
  return withoutProof(
    withProgress(state, grantId, { ending: { endedAt: Date.parse(endedAt), cause, repetition, saidAt, overdue } }),
    grantId,
  );
}

function withOverdue(state: RequestState, grantId: string): RequestState {
  const { ending } = progressOf(state, grantId);
  return ending === undefined ? state : withProgress(state, grantId, { ending: { ...ending, overdue: true } });
}

/** A proof opens a grant once; it takes the most room of all that is remembered. */
function withoutProof(state: RequestState, grantId: string): RequestState {
  const { [grantId]: _used, ...proofs } = state.proofs;
  return { ...state, proofs };
}
