import { uuidFrom } from '@team/testing';
import { decide, dueAt, evolve, type LifecycleEvent, type Stalled } from '../src/domain/lifecycle/decide.ts';
import type { Watching } from '../src/domain/lifecycle/expectations.ts';
import type { Fact, Said } from '../src/domain/lifecycle/facts.ts';
import type { Lifecycle, Target } from '../src/domain/lifecycle/state.ts';

export const requestId = uuidFrom('a request that is followed');
export const grantId = uuidFrom('its grant');
export const start = Date.parse('2026-03-02T09:00:00.000Z');
export const minute = 60_000;
export const at = (minutes: number): string => new Date(start + minutes * minute).toISOString();

export const wren = { userId: '93672a4c-0001-7001-8001-000000000001', userName: 'Wren.Kowalski@acme.example' };
export const emeka = { userId: '93672a4c-0002-7002-8002-000000000002', userName: 'emeka.eriksen@acme.example' };
export const target: Target = { accountId: '836423630756', accountName: 'payments-prod', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', permissionSetName: 'ReadOnlyAccess', sessionDurationMinutes: 60 };
export const assignment = { principalId: wren.userId, accountId: target.accountId, permissionSetArn: target.permissionSetArn };
const grants = [{ grantId, target }];
const ofGrant = { grantId, assignment };

/** An event of the life, so many minutes after it begins. */
export const fact = (minutes: number, said: Said, detailType = `${said.type}.v1`): Fact => ({ requestId, seen: { detailType, eventId: uuidFrom(`${detailType} ${minutes}`), at: at(minutes) }, said });

export const asked = { at: at(0), requester: wren, emitter: 'deploy-pipeline', durationMinutes: 60, breakGlass: false, approvalRequired: true, ticket: { id: 'OPS-1207' } };
const window = { notBefore: at(2), openBy: at(120), durationMinutes: 60, latestEnd: at(200) };
export const wished = fact(0, { type: 'wished' }, 'AccessRequested.v1');
export const accepted = fact(0, { type: 'accepted', asked, grants }, 'AccessRequestAccepted.v1');
export const approvalRequested = fact(0, { type: 'approval-requested', deadlineAt: at(180), grants }, 'ApprovalRequested.v1');
export const decided = fact(2, { type: 'decided', decisionId: uuidFrom('a decision'), decider: emeka, verdict: 'approve', at: at(2) }, 'ApprovalRecorded.v1');
export const approved = fact(2, { type: 'approved', at: at(2), asked: { at: at(0), requester: wren, durationMinutes: 60, breakGlass: false }, window, byPolicy: false, grants }, 'AccessApproved.v1');
export const opened = fact(2, { type: 'opened', grantId, target, at: at(2) }, 'AccessWindowOpened.v1');
export const granted = fact(3, { type: 'granted', ...ofGrant, at: at(3), how: 'created', endsAt: at(63) }, 'AccessGranted.v1');
export const expired = fact(63, { type: 'ended', ...ofGrant, at: at(63) }, 'AccessExpired.v1');
export const over = fact(64, { type: 'over', ...ofGrant, at: at(64), how: 'deleted', removedAt: at(64), credentialsUselessBy: at(124) }, 'AccessEnded.v1');
export const used = (reads: number, writes: number, minutes = 200): Fact =>
  fact(minutes, { type: 'used', ...ofGrant, activity: { reads, writes, errors: 0, afterRemoval: 0, services: [], state: 'complete', collectedAt: at(minutes) } }, 'SessionActivityCollected.v1');

/** A life as it should be, from the wish to what was done with it. */
export const wholeLife: readonly Fact[] = [wished, accepted, approvalRequested, decided, approved, opened, granted, expired, over, used(3, 0)];

/** Whoever watches: the lifecycle, and what was said of it. */
export function watcher(watching: Watching = { collectsActivity: true }) {
  let state: Lifecycle | undefined;
  const said: Stalled[] = [];
  const take = (events: readonly LifecycleEvent[]): void => {
    for (const event of events) {
      state = evolve(state, event);
      if (event.type === 'LifecycleStalled.v1') said.push(event.data);
    }
  };
  return {
    said,
    state: () => state,
    due: () => (state === undefined ? undefined : dueAt(state, watching)),
    hear: (now: number, ...facts: readonly Fact[]) => take(decide(state, { type: 'hear', facts }, now, watching)),
    /** Time passes until nothing is due before `until` (ms); says when each was. */
    pass(until: number): void {
      for (let rounds = 0; rounds < 1_000; rounds += 1) {
        const next = state === undefined ? undefined : dueAt(state, watching);
        if (next === undefined || next > until) return;
        take(decide(state, { type: 'due' }, next, watching));
      }
      throw new Error('time stands still: what is due is not done');
    },
  };
}
