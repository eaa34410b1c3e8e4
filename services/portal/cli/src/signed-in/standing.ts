import type { RequestDetail } from '../../../api/src/contract/index.ts';

/** One permission set in one account. */
export interface Place {
  readonly accountId: string;
  readonly permissionSetName: string;
}

/** What somebody has of a place, and what may come. */
export interface Standing {
  /** Of what is there, the one that lasts longest. */
  readonly had?: { readonly detail: RequestDetail; readonly minutesLeft: number } | undefined;
  /** What was asked for and is not there yet, to be had as soon as somebody says yes. */
  readonly coming?: RequestDetail | undefined;
}

/** What a person who wants access has to do. */
export type ToDo =
  | { readonly what: 'nothing'; readonly detail: RequestDetail; readonly left: number }
  | { readonly what: 'wait'; readonly requestId: string }
  | { readonly what: 'ask'; readonly minutes: number; readonly extends: string | undefined; readonly left: number };

const minuteMs = 60_000;

/**
 * What the requests of a person come to at a place. A request that was extended says the end of its extension; which of the two is extended
 * again is the last of them, since one request is extended by one other.
 *
 * @param now ISO 8601, by the portal's clock
 */
export function standingAt(details: readonly RequestDetail[], place: Place, now: string): Standing {
  const at = Date.parse(now);
  const extended = new Set(details.flatMap((detail) => (grantsAt(detail, place).some(({ status }) => status === 'active') ? (detail.extends ?? []) : [])));
  const had = details
    .filter(({ row }) => !extended.has(row.requestId))
    .flatMap((detail) => grantsAt(detail, place).flatMap(({ status, endsAt }) => (status === 'active' && endsAt !== undefined ? [{ detail, minutesLeft: Math.floor((Date.parse(endsAt) - at) / minuteMs) }] : [])))
    .toSorted((a, b) => b.minutesLeft - a.minutesLeft)[0];
  const coming = details
    .filter((detail) => isComing(detail, place) && (detail.row.startAt === undefined || Date.parse(detail.row.startAt) <= at))
    .toSorted((a, b) => Date.parse(b.row.askedAt) - Date.parse(a.row.askedAt))[0];
  return { had, coming };
}

const grantsAt = ({ grants }: RequestDetail, { accountId, permissionSetName }: Place) => grants.filter((grant) => grant.accountId === accountId && grant.permissionSetName === permissionSetName);

function isComing(detail: RequestDetail, place: Place): boolean {
  if (detail.row.status === 'pending') return true;
  return grantsAt(detail, place).some(({ status }) => status === 'scheduled' || status === 'activating');
}

/** What to do so that access is there and `remaining` minutes are left, at best `minutes`. */
export function whatToDo({ had, coming }: Standing, { minutes, remaining }: { readonly minutes: number; readonly remaining: number }): ToDo {
  if (had !== undefined && had.minutesLeft >= remaining) return { what: 'nothing', detail: had.detail, left: had.minutesLeft };
  if (coming !== undefined) return { what: 'wait', requestId: coming.row.requestId };
  const left = Math.max(had?.minutesLeft ?? 0, 0);
  // Break glass is extended by break glass alone, which nothing does by itself: a person says so, for this once.
  if (had === undefined || had.detail.row.breakGlass) return { what: 'ask', minutes, extends: undefined, left };
  return { what: 'ask', minutes: minutes - left, extends: had.detail.row.requestId, left };
}
