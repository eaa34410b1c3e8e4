import type { RequestsAnswer, RequestsBy, RequestsQuestion } from '@team/contracts';
import { reachOf, type Grant, type Lifecycle } from '../../domain/lifecycle/state.ts';
import { heldMonthsOf, quickSeconds, secondsToApproval, termOf, termsOf, useOf } from '../../domain/lifecycle/terms.ts';
import { toTimestamp } from '../../domain/timing.ts';
import { isStalled, isUnreviewed, lifecycleStatus } from '../lifecycle-status.ts';
import type { Clock, FinalError, Listing, RequestIndex } from '../ports.ts';
import { cursorsOf } from './cursor.ts';
import { pageOf, type Fits, type Part } from './pages.ts';
import { summaryOf } from './summary.ts';

export interface AnsweringRequests {
  readonly index: RequestIndex;
  readonly digest: (value: unknown) => string;
  readonly clock: Clock;
  readonly finalError: FinalError;
}

/**
 * Answers a question about requests, a page at a time. Each finds its candidates in one index and asks their lifecycles: what it costs follows
 * from the page, not from how much is recorded. Refused with `ERR_CURSOR_INVALID` where `after` is not from an earlier answer to the same question.
 */
export function answerRequests({ index, digest, clock, finalError }: AnsweringRequests) {
  return (question: RequestsQuestion): Promise<RequestsAnswer> => {
    const { after, limit, ...asked } = question;
    const cursors = cursorsOf(asked, digest, finalError);
    const { parts, fits, from, to, oldestFirst } = planOf(question, clock());
    return pageOf(parts, { index, cursors, after, limit, from: bound(from), to: bound(to), ...(oldestFirst === true ? { oldestFirst } : {}) }, fits);
  };
}

/** In the one spelling in which lists are sorted. */
const bound = (at: string | undefined): string | undefined => (at === undefined ? undefined : toTimestamp(Date.parse(at)));

interface Plan {
  readonly parts: readonly Part[];
  readonly fits: Fits;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly oldestFirst?: boolean;
}

const only = (listing: Listing): readonly Part[] => [{ name: 'all', listing }];

function planOf(question: RequestsQuestion, now: number): Plan {
  switch (question.op) {
    case 'requests': {
      const { by, from, to } = question;
      const { listing, terms } = lookUp(by);
      const fits: Fits = (lifecycle) => {
        const found = new Set(termsOf(lifecycle).map(({ term }) => term));
        const fitting = terms.every((term) => found.has(term)) && (by.status === undefined || by.status === lifecycleStatus(lifecycle));
        return fitting ? summaryOf(lifecycle) : undefined;
      };
      return { parts: only(listing), fits, from, to };
    }
    case 'who-could-reach': {
      const { accountId, at } = question;
      const moment = Date.parse(at);
      const fits = ofGrants((grant) => grant.target?.accountId === accountId && reached(grant, moment, moment, now));
      return { parts: only({ term: termOf.reach(accountId, moment) }), fits };
    }
    case 'held':
      return held(question.person, Date.parse(question.from), Date.parse(question.to), now);
    case 'quick-approvals': {
      const { withinSeconds, from, to } = question;
      const covering = quickSeconds.find((seconds) => seconds >= withinSeconds) ?? withinSeconds;
      const fits: Fits = (lifecycle) => ((secondsToApproval(lifecycle) ?? Infinity) < withinSeconds ? summaryOf(lifecycle) : undefined);
      return { parts: only({ term: termOf.quick(covering) }), fits, from, to };
    }
    case 'unreviewed': {
      const { from, to } = question;
      return { parts: only({ index: 'unreviewed', value: 'yes' }), fits: (lifecycle) => (isUnreviewed(lifecycle) ? summaryOf(lifecycle) : undefined), from, to };
    }
    case 'unused': {
      const { kind, from, to } = question;
      return { parts: only({ term: kind === 'unused' ? termOf.unused() : termOf.onlyReads() }), fits: ofGrants((grant) => useOf(grant) === kind), from, to };
    }
    case 'stalled':
      return { parts: only({ index: 'stalled', value: 'yes' }), fits: (lifecycle) => (isStalled(lifecycle) ? summaryOf(lifecycle) : undefined), oldestFirst: true };
  }
}

/** The list that is likely the shortest; what else is asked is asked of its lifecycles. */
function lookUp(by: RequestsBy): { readonly listing: Listing; readonly terms: readonly string[] } {
  const { ticket, person, approver, permissionSet, accountId, emitter, breakGlass, status } = by;
  const terms = [
    ...(ticket === undefined ? [] : [termOf.ticket(ticket)]),
    ...(person === undefined ? [] : [termOf.person(person)]),
    ...(breakGlass === undefined ? [] : [termOf.breakGlass()]),
    ...(approver === undefined ? [] : [termOf.approver(approver)]),
    ...(accountId === undefined ? [] : [termOf.account(accountId)]),
    ...(permissionSet === undefined ? [] : [termOf.permissionSet(permissionSet)]),
    ...(emitter === undefined ? [] : [termOf.emitter(emitter)]),
  ];
  const [first] = terms;
  if (first !== undefined) return { listing: { term: first }, terms };
  return { listing: status === undefined ? { term: termOf.all() } : { index: 'status', value: status }, terms };
}

/** Answers with the grants that it is about. */
function ofGrants(isAbout: (grant: Grant) => boolean): Fits {
  return (lifecycle) => {
    const about = Object.entries(lifecycle.grants).flatMap(([grantId, grant]) => (isAbout(grant) ? [grantId] : []));
    return about.length === 0 ? undefined : summaryOf(lifecycle, about);
  };
}

/** Whether somebody could use the grant at some moment from `from` to `to` (ms). What stands is to end when it says, which nobody knows to be late yet. */
function reached(grant: Grant, from: number, to: number, now: number): boolean {
  const reach = reachOf(grant);
  if (reach === undefined || Date.parse(reach.from) > to) return false;
  const until = reach.credentialsUntil === undefined ? Math.max(now, Date.parse(grant.endsAt ?? reach.from)) : Date.parse(reach.credentialsUntil);
  return until > from || (until === from && from === to);
}

/** Month by month, the last one first; a request that was held in several is listed in the last of them. */
function held(person: string, from: number, to: number, now: number): Plan {
  const months: string[] = [];
  for (let at = new Date(Date.UTC(new Date(from).getUTCFullYear(), new Date(from).getUTCMonth())); at.getTime() < to; at.setUTCMonth(at.getUTCMonth() + 1)) months.unshift(at.toISOString().slice(0, 7));
  const isHeld = ofGrants((grant) => reached(grant, from, to - 1, now));
  const lastOf = (lifecycle: Lifecycle): string | undefined => months.find((month) => heldMonthsOf(lifecycle).includes(month));
  return {
    parts: months.map((month) => ({ name: month, listing: { term: termOf.held(person, month) } })),
    fits: (lifecycle, { name }) => (lastOf(lifecycle) === name ? isHeld(lifecycle, { name, listing: { term: '' } }) : undefined),
  };
}
