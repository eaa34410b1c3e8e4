import { dayMs, toTimestamp } from '../timing.ts';
import { follow, isAnswered } from './evolve.ts';
import { abandonedAfterMs, expectedOf, type Expected, type Watching } from './expectations.ts';
import type { Fact } from './facts.ts';
import type { Lifecycle, Seen, Stall } from './state.ts';
import { coveredUntil } from './terms.ts';

/** What can be said to a lifecycle: facts, in any order and any number of times, or that it may be time. */
export type Command = { readonly type: 'hear'; readonly facts: readonly Fact[] } | { readonly type: 'due' };

/** Contract `LifecycleStalled.v1`. */
export interface Stalled {
  readonly requestId: string;
  readonly grantId?: string;
  readonly missing: string[];
  readonly lastSeen: Seen;
  readonly boundSeconds: number;
  readonly stalledSince: string;
  readonly clearedAt?: string;
}

export type LifecycleEvent =
  | { readonly type: 'Followed'; readonly data: { readonly facts: readonly Fact[]; readonly now: number } }
  | { readonly type: 'StallNoted'; readonly data: { readonly name: string; readonly stall: Stall } }
  | { readonly type: 'StallCleared'; readonly data: { readonly name: string } }
  | { readonly type: 'StillStanding'; readonly data: { readonly until: string } }
  | { readonly type: 'Abandoned'; readonly data: { readonly requestId: string } }
  | { readonly type: 'LifecycleStalled.v1'; readonly data: Stalled };

/** So long after something new came (ms), what follows it may still be on its way through the queue: nothing is missed meanwhile. */
const settlingMs = 3 * 60_000;

/** What follows from `command` at `now` (ms): what is missing is said once, and once more when it came, or something in its place. */
export function decide(state: Lifecycle | undefined, command: Command, now: number, watching: Watching): readonly LifecycleEvent[] {
  const facts = command.type === 'hear' ? command.facts : [];
  const after = facts.reduce<Lifecycle | undefined>((lifecycle, fact) => follow(lifecycle, fact, now), state);
  if (after === undefined) return [];
  const followed: LifecycleEvent[] = after === state ? [] : [{ type: 'Followed', data: { facts, now } }];
  if (isGivenUp(after, now)) return [...followed, { type: 'Abandoned', data: { requestId: after.requestId } }];
  return [...followed, ...standing(after, now), ...cleared(after, now, watching), ...stalled(after, now, watching)];
}

export function evolve(state: Lifecycle | undefined, event: LifecycleEvent): Lifecycle {
  if (event.type === 'Followed') {
    const after = event.data.facts.reduce<Lifecycle | undefined>((lifecycle, fact) => follow(lifecycle, fact, event.data.now), state);
    if (after !== undefined) return after;
  }
  if (state === undefined) throw new RangeError(`${event.type} of a lifecycle of which nothing was heard`);
  switch (event.type) {
    case 'StallNoted':
      return { ...state, stalls: { ...state.stalls, [event.data.name]: event.data.stall } };
    case 'StallCleared':
      return { ...state, stalls: Object.fromEntries(Object.entries(state.stalls).filter(([name]) => name !== event.data.name)) };
    case 'StillStanding':
      return { ...state, standingUntil: event.data.until };
    case 'Abandoned':
      return { ...state, abandoned: true, stalls: {} };
    default:
      return state;
  }
}

/** When something will be missing that is not yet (ms since the epoch); never, where nothing is waited for. */
export function dueAt(state: Lifecycle, watching: Watching): number | undefined {
  const waiting = expectedOf(state, watching).flatMap((one) => (state.stalls[one.name] === undefined ? [missedAt(state, one)] : []));
  const abandoned = isAnswered(state) || state.wishedAt === undefined || state.abandoned === true ? [] : [state.wishedAt + abandonedAfterMs];
  const standing = standsUncovered(state);
  return [...waiting, ...abandoned, ...(standing === undefined ? [] : [standing])].reduce<number | undefined>((first, at) => (first === undefined ? at : Math.min(first, at)), undefined);
}

/** When a lifecycle may be forgotten (ms): never, but for a wish that came to nothing. */
export function forgetAt(state: Lifecycle): number | undefined {
  return isAnswered(state) || state.wishedAt === undefined ? undefined : state.wishedAt + 2 * abandonedAfterMs;
}

const missedAt = ({ heardAt }: Lifecycle, { by }: Expected): number => Math.max(by, heardAt + settlingMs);

function isGivenUp(state: Lifecycle, now: number): boolean {
  return state.abandoned !== true && !isAnswered(state) && state.wishedAt !== undefined && now >= state.wishedAt + abandonedAfterMs;
}

/** From when on (ms) access stands of which no list would know that it could be used; undefined where none does. */
function standsUncovered({ grants, standingUntil }: Lifecycle): number | undefined {
  const covered = Object.values(grants).flatMap((grant) => (grant.over === undefined ? [coveredUntil(grant, standingUntil)] : []));
  return covered.reduce<number | undefined>((first, until) => (until === undefined ? first : Math.min(first ?? until, until)), undefined);
}

/** Said once a day while access that should be over is there. */
function standing(state: Lifecycle, now: number): LifecycleEvent[] {
  const from = standsUncovered(state);
  return from === undefined || from > now ? [] : [{ type: 'StillStanding', data: { until: toTimestamp(now + dayMs) } }];
}

function stalled(state: Lifecycle, now: number, watching: Watching): LifecycleEvent[] {
  const { requestId, lastSeen } = state;
  return expectedOf(state, watching)
    .filter((one) => state.stalls[one.name] === undefined && missedAt(state, one) <= now)
    .flatMap(({ name, grantId, missing, boundSeconds, by }) => {
      const stall: Stall = { ...(grantId === undefined ? {} : { grantId }), missing, boundSeconds, since: toTimestamp(by), lastSeen };
      return [
        { type: 'StallNoted' as const, data: { name, stall } },
        { type: 'LifecycleStalled.v1' as const, data: said(requestId, stall, lastSeen) },
      ];
    });
}

function cleared(state: Lifecycle, now: number, watching: Watching): LifecycleEvent[] {
  const missing = new Set(expectedOf(state, watching).map(({ name }) => name));
  return Object.entries(state.stalls)
    .filter(([name]) => !missing.has(name))
    .flatMap(([name, stall]) => [
      { type: 'StallCleared' as const, data: { name } },
      { type: 'LifecycleStalled.v1' as const, data: { ...said(state.requestId, stall, state.lastSeen), clearedAt: toTimestamp(now) } },
    ]);
}

function said(requestId: string, { grantId, missing, boundSeconds, since }: Stall, lastSeen: Seen): Stalled {
  return { requestId, ...(grantId === undefined ? {} : { grantId }), missing: [...missing], lastSeen, boundSeconds, stalledSince: since };
}
