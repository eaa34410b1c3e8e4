import type { ExpiryEvent, Fact, Note } from './events.ts';
import { ended, expiryItself, openingDue, overdue, windowOpened, type ApprovedRequest } from './facts.ts';
import { grantsOf, type Ending, type Progress, type RequestState } from './state.ts';
import { endOf, judgementDueAt, stepsOf, type Step } from './steps.ts';

/**
 * Characters of evidence that leave in one commit: the item holds its outbox too, and DynamoDB takes 400 KB an item
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html). The other grants follow a moment later.
 */
const evidencePerCommit = 100_000;
/** What a window says beside its evidence, generously (characters). */
const besideEvidence = 2_000;

interface DueStep extends Step {
  readonly grantId: string;
  readonly progress: Progress;
}

/** Everything that is due at `now` (ms since the epoch); nothing before `dueAt(state)`, something from then on. */
export function whatTimeBrings(state: RequestState, now: number): readonly ExpiryEvent[] {
  const { approval } = state;
  if (approval === undefined) return [];
  const request = { ...state, approval };
  const due = grantsOf(state).flatMap(([grantId, progress]) => dueSteps(request, grantId, progress, now));
  const toAsk = due.filter(({ does }) => does === 'ask').map(({ grantId }) => grantId);
  return [
    ...due.flatMap((step) => factOf(request, step, now)),
    ...(toAsk.length === 0 ? [] : [openingDue(request, toAsk, now)]),
    ...openings(request, due, now),
    ...judgementDue(state, now),
  ];
}

function dueSteps(request: ApprovedRequest, grantId: string, progress: Progress, now: number): DueStep[] {
  const due = stepsOf(request, request.approval, progress).filter(({ at }) => at <= now);
  // What comes too late to be opened is not opened any more, nor asked about.
  const givenUp = due.filter(({ does }) => does === 'give-up');
  return (givenUp.length > 0 ? givenUp : due).map((step) => ({ ...step, grantId, progress }));
}

function factOf(request: ApprovedRequest, { does, grantId, progress, at }: DueStep, now: number): Fact[] {
  const { ending } = progress;
  switch (does) {
    case 'give-up':
      return [ended(request, grantId, { endedAt: now, cause: openingTooLate(request), repetition: 0 }, now)];
    case 'expire':
      return [ended(request, grantId, { endedAt: endOf(request.approval, progress), cause: { kind: 'time' }, repetition: 0 }, now)];
    case 'say-again':
      return ending === undefined ? [] : [ended(request, grantId, { ...ending, repetition: ending.repetition + 1 }, now)];
    case 'call-overdue':
      return ending === undefined ? [] : [overdue(request, grantId, ending.endedAt, at, now)];
    case 'ask':
    case 'open':
      return [];
  }
}

function openings(request: ApprovedRequest, due: readonly DueStep[], now: number): Fact[] {
  const { acceptance, decisions } = request.approval;
  const shared = acceptance.length + decisions.reduce((sum, decision) => sum + decision.length, 0) + besideEvidence;
  let left = evidencePerCommit;
  const fitting = due
    .filter(({ does }) => does === 'open')
    .filter(({ grantId }, i) => {
      left -= shared + (request.proofs[grantId]?.length ?? 0);
      return i === 0 || left >= 0;
    });
  return fitting.map(({ grantId }) => windowOpened(request, grantId, now));
}

function judgementDue(state: RequestState, now: number): Note[] {
  const at = judgementDueAt(state);
  return at === undefined || at > now ? [] : [{ type: 'JudgementDue', at: now, data: { requestId: state.requestId } }];
}

function openingTooLate({ approval }: ApprovedRequest): Ending['cause'] {
  const message = `the access was not opened before ${approval.window.openBy}, after which its approval no longer holds; ask again`;
  return { kind: 'revoked', by: expiryItself, reason: { code: 'ERR_OPENING_TOO_LATE', message }, opened: false };
}
