import { createHash } from 'node:crypto';
import type { Command, JudgeReview, Lookup, ReviewClaims } from '../src/domain/commands.ts';
import type { KnownPerson, Principals } from '../src/domain/people.ts';
import { windowBounds } from '../src/domain/window.ts';
import { approvedBy, idOf, inApproval, request, requestId, start } from './scenario.ts';

const admins = { groupIds: [idOf('administrators')], userIds: [] };
/** The end of everything that can be had of a break glass of the scenario (ms). */
export const latestEnd = Date.parse(windowBounds(request(), start).latestEnd);

/** Dana breaks glass for targets with these names; it is granted at once. */
export function brokenGlass(targets: readonly string[] = ['ledger'], reviewers: Principals = admins, more: Parameters<typeof request>[1] = {}) {
  const asked = request(targets, { breakGlass: true, ...more });
  return inApproval(
    { type: 'begin', request: asked, plan: { kind: 'no-approval-needed' }, eligible: {}, review: { reviewers, withinMinutes: 1_440 } },
    approvedBy(asked),
  );
}

/** Nothing is left of the target with this name. */
export const over = (target: string): Command => ({ type: 'access-over', grantId: idOf(target) });

interface Said {
  readonly verdict?: ReviewClaims['verdict'];
  readonly at?: number;
  readonly arrivedAt?: number;
  readonly claims?: Partial<ReviewClaims>;
  readonly evidence?: undefined;
  readonly reviewer?: Lookup;
}

/** A review by somebody, with everything in order unless told otherwise. */
export function review(by: KnownPerson, said: Said = {}): JudgeReview {
  const { verdict = 'justified', at = start, arrivedAt = at, claims } = said;
  const seconds = Math.floor(at / 1_000);
  const submission = { requestId, reviewer: by.userName, verdict, signature: `e30.e30.${seconds}`, source: 'acme.channel', account: '111122223333' };
  const digest = createHash('sha256').update(JSON.stringify(submission)).digest('hex');
  const signed = { requestId, reviewer: by.userId, verdict, auth_time: seconds - 60, exp: seconds + 300, ...claims };
  return {
    type: 'judge-review',
    submission: { ...submission, digest, eventId: idOf(digest), occurredAt: new Date(at).toISOString() },
    arrivedAt,
    ...('evidence' in said ? {} : { evidence: { claims: signed, reviewer: said.reviewer ?? { person: by } } }),
  };
}
