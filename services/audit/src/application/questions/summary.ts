import type { GrantSummary, Reason, RequestSummary } from '@team/contracts';
import { grantStatusOf, type Actor, type Grant, type Lifecycle, type Person } from '../../domain/lifecycle/state.ts';
import { secondsToApproval, useOf } from '../../domain/lifecycle/terms.ts';
import { lifecycleStatus } from '../lifecycle-status.ts';

/** A lifecycle as questions are answered with it; with `only`, those grants alone. */
export function summaryOf(lifecycle: Lifecycle, only?: readonly string[]): RequestSummary {
  const { requestId, asked, rejected, approved, decisions, grants, review, stalls } = lifecycle;
  const requester = asked?.requester ?? (rejected?.requester === undefined ? undefined : { userName: rejected.requester });
  const { at: askedAt = rejected?.at, askedBy, emitter, startAt, durationMinutes, justification, ticket, breakGlass = false, extends: extended } = asked ?? {};
  const approvedInSeconds = secondsToApproval(lifecycle);
  const said = { askedAt, requester: somebody(requester), askedBy: somebody(askedBy), emitter, startAt, durationMinutes, justification, ticket, extends: extended, approvedAt: approved?.at, approvedInSeconds };
  return {
    requestId,
    status: lifecycleStatus(lifecycle),
    ...defined(said),
    breakGlass,
    reasons: reasonsOf(lifecycle),
    decisions: Object.values(decisions)
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ decider, onBehalfOf, verdict, comment, at }) => ({ decider, verdict, decidedAt: at, ...defined({ onBehalfOf, comment }) })),
    grants: Object.entries(grants).flatMap(([grantId, grant]) => (only === undefined || only.includes(grantId) ? [grantOf(grantId, grant)] : [])),
    ...(review === undefined ? {} : { review: defined({ reviewBy: review.reviewBy, reviewedAt: review.reviewed?.at, reviewer: review.reviewed?.reviewer, verdict: review.reviewed?.verdict }) }),
    stalled: Object.values(stalls).map(({ grantId, missing, since, lastSeen }) => ({ missing, since, lastSeen: lastSeen.detailType, ...defined({ grantId }) })),
  };
}

function grantOf(grantId: string, grant: Grant): GrantSummary {
  const { target, grantedAt, endsAt, ended, over, failed, activity } = grant;
  const { accountId = grant.assignment?.accountId, accountName, permissionSetArn = grant.assignment?.permissionSetArn, permissionSetName } = target ?? {};
  return {
    grantId,
    status: grantStatusOf(grant),
    ...defined({
      ...{ accountId, accountName, permissionSetArn, permissionSetName, grantedAt, endsAt },
      ...{ endedAt: ended?.at ?? over?.at, endedBy: ended?.by === undefined ? undefined : actor(ended.by), removedAt: over?.removedAt, credentialsUselessBy: over?.credentialsUselessBy },
      ...{ failure: failed?.reason, activity: activity === undefined ? undefined : { ...activity }, use: useOf(grant) },
    }),
  };
}

function reasonsOf({ asked, rejected, denied, cancelled, approvalExpiredAt }: Lifecycle): Reason[] {
  if (rejected !== undefined && asked === undefined) return [...rejected.reasons];
  if (denied !== undefined) return [denied.reason];
  if (cancelled !== undefined) return [{ code: 'ERR_CANCELLED', message: cancelled.reason === undefined || cancelled.reason === '' ? 'it was taken back' : cancelled.reason.slice(0, 500) }];
  return approvalExpiredAt === undefined ? [] : [{ code: 'ERR_APPROVAL_EXPIRED', message: 'nobody decided in time' }];
}

const somebody = (person: Person | undefined) => (person === undefined ? undefined : defined(person));
const actor = (by: Actor) => ({ kind: by.kind, name: by.kind === 'person' ? by.userName : by.name });

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Without the members that have no value. */
function defined<T extends object>(value: T): Defined<T> & { [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name] } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as ReturnType<typeof defined<T>>;
}
