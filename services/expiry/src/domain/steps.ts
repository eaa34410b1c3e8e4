import { grantsOf, isOver, statusOf, type Approval, type Progress, type RequestState } from './state.ts';
import { batchPauseMs, freshnessMs, minutesToMs, overdueAfterMs, remembranceMs, repeatMs } from './timing.ts';

/** Something that time brings about, and from when on (ms since the epoch). */
export interface Step {
  readonly at: number;
  readonly does: 'give-up' | 'ask' | 'open' | 'expire' | 'say-again' | 'call-overdue';
}

/** What time brings about next for one grant; nothing, once it is over. */
export function stepsOf(state: RequestState, approval: Approval, progress: Progress): readonly Step[] {
  switch (statusOf(progress)) {
    case 'scheduled':
      return stepsBeforeOpening(state, approval, progress);
    case 'activating':
    case 'active':
      return [{ at: endOf(approval, progress), does: 'expire' }];
    case 'ending':
      return stepsUntilConfirmed(progress);
    case 'ended':
    case 'revoked':
    case 'failed':
      return [];
  }
}

/** When the request next has something to do by itself (ms since the epoch); `undefined`: never, unless something is said to it. */
export function dueAt(state: RequestState): number | undefined {
  const { approval } = state;
  if (approval === undefined) return undefined;
  const times = grantsOf(state).flatMap(([, progress]) => stepsOf(state, approval, progress).map(({ at }) => at));
  const judgement = judgementDueAt(state);
  return [...times, ...(judgement === undefined ? [] : [judgement])].reduce<number | undefined>(earlier, undefined);
}

/** When revocations that nobody could judge yet are taken up again; only once there is an approval to judge them by. */
export function judgementDueAt(state: RequestState): number | undefined {
  return state.approval === undefined || state.unjudged.length === 0 ? undefined : state.judgementDueAt;
}

/** The end: the whole duration from when the person could use it, and never after the latest end, which stands alone until then. */
export function endOf({ window }: Approval, { grantedAt }: Progress): number {
  const latestEnd = Date.parse(window.latestEnd);
  return grantedAt === undefined ? latestEnd : Math.min(grantedAt + minutesToMs(window.durationMinutes), latestEnd);
}

/** When the request may be forgotten (ms since the epoch): long after nothing can come of it; never while an end is unconfirmed. */
export function forgetAt(state: RequestState): number | undefined {
  if (!grantsOf(state).every(([, progress]) => isOver(progress))) return undefined;
  const latestEnd = state.approval === undefined ? 0 : Date.parse(state.approval.window.latestEnd);
  return Math.max(state.since, latestEnd) + remembranceMs;
}

function stepsBeforeOpening(state: RequestState, { window, acceptedAt }: Approval, { askedAt, eligible }: Progress): readonly Step[] {
  const giveUp: Step = { at: Date.parse(window.openBy), does: 'give-up' };
  // A revocation that nobody has judged yet may turn out to be entitled: until then nothing may open.
  if (state.unjudged.length > 0) return [giveUp];
  const notBefore = Date.parse(window.notBefore);
  const judgedLongAgo = notBefore - Date.parse(acceptedAt) > freshnessMs;
  if (judgedLongAgo && eligible !== true) return [giveUp, { at: askedAt === undefined ? notBefore : askedAt + repeatMs, does: 'ask' }];
  const { lastOpenedAt } = state;
  return [giveUp, { at: lastOpenedAt === undefined ? notBefore : Math.max(notBefore, lastOpenedAt + batchPauseMs), does: 'open' }];
}

function stepsUntilConfirmed({ ending }: Progress): readonly Step[] {
  if (ending === undefined) return [];
  const sayAgain: Step = { at: ending.saidAt + repeatMs, does: 'say-again' };
  return ending.overdue ? [sayAgain] : [sayAgain, { at: ending.endedAt + overdueAfterMs, does: 'call-overdue' }];
}

const earlier = (a: number | undefined, b: number): number => (a === undefined ? b : Math.min(a, b));
