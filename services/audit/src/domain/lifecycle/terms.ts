import { dayMs, toTimestamp } from '../timing.ts';
import { reachOf, type Grant, type Lifecycle, type Person } from './state.ts';

/** Approvals within so many seconds are found without looking at others. */
export const quickSeconds = [10, 60, 600, 3_600] as const;
/** Who could reach an account at a moment is looked for among those who could in its quarter of a day (ms): few enough to ask each. */
const slotMs = dayMs / 4;
/** Grants last 30 days at most; what could not be removed for longer than this is found by other terms only. */
const mostDays = 400;

/** How a lifecycle is found: what is asked for, and where in its order it stands. */
export interface Term {
  readonly term: string;
  readonly at: string;
}

/** What can be looked up. Ids and names of people and permission sets alike, since names of what is gone cannot be looked up any more. */
export const termOf = {
  all: () => 'all',
  person: (person: string) => `person#${person.toLowerCase()}`,
  approver: (person: string) => `approver#${person.toLowerCase()}`,
  account: (accountId: string) => `account#${accountId}`,
  permissionSet: (nameOrArn: string) => `permission-set#${nameOrArn.toLowerCase()}`,
  ticket: (id: string) => `ticket#${id.toLowerCase()}`,
  emitter: (name: string) => `emitter#${name}`,
  breakGlass: () => 'break-glass',
  quick: (seconds: number) => `quick#${seconds}`,
  unused: () => 'unused',
  onlyReads: () => 'only-reads',
  /** Somebody could reach an account in the six hours around a moment (ms). */
  reach: (accountId: string, at: number) => `reach#${accountId}#${toTimestamp(Math.floor(at / slotMs) * slotMs).slice(0, 13)}`,
  /** Somebody held something in a month. */
  held: (person: string, month: string) => `held#${person.toLowerCase()}#${month}`,
} as const;

/** When a request was asked, as all lists are sorted: `<ISO 8601 UTC>#<requestId>`; undefined while nobody has said when. */
export function askedKeyOf({ requestId, asked, rejected }: Lifecycle): string | undefined {
  const at = asked?.at ?? rejected?.at;
  return at === undefined ? undefined : `${toTimestamp(Date.parse(at))}#${requestId}`;
}

/**
 * Everything under which a lifecycle is found. It only grows: what once held may not hold any more, and whoever reads a term asks the
 * lifecycle whether it does.
 */
export function termsOf(lifecycle: Lifecycle): readonly Term[] {
  const at = askedKeyOf(lifecycle);
  if (at === undefined) return [];
  const { asked, rejected, approved, decisions, grants } = lifecycle;
  const all = Object.values(grants);
  const people = asked === undefined ? [{ userName: rejected?.requester ?? '' }] : [asked.requester, ...(asked.askedBy === undefined ? [] : [asked.askedBy])];
  const quick = secondsToApproval(lifecycle);
  const terms = [
    termOf.all(),
    ...people.flatMap(namesOf).map(termOf.person),
    ...Object.values(decisions).flatMap(({ decider }) => namesOf(decider)).map(termOf.approver),
    ...all.flatMap(({ target }) => (target === undefined ? [] : [termOf.account(target.accountId), termOf.permissionSet(target.permissionSetArn), termOf.permissionSet(target.permissionSetName)])),
    ...(asked?.ticket === undefined ? [] : [termOf.ticket(asked.ticket.id)]),
    ...(asked?.emitter === undefined ? [] : [termOf.emitter(asked.emitter)]),
    ...(asked?.breakGlass === true ? [termOf.breakGlass()] : []),
    ...(approved === undefined || quick === undefined ? [] : quickSeconds.filter((seconds) => quick < seconds).map(termOf.quick)),
    ...(all.some((grant) => useOf(grant) === 'unused') ? [termOf.unused()] : []),
    ...(all.some((grant) => useOf(grant) === 'only-reads') ? [termOf.onlyReads()] : []),
    ...all.flatMap((grant) => slotsOf(grant, lifecycle.standingUntil, slotMs).map((slot) => (grant.target === undefined ? '' : termOf.reach(grant.target.accountId, slot)))),
    ...(asked === undefined ? [] : heldMonthsOf(lifecycle).flatMap((month) => namesOf(asked.requester).map((name) => termOf.held(name, month)))),
  ];
  return [...new Set(terms)].filter((term) => term !== '').map((term) => ({ term, at }));
}

/** Those of `after` that `before` does not have yet. */
export function newTerms(after: Lifecycle, before: Lifecycle | undefined): readonly Term[] {
  const known = new Set(before === undefined ? [] : termsOf(before).map(({ term, at }) => `${term} ${at}`));
  return termsOf(after).filter(({ term, at }) => !known.has(`${term} ${at}`));
}

/** Seconds from when it was accepted until people had approved it; undefined where no person did. */
export function secondsToApproval({ asked, approved }: Lifecycle): number | undefined {
  if (asked === undefined || approved === undefined || approved.byPolicy) return undefined;
  return (Date.parse(approved.at) - Date.parse(asked.at)) / 1_000;
}

/** What came of a grant that is over: undefined while it is not known, or was used for more than reading. */
export function useOf({ grantedAt, activity }: Grant): 'unused' | 'only-reads' | undefined {
  if (grantedAt === undefined || activity === undefined || activity.state === 'missing') return undefined;
  const { reads, writes } = activity;
  if (writes > 0) return undefined;
  return reads === 0 ? (activity.state === 'complete' ? 'unused' : undefined) : 'only-reads';
}

const namesOf = ({ userId, userName }: Person): string[] => [userId ?? '', userName].filter((name) => name !== '');

/** Months (UTC) in which something of it could be used: `2026-03`. */
export function heldMonthsOf({ grants, standingUntil }: Lifecycle): string[] {
  return [...new Set(Object.values(grants).flatMap((grant) => slotsOf(grant, standingUntil, dayMs).map((day) => toTimestamp(day).slice(0, 7))))];
}

/** When those stretches of time begin (ms) in which somebody may have reached the account under a grant. */
function slotsOf(grant: Grant, standingUntil: string | undefined, lengthMs: number): number[] {
  const [reach, until] = [reachOf(grant), coveredUntil(grant, standingUntil)];
  if (reach === undefined || until === undefined) return [];
  const first = Math.floor(Date.parse(reach.from) / lengthMs) * lengthMs;
  const last = Math.min(until, first + mostDays * dayMs);
  return Array.from({ length: Math.max(0, Math.floor((last - first) / lengthMs) + 1) }, (_, i) => first + i * lengthMs);
}

/**
 * Until when a grant is found as one that could be used (ms): until no credentials worked or, while it stands, until those that are issued at
 * its end stop working, or for as long as it was seen to stand beyond. Undefined where it was never given.
 */
export function coveredUntil(grant: Grant, standingUntil: string | undefined): number | undefined {
  const reach = reachOf(grant);
  if (reach === undefined) return undefined;
  if (reach.credentialsUntil !== undefined) return Date.parse(reach.credentialsUntil);
  const sessionMs = (grant.target?.sessionDurationMinutes ?? 0) * 60_000;
  const ends = [reach.from, grant.endsAt, grant.ended?.at].flatMap((at) => (at === undefined ? [] : [Date.parse(at) + sessionMs]));
  return Math.max(...ends, standingUntil === undefined ? 0 : Date.parse(standingUntil));
}
