import type { ExpiryEvent, Fact, Note } from './events.ts';
import { ended, expiryItself, goesOn, openingDue, overdue, windowOpened } from './facts.ts';
import { grantsOf, partsOf, type ApprovedRequest } from './parts.ts';
import type { Ending, Progress, RequestState } from './state.ts';
import { endOf, judgementDueAt, stepsOf, type Step } from './steps.ts';

/**
 * Characters of evidence that leave in one commit: the item holds its outbox too, and DynamoDB takes 400 KB an item
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html). The other grants follow a moment later.
 */
const evidencePerCommit = 100_000;
/** What a window says beside its evidence, generously (characters). */
const besideEvidence = 2_000;

interface DueStep extends Step {
  readonly part: ApprovedRequest;
  readonly grantId: string;
  readonly progress: Progress;
}

/** Everything that is due at `now` (ms since the epoch); nothing before `dueAt(state)`, something from then on. */
export function whatTimeBrings(state: RequestState, now: number): readonly ExpiryEvent[] {
  const due = partsOf(state).flatMap((part) => grantsOf(part).flatMap(([grantId, progress]) => dueSteps(part, grantId, progress, now)));
  return [...due.flatMap((step) => factOf(step, now)), ...questions(due, now), ...openings(due, now), ...judgementDue(state, now)];
}

function dueSteps(part: ApprovedRequest, grantId: string, progress: Progress, now: number): DueStep[] {
  const due = stepsOf(part, grantId, progress).filter(({ at }) => at <= now);
  // What comes too late to be opened is not opened any more, nor asked about.
  const givenUp = due.filter(({ does }) => does === 'give-up' || does === 'give-up-extension').slice(0, 1);
  return (givenUp.length > 0 ? givenUp : due).map((step) => ({ ...step, part, grantId, progress }));
}

function factOf({ part, does, grantId, progress, at }: DueStep, now: number): Fact[] {
  const { ending } = progress;
  switch (does) {
    case 'give-up':
      return [ended(part, grantId, { endedAt: now, cause: openingTooLate(part), repetition: 0 }, now)];
    case 'give-up-extension':
      return [ended(part, grantId, { endedAt: now, cause: extendedIsOver(part), repetition: 0 }, now)];
    case 'expire':
      return [ended(part, grantId, { endedAt: endOf(part, grantId), cause: { kind: 'time' }, repetition: 0 }, now)];
    case 'say-again':
      return ending === undefined ? [] : [ended(part, grantId, { ...ending, repetition: ending.repetition + 1 }, now)];
    case 'call-overdue':
      return ending === undefined ? [] : [overdue(part, grantId, ending.endedAt, at, now)];
    case 'ask':
    case 'open':
      return [];
  }
}

/** One question for all grants of a request. */
function questions(due: readonly DueStep[], now: number): Fact[] {
  const byPart = Map.groupBy(due.filter(({ does }) => does === 'ask'), ({ part }) => part);
  return [...byPart].map(([part, steps]) => openingDue(part, steps.map(({ grantId }) => grantId), now));
}

function openings(due: readonly DueStep[], now: number): Fact[] {
  let left = evidencePerCommit;
  const fitting = due
    .filter(({ does }) => does === 'open')
    .filter(({ part: { approval, proofs }, grantId }, i) => {
      const shared = approval.acceptance.length + approval.decisions.reduce((sum, decision) => sum + decision.length, 0) + besideEvidence;
      left -= shared + (proofs[grantId]?.length ?? 0);
      return i === 0 || left >= 0;
    });
  return fitting.flatMap(({ part, grantId }) => [windowOpened(part, grantId, now), ...goesOn(part, grantId, now)]);
}

function judgementDue(state: RequestState, now: number): Note[] {
  const at = judgementDueAt(state);
  return at === undefined || at > now ? [] : [{ type: 'JudgementDue', at: now, data: { requestId: state.requestId } }];
}

function openingTooLate({ approval }: ApprovedRequest): Ending['cause'] {
  const message = `the access was not opened before ${approval.window.openBy}, after which its approval no longer holds; ask again`;
  return { kind: 'revoked', by: expiryItself, reason: { code: 'ERR_OPENING_TOO_LATE', message }, opened: false };
}

function extendedIsOver({ approval }: ApprovedRequest): Ending['cause'] {
  const message = `request ${approval.extends ?? '?'} had ended before it could be extended, and what has ended is not extended; make a new request`;
  return { kind: 'revoked', by: expiryItself, reason: { code: 'ERR_EXTENDS_ENDED', message }, opened: false };
}
