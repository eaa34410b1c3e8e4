import { evolve } from './evolve.ts';
import type { ExpiryEvent, OfGrant } from './events.ts';
import { accessScheduled, ended, expiryItself, isApproved, isGrantOn } from './facts.ts';
import { answerRevocation, isKnown, keepRevocation, refusal, type Verdict } from './revocation.ts';
import { grantsOf, progressOf, statusOf, type Approval, type Progress, type Reason, type RequestState, type Revocation } from './state.ts';
import { whatTimeBrings } from './what-time-brings.ts';

/** What can be said to a request. Every order is taken; what was said before changes nothing. */
export type Command =
  | { readonly type: 'approve'; readonly requestId: string; readonly approval: Approval; readonly proofs: Readonly<Record<string, string>> }
  | (OfGrant & { readonly type: 'grant'; readonly requestId: string; readonly grantedAt: string })
  | (OfGrant & { readonly type: 'fail'; readonly requestId: string })
  | (OfGrant & { readonly type: 'confirm-end'; readonly requestId: string })
  | { readonly type: 'confirm-eligibility'; readonly requestId: string; readonly grantIds: readonly string[] }
  | { readonly type: 'lapse'; readonly requestId: string; readonly grantIds: readonly string[]; readonly reason: Reason }
  | { readonly type: 'revoke'; readonly requestId: string; readonly revocation: Revocation }
  | { readonly type: 'judge'; readonly requestId: string; readonly revocationId: string; readonly verdict: Verdict }
  | {
      readonly type: 'refuse';
      readonly requestId: string;
      readonly revocationId: string;
      readonly by: string | undefined;
      readonly reason: Reason;
    }
  | { readonly type: 'due' };

type CommandOf<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;

/** A request has at most so many grants. */
const mostGrants = 50;

/** What follows from `command` at `now` (ms since the epoch), and then whatever time has brought about meanwhile. */
export function decide(state: RequestState | undefined, command: Command, now: number): readonly ExpiryEvent[] {
  const said = whatIsSaid(state, command, now);
  const after = said.reduce<RequestState | undefined>(evolve, state);
  return after === undefined ? said : [...said, ...whatTimeBrings(after, now)];
}

function whatIsSaid(state: RequestState | undefined, command: Command, now: number): readonly ExpiryEvent[] {
  switch (command.type) {
    case 'approve':
      return approve(state, command, now);
    case 'grant':
      return noteGrant(state, command, now);
    case 'fail':
      return noteFailure(state, command, now);
    case 'confirm-end':
      return confirmEnd(state, command, now);
    case 'confirm-eligibility':
      return confirmEligibility(state, command, now);
    case 'lapse':
      return lapse(state, command, now);
    case 'revoke':
      return keepRevocation(state, command.requestId, command.revocation, now);
    case 'judge':
      return isApproved(state) ? answerRevocation(state, command.revocationId, command.verdict, now) : [];
    case 'refuse':
      return refuse(state, command, now);
    case 'due':
      return [];
  }
}

/** The first approval stands. What provisioning and people said before it counts from here on. */
function approve(
  state: RequestState | undefined,
  { requestId, approval, proofs }: CommandOf<'approve'>,
  now: number,
): readonly ExpiryEvent[] {
  if (isApproved(state)) return [];
  const noted: ExpiryEvent = { type: 'ApprovalNoted', at: now, data: { requestId, approval, proofs } };
  const request = { ...evolve(state, noted), approval };
  const waiting = grantsOf(request).flatMap(([grantId, progress]) => (statusOf(progress) === 'scheduled' ? [grantId] : []));
  const starts = Date.parse(approval.window.notBefore);
  return starts > now && waiting.length > 0 ? [noted, accessScheduled(request, waiting, now)] : [noted];
}

function noteGrant(state: RequestState | undefined, command: CommandOf<'grant'>, now: number): readonly ExpiryEvent[] {
  const { requestId, grantId, grantedAt } = command;
  const progress = progressIn(state, grantId);
  if (!canBeNoted(state, command) || progress.grantedAt !== undefined || progress.confirmed === true) return [];
  const noted: ExpiryEvent = { type: 'GrantNoted', at: now, data: { requestId, grantId, grantedAt } };
  if (!isApproved(state) || statusOf(progress) !== 'failed') return [noted];
  const reason = {
    code: 'ERR_GRANT_WAS_GIVEN_UP',
    message: 'the access was given after it had been reported as failed; it is taken away again',
  };
  return [
    noted,
    ended(state, grantId, { endedAt: now, cause: { kind: 'revoked', by: expiryItself, reason, opened: true }, repetition: 0 }, now),
  ];
}

/** Only what was opened and is not known to be given can fail; everything else goes on to its end. */
function noteFailure(state: RequestState | undefined, command: CommandOf<'fail'>, now: number): readonly ExpiryEvent[] {
  const { requestId, grantId } = command;
  if (!isApproved(state) || !isGrantOn(state, command) || statusOf(progressOf(state, grantId)) !== 'activating') return [];
  return [{ type: 'FailureNoted', at: now, data: { requestId, grantId } }];
}

function confirmEnd(state: RequestState | undefined, command: CommandOf<'confirm-end'>, now: number): readonly ExpiryEvent[] {
  const { requestId, grantId } = command;
  if (!canBeNoted(state, command) || progressIn(state, grantId).confirmed === true) return [];
  return [{ type: 'EndConfirmed', at: now, data: { requestId, grantId } }];
}

function confirmEligibility(
  state: RequestState | undefined,
  command: CommandOf<'confirm-eligibility'>,
  now: number,
): readonly ExpiryEvent[] {
  const grantIds = command.grantIds.filter(
    (grantId) => waitsForEligibility(state, grantId) && progressIn(state, grantId).eligible !== true,
  );
  return grantIds.length === 0 ? [] : [{ type: 'EligibilityNoted', at: now, data: { requestId: command.requestId, grantIds } }];
}

function lapse(state: RequestState | undefined, { grantIds, reason }: CommandOf<'lapse'>, now: number): readonly ExpiryEvent[] {
  if (!isApproved(state)) return [];
  const cause = { kind: 'revoked', by: expiryItself, reason, opened: false } as const;
  return [...new Set(grantIds)]
    .filter((grantId) => waitsForEligibility(state, grantId))
    .map((grantId) => ended(state, grantId, { endedAt: now, cause, repetition: 0 }, now));
}

/** Until the approval is known, the approval service answers those whom nobody knows. */
function refuse(state: RequestState | undefined, command: CommandOf<'refuse'>, now: number): readonly ExpiryEvent[] {
  const { requestId, revocationId, reason, by } = command;
  return !isApproved(state) || isKnown(state, revocationId) ? [] : refusal(requestId, revocationId, reason, by, now);
}

const progressIn = (state: RequestState | undefined, grantId: string): Progress => (state === undefined ? {} : progressOf(state, grantId));

/** A grant of this request on its own assignment or, while its grants are not known yet, one of as many as a request can have. */
function canBeNoted(state: RequestState | undefined, said: OfGrant): boolean {
  if (isApproved(state)) return isGrantOn(state, said);
  const { grantId } = said;
  const known = Object.keys(state?.progress ?? {});
  return known.includes(grantId) || known.length < mostGrants;
}

/** Asked about and not opened yet. Which of the questions is answered does not matter: all ask the same. */
function waitsForEligibility(state: RequestState | undefined, grantId: string): boolean {
  if (!isApproved(state) || state.approval.grants[grantId] === undefined) return false;
  const progress = progressOf(state, grantId);
  return statusOf(progress) === 'scheduled' && progress.askedAt !== undefined;
}
