import { distinct, tally, worthKeeping } from '../../domain/activity/call.ts';
import { dueAt, scopeOf, type Schedule } from '../../domain/activity/schedule.ts';
import type { ActivityState, Why } from '../../domain/activity/state.ts';
import type { ActivityDetails, ActivitySource, Clock, GrantActivities, Log, SourceAnswer } from '../ports.ts';

/** What collecting takes. */
export interface Collecting {
  readonly grants: GrantActivities;
  readonly source: ActivitySource;
  readonly details: ActivityDetails;
  readonly schedule: Schedule;
  readonly clock: Clock;
  readonly log: Log;
  /** Why a call failed, in a code that never changes and words for people. */
  readonly explain: (error: unknown) => Why;
}

/** So many lines of detail are kept of a grant; all are counted. */
export const mostDetails = 2_000;
/** So many of them are left to later collections. */
const leftToLater = 200;

/**
 * Collects what was done under a grant, where that is due. Whatever the source rejects with is noted on the grant, which is tried again
 * later; it is lost neither by a crash, after which the timer comes once more, nor by a source that stays silent.
 */
export function collectActivity(collecting: Collecting): (key: string) => Promise<void> {
  const { grants, source, schedule, clock, log, explain } = collecting;
  return async (key) => {
    const found = await grants.load(key);
    const due = found === undefined ? undefined : dueAt(found, schedule);
    if (found === undefined || due === undefined || due > clock()) return;
    const { round } = found;
    const { state, events } = await grants.execute(key, { type: 'try', round });
    if (state === undefined || events.length === 0) return;
    const scope = scopeOf(state);
    if ('code' in scope) return void (await grants.execute(key, { type: 'fail', round, why: scope }));
    let answer: SourceAnswer;
    try {
      answer = state.query === undefined ? await source.begin(scope, `${state.grantId}-${round}-${state.failures}`) : await source.resume(state.query.id, scope);
    } catch (error) {
      const why = explain(error);
      log.warn('session activity could not be read', { key, round, failures: state.failures + 1, ...why, error });
      return void (await grants.execute(key, { type: 'fail', round, why }));
    }
    if (answer.kind === 'running') await grants.execute(key, { type: 'wait', round, queryId: answer.query });
    else await take(collecting, key, state, answer);
  };
}

/** Details first: where this stops in between, the same is found and written once more, to the same keys. */
async function take({ grants, details }: Collecting, key: string, state: ActivityState, { calls, whole, why }: Extract<SourceAnswer, { kind: 'found' }>): Promise<void> {
  const { grantId, round, ended } = state;
  const kept = round === 0 && calls.length === 0 ? [] : await details.of(grantId);
  const known = new Set(kept.map(({ eventId }) => eventId));
  // What was found before stays found, even where the source has forgotten it since.
  const all = distinct([...kept, ...calls]);
  const fresh = all.filter(({ eventId }) => !known.has(eventId));
  const room = mostDetails - kept.length - (round === 0 ? leftToLater : 0);
  await details.add(grantId, worthKeeping(fresh, ended?.removedAt, room), round + 1);
  const found = tally(all, ended?.removedAt);
  await grants.execute(key, { type: 'collect', round, tally: found, whole, why, detailLocation: details.locationOf(grantId) });
}
