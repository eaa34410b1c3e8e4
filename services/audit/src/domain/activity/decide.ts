import type { Tally } from './call.ts';
import { askAgainAfterMs, dueAt, overAt, queryTakesMs, retryAfterMs, tryTakesMs, type Schedule } from './schedule.ts';
import type { ActivityState, Assignment, Ended, Opened, Why } from './state.ts';
import { useOf, type Use } from './use.ts';

/** Part of what is heard of a grant. */
export interface Learned {
  readonly requestId: string;
  readonly grantId: string;
  readonly assignment: Assignment;
  readonly opened?: Opened;
  readonly grantedAt?: string;
  readonly ended?: Ended;
}

export type Command =
  | { readonly type: 'learn'; readonly learned: Learned }
  /** Somebody begins to look, and nobody else is to meanwhile: a timer often comes twice. */
  | { readonly type: 'try'; readonly round: number }
  /** The source works on a query. */
  | { readonly type: 'wait'; readonly round: number; readonly queryId: string }
  /** A collection is done; `tally` counts everything that was ever found. */
  | { readonly type: 'collect'; readonly round: number; readonly tally: Tally; readonly whole: boolean; readonly why?: Why | undefined; readonly detailLocation: string }
  /** It failed; `tally` of what was found before. */
  | { readonly type: 'fail'; readonly round: number; readonly why: Why };

/** What SessionActivityCollected.v1 says. */
export interface SessionActivity extends Tally {
  readonly requestId: string;
  readonly grantId: string;
  readonly assignment: Assignment;
  readonly principal?: Opened['person'];
  readonly permissionSetName?: string;
  readonly from: string;
  readonly to: string;
  readonly removedAt?: string;
  readonly state: 'complete' | 'partial' | 'missing';
  readonly use: Use;
  readonly collection: number;
  readonly collections: number;
  readonly reason?: Why;
  readonly detailLocation?: string;
  readonly collectedAt: string;
}

export type ActivityEvent =
  | { readonly type: 'GrantLearned'; readonly data: { readonly learned: Learned; readonly again: boolean } }
  | { readonly type: 'TryBegun'; readonly data: { readonly until: number } }
  | { readonly type: 'QueryBegun'; readonly data: { readonly id: string; readonly since: number; readonly until: number } }
  | { readonly type: 'CollectionFailed'; readonly data: { readonly until: number } }
  | { readonly type: 'SessionActivityCollected.v1'; readonly data: SessionActivity };

/** What a command does to a grant. `collections` that are over are not made again, whatever a doubled timer says. */
export function decide(state: ActivityState | undefined, command: Command, now: number, schedule: Schedule): readonly ActivityEvent[] {
  if (command.type === 'learn') return learn(state, command.learned);
  if (state === undefined || command.round !== state.round) return [];
  switch (command.type) {
    case 'try':
      return (dueAt(state, schedule) ?? Number.POSITIVE_INFINITY) > now ? [] : [{ type: 'TryBegun', data: { until: now + tryTakesMs } }];
    case 'wait': {
      const since = state.query?.id === command.queryId ? state.query.since : now;
      if (now - since > queryTakesMs) return fail(state, { code: 'ERR_QUERY_SLOW', message: `a query was not done after ${queryTakesMs / 60_000} minutes` }, now, schedule);
      return [{ type: 'QueryBegun', data: { id: command.queryId, since, until: now + askAgainAfterMs(now - since) } }];
    }
    case 'collect': {
      const { tally, whole, why, detailLocation } = command;
      return [collected(state, { ...tally, state: whole ? 'complete' : 'partial' }, now, schedule, { ...(why === undefined ? {} : { reason: why }), detailLocation })];
    }
    case 'fail':
      return fail(state, command.why, now, schedule);
  }
}

/** What is new of what was heard. What was said first stands: facts do not change. */
function learn(state: ActivityState | undefined, learned: Learned): ActivityEvent[] {
  const known = state !== undefined && (['opened', 'grantedAt', 'ended'] as const).every((part) => learned[part] === undefined || state[part] !== undefined);
  if (known) return [];
  // Collected up to its latest end, and only now heard when it ended: once more from the beginning.
  const again = state !== undefined && state.round > 0 && learned.ended !== undefined;
  return [{ type: 'GrantLearned', data: { learned, again } }];
}

function fail(state: ActivityState, why: Why, now: number, schedule: Schedule): ActivityEvent[] {
  const wait = retryAfterMs(state.failures + 1);
  if (wait !== undefined) return [{ type: 'CollectionFailed', data: { until: now + wait } }];
  const { reads = 0, writes = 0, errors = 0, afterRemoval = 0, services = [] } = state.collected ?? {};
  return [collected(state, { reads, writes, errors, afterRemoval, services, state: 'missing' }, now, schedule, { reason: why })];
}

function collected(
  state: ActivityState,
  found: Tally & Pick<SessionActivity, 'state'>,
  now: number,
  { collectAfterMinutes }: Schedule,
  more: Pick<SessionActivity, 'reason' | 'detailLocation'>,
): ActivityEvent {
  const { requestId, grantId, assignment, opened, ended, grantedAt } = state;
  const to = new Date(overAt(state) ?? now).toISOString();
  return {
    type: 'SessionActivityCollected.v1',
    data: {
      requestId,
      grantId,
      assignment,
      ...(opened === undefined ? {} : { principal: opened.person, permissionSetName: opened.permissionSetName }),
      from: grantedAt ?? opened?.openedAt ?? to,
      to,
      ...(ended?.removedAt === undefined ? {} : { removedAt: ended.removedAt }),
      ...found,
      use: useOf(found),
      collection: state.round + 1,
      collections: collectAfterMinutes.length,
      ...more,
      collectedAt: new Date(now).toISOString(),
    },
  };
}
