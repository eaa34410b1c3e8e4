import type { GrantSummary, RequestSummary } from '@team/contracts';
import { moment, printable, shortId } from './printable.ts';

type Somebody = RequestSummary['requester'];

const nameOf = (somebody: Somebody): string => somebody?.userName ?? '';
const list = (texts: readonly string[]): string => texts.join('; ');

/** A request as rows of a table, one for each grant; one without where it has none. Every row has every column. */
export function requestRows(request: RequestSummary): Readonly<Record<string, string | number>>[] {
  const { requestId, status, askedAt = '', requester, askedBy, emitter = '', ticket, justification = '', breakGlass, decisions, approvedAt = '', approvedInSeconds = '', grants, review, reasons, stalled } = request;
  const deciders = decisions.map(({ decider, verdict, onBehalfOf }) => `${decider.userName} ${verdict}${onBehalfOf === undefined ? '' : ` for ${onBehalfOf.userName}`}`);
  const before = { requestId, status, askedAt, requester: nameOf(requester), askedBy: nameOf(askedBy), emitter, ticket: ticket?.id ?? '', justification, breakGlass: breakGlass ? 'yes' : '', decisions: list(deciders), approvedAt, approvedInSeconds };
  const after = {
    review: review === undefined ? '' : (review.verdict ?? `due ${review.reviewBy ?? ''}`),
    reasons: list(reasons.map(({ code, message }) => `${code}: ${message}`)),
    missing: list(stalled.flatMap(({ missing }) => [missing.join(' or ')])),
  };
  const all: readonly (GrantSummary | undefined)[] = grants.length === 0 ? [undefined] : grants;
  return all.map((grant) => ({ ...before, ...grantColumns(grant), ...after }));
}

function grantColumns(grant: GrantSummary | undefined) {
  const { grantId = '', status = '', accountId = '', accountName = '', permissionSetName, permissionSetArn = '', grantedAt = '', endsAt = '', endedAt = '', endedBy, removedAt = '', credentialsUselessBy = '', activity, use = '' } = grant ?? {};
  const { reads = '', writes = '', errors = '', afterRemoval = '', state = '' } = activity ?? {};
  return {
    ...{ grantId, grantStatus: status, accountId, account: accountName, permissionSet: permissionSetName ?? permissionSetArn, grantedAt, endsAt, endedAt, endedBy: endedBy?.name ?? '' },
    ...{ removedAt, credentialsUselessBy, activity: state, reads, writes, errors, callsAfterRemoval: afterRemoval, use },
  };
}

/** A request for people: a line, and one for each grant and for whatever is missing. */
export function requestLines(request: RequestSummary): string[] {
  const { requestId, status, askedAt, requester, decisions, approvedInSeconds, grants, breakGlass, ticket, review, stalled } = request;
  const decided = decisions.map(({ decider, verdict }) => `${verdict === 'approve' ? 'approved' : 'denied'} by ${decider.userName}`);
  const about = [
    ...(breakGlass ? [`BREAK GLASS${review?.verdict === undefined ? ', not reviewed' : `, found ${review.verdict}`}`] : []),
    ...decided,
    ...(approvedInSeconds === undefined ? [] : [`after ${Math.round(approvedInSeconds)} s`]),
    ...(ticket === undefined ? [] : [`ticket ${ticket.id}`]),
  ];
  return [
    `${askedAt === undefined ? '' : `${moment(askedAt)}  `}${shortId(requestId)}  ${status.padEnd(10)}  ${nameOf(requester)}${about.length === 0 ? '' : `  (${about.join(', ')})`}`,
    ...grants.map((grant) => `    ${grantLine(grant)}`),
    ...stalled.map(({ missing, since, lastSeen }) => `    MISSING since ${moment(since)}: ${missing.join(' or ')}; the last that was heard was ${lastSeen}`),
  ].map(printable);
}

function grantLine({ permissionSetName, permissionSetArn, accountName, accountId, status, grantedAt, removedAt, endedAt, credentialsUselessBy, activity, use }: GrantSummary): string {
  const times = [
    ...(grantedAt === undefined ? [] : [`from ${moment(grantedAt)}`]),
    ...(removedAt === undefined ? (endedAt === undefined ? [] : [`until ${moment(endedAt)}`]) : [`until ${moment(removedAt)}`]),
    ...(credentialsUselessBy === undefined ? [] : [`credentials useless by ${moment(credentialsUselessBy)}`]),
  ];
  const used = activity === undefined ? [] : activity.state === 'missing' ? ['what was done is not known'] : [use === 'unused' ? 'not used' : `${activity.reads} reads, ${activity.writes} writes${use === 'only-reads' ? ': only reads' : ''}`];
  return [`${permissionSetName ?? permissionSetArn ?? '?'} in ${accountName ?? '?'} (${accountId ?? '?'})  ${status}`, ...times, ...used].join('; ');
}
