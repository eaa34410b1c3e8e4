import { evolve } from './evolve.ts';
import type { ExpiryEvent, Forerunners, OfGrant } from './events.ts';
import { accessScheduled, ended, expiryItself, isGrantOn } from './facts.ts';
import { grantsOf, partNamed, partsOf, type ApprovedRequest } from './parts.ts';
import { answerRevocation, isKnown, keepRevocation, refusal, type Verdict } from './revocation.ts';
import { progressOf, statusOf, type Approval, type Progress, type Reason, type RequestState, type Revocation } from './state.ts';
import { whatTimeBrings } from './what-time-brings.ts';

/**
 * What can be said to a request. Every order is taken; what was said before changes nothing. `item`: whose item it is said to, where that is
 * another request's, which this one prolongs.
 */
export type Command = Said & { readonly item?: string };

type Said =
  | { readonly type: 'approve'; readonly requestId: string; readonly approval: Approval; readonly proofs: Readonly<Record<string, string>> }
  /** The request extends another one, in whose item it lives. `latestEnd` in ms since the epoch. */
  | { readonly type: 'point'; readonly requestId: string; readonly to: string; readonly latestEnd: number }
  /** An extension is approved, of which `earlier` was heard before; said to the item in which it lives. */
  | {
      readonly type: 'extend';
      readonly requestId: string;
      readonly approval: Approval;
      readonly proofs: Readonly<Record<string, string>>;
      readonly earlier: Forerunners;
    }
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

type CommandOf<Type extends Command['type']> = Extract<Said, { readonly type: Type }>;

/** A request has at most so many grants. */
const mostGrants = 50;

/** What follows from `command` at `now` (ms since the epoch), and then whatever time has brought about meanwhile. */
export function decide(state: RequestState | undefined, command: Command, now: number): readonly ExpiryEvent[] {
  // Whatever concerns it is said to the item in which it lives.
  if (state?.partOf !== undefined) return [];
  // An item of which nothing is known can only remember what somebody wants ended.
  if (state === undefined && command.item !== undefined && command.type !== 'revoke') return [];
  const said = whatIsSaid(state, command, now);
  const after = said.reduce<RequestState | undefined>(evolve, state);
  return after === undefined ? said : [...said, ...whatTimeBrings(after, now)];
}

function whatIsSaid(state: RequestState | undefined, command: Command, now: number): readonly ExpiryEvent[] {
  switch (command.type) {
    case 'approve':
      return approve(state, command, now);
    case 'point':
      return point(state, command, now);
    case 'extend':
      return extend(state, command, now);
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
      return keepRevocation(state, command.item ?? command.requestId, ofRequest(command), now);
    case 'judge':
      return state === undefined ? [] : answerRevocation(state, command.revocationId, command.verdict, now);
    case 'refuse':
      return refuse(state, command, now);
    case 'due':
      return [];
  }
}

/** A revocation that names another request than the one whose item it is said to. */
const ofRequest = ({ item, requestId, revocation }: Command & { type: 'revoke' }): Revocation =>
  item === undefined || item === requestId ? revocation : { ...revocation, requestId };

/** The first approval stands. What provisioning and people said before it counts from here on. */
function approve(
  state: RequestState | undefined,
  { requestId, approval, proofs }: CommandOf<'approve'>,
  now: number,
): readonly ExpiryEvent[] {
  if (state?.approval !== undefined || (state !== undefined && state.requestId !== requestId)) return [];
  return scheduled(state, requestId, { type: 'ApprovalNoted', at: now, data: { requestId, approval, proofs } }, now);
}

/** Its own approval makes it no extension; nothing else is ever approved under its id. */
function point(state: RequestState | undefined, { requestId, to, latestEnd }: CommandOf<'point'>, now: number): readonly ExpiryEvent[] {
  return state?.approval === undefined ? [{ type: 'Pointed', at: now, data: { requestId, to, latestEnd } }] : [];
}

/** The first approval of an extension stands, too. What was said to the item that now points here counts from here on. */
function extend(
  state: RequestState | undefined,
  { requestId: extension, approval, proofs, earlier }: CommandOf<'extend'>,
  now: number,
): readonly ExpiryEvent[] {
  const { stretch } = approval;
  if (stretch === undefined || partNamed(state, extension) !== undefined) return [];
  const data = { requestId: stretch.requestId, extension, approval, proofs, ...earlier };
  return scheduled(state, extension, { type: 'ExtensionNoted', at: now, data }, now);
}

/** An approval that is noted, and of what waits for its start when that is. */
function scheduled(state: RequestState | undefined, requestId: string, noted: ExpiryEvent, now: number): readonly ExpiryEvent[] {
  const part = partNamed(evolve(state, noted), requestId);
  if (part === undefined || Date.parse(part.approval.window.notBefore) <= now) return [noted];
  const waiting = grantsOf(part).flatMap(([grantId, progress]) => (statusOf(progress) === 'scheduled' ? [grantId] : []));
  return waiting.length > 0 ? [noted, accessScheduled(part, waiting, now)] : [noted];
}

function noteGrant(state: RequestState | undefined, command: CommandOf<'grant'>, now: number): readonly ExpiryEvent[] {
  const { requestId, grantId, grantedAt } = command;
  const progress = progressIn(state, grantId);
  if (!canBeNoted(state, command) || progress.grantedAt !== undefined || progress.confirmed === true) return [];
  const noted: ExpiryEvent = { type: 'GrantNoted', at: now, data: { requestId, grantId, grantedAt } };
  const part = partNamed(state, requestId);
  if (part === undefined || statusOf(progress) !== 'failed') return [noted];
  const reason = {
    code: 'ERR_GRANT_WAS_GIVEN_UP',
    message: 'the access was given after it had been reported as failed; it is taken away again',
  };
  return [
    noted,
    ended(part, grantId, { endedAt: now, cause: { kind: 'revoked', by: expiryItself, reason, opened: true }, repetition: 0 }, now),
  ];
}

/** Only what was opened and is not known to be given can fail; everything else goes on to its end. */
function noteFailure(state: RequestState | undefined, command: CommandOf<'fail'>, now: number): readonly ExpiryEvent[] {
  const { requestId, grantId } = command;
  const part = partNamed(state, requestId);
  if (part === undefined || !isGrantOn(part, command) || statusOf(progressOf(part, grantId)) !== 'activating') return [];
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
  const part = partNamed(state, command.requestId);
  const grantIds = command.grantIds.filter((grantId) => waitsForEligibility(part, grantId) && progressIn(part, grantId).eligible !== true);
  return grantIds.length === 0 ? [] : [{ type: 'EligibilityNoted', at: now, data: { requestId: command.requestId, grantIds } }];
}

function lapse(state: RequestState | undefined, { requestId, grantIds, reason }: CommandOf<'lapse'>, now: number): readonly ExpiryEvent[] {
  const part = partNamed(state, requestId);
  if (part === undefined) return [];
  const cause = { kind: 'revoked', by: expiryItself, reason, opened: false } as const;
  return [...new Set(grantIds)]
    .filter((grantId) => waitsForEligibility(part, grantId))
    .map((grantId) => ended(part, grantId, { endedAt: now, cause, repetition: 0 }, now));
}

/** Until the approval is known, the approval service answers those whom nobody knows. */
function refuse(state: RequestState | undefined, command: CommandOf<'refuse'>, now: number): readonly ExpiryEvent[] {
  const { requestId, revocationId, reason, by } = command;
  return partNamed(state, requestId) === undefined || isKnown(state, revocationId) ? [] : refusal(requestId, revocationId, reason, by, now);
}

const progressIn = (state: RequestState | undefined, grantId: string): Progress => (state === undefined ? {} : progressOf(state, grantId));

/** A grant of this request on its own assignment or, while its grants are not known yet, one of as many as a request can have. */
function canBeNoted(state: RequestState | undefined, said: OfGrant & { readonly requestId: string }): boolean {
  const part = partNamed(state, said.requestId);
  if (part !== undefined) return isGrantOn(part, said);
  if (state !== undefined && state.requestId !== said.requestId) return false;
  const { grantId } = said;
  const ofExtensions = state === undefined ? [] : partsOf(state).flatMap(({ approval }) => Object.keys(approval.grants));
  const known = Object.keys(state?.progress ?? {}).filter((other) => !ofExtensions.includes(other));
  return known.includes(grantId) || known.length < mostGrants;
}

/** Asked about and not opened yet. Which of the questions is answered does not matter: all ask the same. */
function waitsForEligibility(part: ApprovedRequest | undefined, grantId: string): boolean {
  if (part?.approval.grants[grantId] === undefined) return false;
  const progress = progressOf(part, grantId);
  return statusOf(progress) === 'scheduled' && progress.askedAt !== undefined;
}
