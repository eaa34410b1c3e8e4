import type { Why, ActivityState } from './state.ts';
import type { Scope } from './session.ts';

const minuteMs = 60_000;

/** When and how often is collected. */
export interface Schedule {
  /** Minutes after the last credentials ended at which is collected: first when CloudTrail has usually delivered, then again for what came late. */
  readonly collectAfterMinutes: readonly number[];
}

/** CloudTrail delivers within about five minutes, which nobody promises: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html */
export const usualSchedule: Schedule = { collectAfterMinutes: [15, 360, 1_440] };

/** How long a try that failed is waited after (minutes); when all are used up the round is over and found nothing that could be read. */
const retryAfterMinutes = [1, 2, 4, 8, 15, 30];
/** A query that is not done by then never will be (ms): Athena ends one after 30 minutes by itself. */
export const queryTakesMs = 40 * minuteMs;

/** Grants of one request end together: each is collected up to five minutes later than it could be, always the same for the same one (ms). */
const spreadOf = (grantId: string): number => (Number.parseInt(grantId.slice(0, 4), 16) % 300) * 1_000;

/** Who looks is done by then, or was stopped: longer than the function may run (ms). */
export const tryTakesMs = 150_000;

/** How long to wait after this many failures (ms); undefined: no longer. */
export function retryAfterMs(failures: number): number | undefined {
  const minutes = retryAfterMinutes[failures - 1];
  return minutes === undefined ? undefined : minutes * minuteMs;
}

/** How long to wait for a query that was begun so long ago (ms): short ones are not waited for long. */
export const askAgainAfterMs = (runningMs: number): number => Math.min(5 * minuteMs, Math.max(15_000, runningMs));

/** From when on nothing of a grant can be used any more (ms); undefined where that is not known yet, or nothing ever could. */
export function overAt({ opened, ended, grantedAt }: ActivityState): number | undefined {
  const sessionMs = (opened?.sessionMinutes ?? 0) * minuteMs;
  if (ended?.how === 'never_created' && grantedAt === undefined) return undefined;
  if (ended !== undefined) {
    if (ended.credentialsUselessBy !== undefined) return Date.parse(ended.credentialsUselessBy);
    // The assignment stays for another grant, or for whoever made it by hand: what follows is not of this one.
    return ended.how === 'deleted' ? Date.parse(ended.removedAt ?? ended.endedAt) + sessionMs : Date.parse(ended.endedAt);
  }
  // Nobody says that it ended: by then it must have.
  return opened === undefined ? undefined : Date.parse(opened.latestEnd) + sessionMs;
}

/** When collecting is due (ms); undefined: there is nothing to collect, or no more. */
export function dueAt(state: ActivityState, { collectAfterMinutes }: Schedule): number | undefined {
  const over = overAt(state);
  const after = collectAfterMinutes[state.round];
  if (over === undefined || after === undefined) return undefined;
  return state.waitsUntil ?? over + after * minuteMs + spreadOf(state.grantId);
}

/** What is to be looked for, or why that cannot be said. */
export function scopeOf(state: ActivityState): Scope | Why {
  const { grantId, assignment, opened, grantedAt } = state;
  const [from, to] = [grantedAt ?? opened?.openedAt, overAt(state)];
  if (opened === undefined) return { code: 'ERR_SESSION_UNKNOWN', message: 'AccessWindowOpened.v1, which names person and permission set, was not heard' };
  if (from === undefined || to === undefined) return { code: 'ERR_WINDOW_UNKNOWN', message: 'it was not heard when access began or ended' };
  return { grantId, accountId: assignment.accountId, permissionSetName: opened.permissionSetName, userName: opened.person.userName, from, to: new Date(to).toISOString() };
}
