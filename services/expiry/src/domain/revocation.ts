import type { ExpiryEvent } from './events.ts';
import { ended, revocationRefused } from './facts.ts';
import { knownRight } from './known-right.ts';
import { grantsOf, partOfRevocation, partsOf, targetOf, type ApprovedRequest } from './parts.ts';
import { statusOf, type Actor, type Progress, type Reason, type RequestState, type Revocation } from './state.ts';
import { endOf } from './steps.ts';

/** Whether somebody may end this access, judged by the approval and the directory as it is now. */
export type Verdict = { readonly entitled: true; readonly by: Actor } | { readonly entitled: false; readonly reason: Reason };

/** So many revocations of one request can wait for the directory, and as many that need no directory for the moment until they are judged. */
const unjudgedKept = 20;
/** What a fact's reason can hold (characters). */
const longestMessage = 500;

/**
 * Remembers a revocation until it is judged, whether or not the approval is known yet. Those that only the directory can judge, which
 * anybody can send, take no place from those that end access without it.
 */
export function keepRevocation(
  state: RequestState | undefined,
  item: string,
  revocation: Revocation,
  now: number,
): readonly ExpiryEvent[] {
  const { revocationId, by, requestId = item } = revocation;
  if (isKnown(state, revocationId)) return [];
  const isSure = (kept: Revocation): boolean => knownRight(kept, state && partOfRevocation(state, kept)?.approval) !== undefined;
  const alike = state?.unjudged.filter((kept) => isSure(kept) === isSure(revocation)) ?? [];
  if (alike.length >= unjudgedKept) {
    const message = `${unjudgedKept} revocations of this request already wait to be judged; send this one again when they are answered`;
    return refusal(requestId, revocationId, { code: 'ERR_REVOCATIONS_TOO_MANY', message }, by, now);
  }
  const bounded = revocation.reason === undefined ? revocation : { ...revocation, reason: shortened(revocation.reason) };
  return [{ type: 'RevocationKept', at: now, data: { requestId: item, revocation: bounded } }];
}

/**
 * Answers a revocation that was kept: ends what it is for, or says why not. One that was answered before changes nothing. What prolongs each
 * other ends together: of all grants of the stretch, those for the targets that it names, or all.
 */
export function answerRevocation(state: RequestState, revocationId: string, verdict: Verdict, now: number): readonly ExpiryEvent[] {
  const revocation = state.unjudged.find((kept) => kept.revocationId === revocationId);
  const request = revocation && partOfRevocation(state, revocation);
  if (revocation === undefined || request === undefined) return [];
  const { requestId, approval } = request;
  if (!verdict.entitled) return refusal(requestId, revocationId, verdict.reason, revocation.by, now);

  const wanted = revocation.grantIds ?? Object.keys(approval.grants);
  const unknown = wanted.filter((grantId) => approval.grants[grantId] === undefined);
  const message = revocation.reason?.trim() || 'ended early by somebody who may end it';
  const cause = { kind: 'revoked', by: verdict.by, reason: { code: 'ERR_ACCESS_REVOKED', message } } as const;
  const targets = new Set(wanted.map((grantId) => targetOf(request, grantId)));
  const ends = (part: ApprovedRequest, grantId: string): boolean => {
    if (part.requestId === requestId) return wanted.includes(grantId);
    return revocation.grantIds === undefined || targets.has(targetOf(part, grantId));
  };
  const revoked = partsOf(state).flatMap((part) =>
    grantsOf(part)
      .filter(([grantId, progress]) => ends(part, grantId) && canBeRevoked(part, grantId, progress, now))
      .map(([grantId, progress]) =>
        ended(part, grantId, { endedAt: now, cause: { ...cause, opened: statusOf(progress) !== 'scheduled' }, repetition: 0 }, now),
      ),
  );
  return [
    ...revoked,
    ...(unknown.length === 0
      ? [answered(requestId, revocationId, now)]
      : refusal(requestId, revocationId, notOfThis(unknown), revocation.by, now)),
  ];
}

/** Refuses a revocation for good, once. */
export function refusal(
  requestId: string,
  revocationId: string,
  reason: Reason,
  by: string | undefined,
  now: number,
): readonly ExpiryEvent[] {
  return [revocationRefused(requestId, reason, by, now), answered(requestId, revocationId, now)];
}

/** Whether this revocation was kept or answered before. */
export function isKnown(state: RequestState | undefined, revocationId: string): boolean {
  return (
    state !== undefined && (state.answered.includes(revocationId) || state.unjudged.some((kept) => kept.revocationId === revocationId))
  );
}

const answered = (requestId: string, revocationId: string, at: number): ExpiryEvent => ({
  type: 'RevocationAnswered',
  at,
  data: { requestId, revocationId },
});

/** What has run out already ends because of that, and its lateness counts from then. */
function canBeRevoked(part: ApprovedRequest, grantId: string, progress: Progress, now: number): boolean {
  const status = statusOf(progress);
  return status === 'scheduled' || ((status === 'activating' || status === 'active') && endOf(part, grantId) > now);
}

function notOfThis(grantIds: readonly string[]): Reason {
  const message = shortened(`not grants of this request: ${grantIds.join(', ')}`);
  return { code: 'ERR_GRANT_UNKNOWN', message };
}

/** At most what a reason holds; half a character at the cut is replaced. */
export const shortened = (text: string): string => text.slice(0, longestMessage).toWellFormed();
