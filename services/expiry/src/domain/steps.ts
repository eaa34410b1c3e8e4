import { extendedGrant, grantsOf, partOfRevocation, partsOf, type ApprovedRequest } from './parts.ts';
import { isOver, progressOf, statusOf, type Progress, type RequestState } from './state.ts';
import { batchPauseMs, freshnessMs, minutesToMs, overdueAfterMs, remembranceMs, repeatMs } from './timing.ts';

/** Something that time brings about, and from when on (ms since the epoch). */
export interface Step {
  readonly at: number;
  readonly does: 'give-up' | 'give-up-extension' | 'ask' | 'open' | 'expire' | 'say-again' | 'call-overdue';
}

/** What time brings about next for one grant; nothing, once it is over. */
export function stepsOf(part: ApprovedRequest, grantId: string, progress: Progress): readonly Step[] {
  switch (statusOf(progress)) {
    case 'scheduled':
      return stepsBeforeOpening(part, grantId, progress);
    case 'activating':
    case 'active':
      return [{ at: endOf(part, grantId), does: 'expire' }];
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
  const times = partsOf(state).flatMap((part) =>
    grantsOf(part).flatMap(([grantId, progress]) => stepsOf(part, grantId, progress).map(({ at }) => at)),
  );
  const judgement = judgementDueAt(state);
  return [...times, ...(judgement === undefined ? [] : [judgement])].reduce<number | undefined>(earlier, undefined);
}

/** When revocations that nobody could judge yet are taken up again; only once there is an approval to judge them by. */
export function judgementDueAt(state: RequestState): number | undefined {
  return state.unjudged.some((revocation) => partOfRevocation(state, revocation) !== undefined) ? state.judgementDueAt : undefined;
}

/**
 * The end: the whole duration from when the person could use it or, of an extension, from the end of what it extends; and never after the
 * latest end, which stands alone until that is known.
 */
export function endOf(part: ApprovedRequest, grantId: string): number {
  const { window } = part.approval;
  const latestEnd = Date.parse(window.latestEnd);
  const from = lastsFrom(part, grantId);
  return from === undefined ? latestEnd : Math.min(from + minutesToMs(window.durationMinutes), latestEnd);
}

function lastsFrom(part: ApprovedRequest, grantId: string): number | undefined {
  if (part.approval.extends === undefined) return progressOf(part, grantId).grantedAt;
  const extended = extendedGrant(part, grantId);
  return typeof extended === 'string' ? undefined : endOf(extended.part, extended.grantId);
}

/** When the request may be forgotten (ms since the epoch): long after nothing can come of it; never while an end is unconfirmed. */
export function forgetAt(state: RequestState): number | undefined {
  const parts = partsOf(state);
  if (!parts.every((part) => grantsOf(part).every(([, progress]) => isOver(progress)))) return undefined;
  const latestEnds = parts.map(({ approval }) => Date.parse(approval.window.latestEnd));
  return Math.max(state.since, state.partOf?.latestEnd ?? 0, ...latestEnds) + remembranceMs;
}

function stepsBeforeOpening(part: ApprovedRequest, grantId: string, { askedAt, eligible }: Progress): readonly Step[] {
  const { window, acceptedAt, approvedAt, extends: extended } = part.approval;
  const giveUp: Step = { at: Date.parse(window.openBy), does: 'give-up' };
  const before = extended === undefined ? [] : stepsOfExtended(part, grantId, Date.parse(approvedAt));
  if (before === 'waits') return [giveUp];
  const endings = [...before, giveUp];
  // A revocation that nobody has judged yet may turn out to be entitled: until then nothing may open.
  if (part.unjudged.length > 0) return endings;
  const notBefore = Date.parse(window.notBefore);
  const judgedLongAgo = notBefore - Date.parse(acceptedAt) > freshnessMs;
  if (judgedLongAgo && eligible !== true) return [...endings, { at: askedAt === undefined ? notBefore : askedAt + repeatMs, does: 'ask' }];
  const { lastOpenedAt } = part;
  return [...endings, { at: lastOpenedAt === undefined ? notBefore : Math.max(notBefore, lastOpenedAt + batchPauseMs), does: 'open' }];
}

/** An extension opens while what it extends is there: it waits until then, and is given up when that has ended. */
function stepsOfExtended(part: ApprovedRequest, grantId: string, approvedAt: number): readonly Step[] | 'waits' {
  const extended = extendedGrant(part, grantId);
  if (extended === 'unheard') return 'waits';
  if (extended === 'none') return [{ at: approvedAt, does: 'give-up-extension' }];
  switch (extended.status) {
    case 'scheduled':
    case 'activating':
      return 'waits';
    case 'active':
      return [{ at: endOf(extended.part, extended.grantId), does: 'give-up-extension' }];
    default:
      return [{ at: approvedAt, does: 'give-up-extension' }];
  }
}

function stepsUntilConfirmed({ ending }: Progress): readonly Step[] {
  if (ending === undefined) return [];
  const sayAgain: Step = { at: ending.saidAt + repeatMs, does: 'say-again' };
  return ending.overdue ? [sayAgain] : [sayAgain, { at: ending.endedAt + overdueAfterMs, does: 'call-overdue' }];
}

const earlier = (a: number | undefined, b: number): number => (a === undefined ? b : Math.min(a, b));
