import type { Actor } from '@team/contracts';
import { endOf, type GrantStory } from '../../../story/src/grant-story.ts';
import type { HistoryEntry, RequestStory } from '../../../story/src/request-story.ts';
import { activityLines } from './activity-lines.ts';
import { counted, moment, printable } from './printable.ts';
import { reviewLine } from './review-line.ts';
import { whyLine } from './why-line.ts';

/** A request for people: what it is, who did what, what each grant has come to, and everything that happened; by stage, some who may decide. */
export function storyLines(story: RequestStory, approvers: readonly (readonly string[])[] = []): string[] {
  const { requestId, status, by, reasons, requester, askedBy, targets, justification, ticket, warnings, decisions, grants, history, breakGlass, review, stalled } = story;
  return [
    ...field('request', [requestId]),
    ...field('status', [`${status}${by === undefined ? '' : ` by ${nameOf(by)}`}`, ...reasons.map(whyLine), ...waitingLines(story, approvers)]),
    ...field('!', breakGlass ? ['BREAK GLASS: had at once, without approval, and reviewed afterwards'] : []),
    ...field('STALLED', stalled.map(({ missing, since, lastSeen }) => `${missing.join(' or ')} should have come by ${moment(since)}; the last that was heard was ${lastSeen}`)),
    ...field('who', requester === undefined ? [] : [`${requester}${askedBy === undefined ? '' : `, asked for by ${askedBy}`}`]),
    ...field('what', targets),
    ...field('when', [whenLine(story)]),
    ...field('extends', extendsLine(story)),
    ...field('why', [justification, ticket === undefined ? undefined : `ticket ${ticket}`].filter((line) => line !== undefined)),
    ...field('note', warnings.map(({ message }) => message)),
    ...field('decided', decisions.map(decisionLine)),
    ...field('review', review === undefined ? [] : [reviewLine(review)]),
    ...section('grants', grants.flatMap(grantLines)),
    ...section('history', history.map(historyLine)),
  ].map(printable);
}

const field = (name: string, lines: readonly string[]): string[] => lines.map((line, i) => `${(i === 0 ? name : '').padEnd(9)}${line}`);
const section = (name: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', name, ...lines.map((line) => `  ${line}`)]);
const nameOf = (by: Actor): string => (by.kind === 'person' ? by.userName : by.name);

function waitingLines({ status, waitsFor }: RequestStory, approvers: readonly (readonly string[])[]): string[] {
  if (status !== 'pending') return [];
  if (waitsFor === undefined) return ['is being judged'];
  const { deadlineAt, stages } = waitsFor;
  return [`waits until ${moment(deadlineAt)}`, ...stages.map(({ policyId, missing }, i) => `${counted(missing, 'approval')} missing by policy ${policyId}${fromWhom(approvers[i])}`)];
}

const fromWhom = (names: readonly string[] = []): string => (names.length === 0 ? '' : `; of those who may approve: ${names.join(', ')}`);

function whenLine({ startAt, durationMinutes }: RequestStory): string {
  const start = startAt === undefined ? 'as soon as approved' : `from ${moment(startAt)}`;
  return `${start}${durationMinutes === undefined ? '' : `, for ${counted(durationMinutes, 'minute')}`}`;
}

function extendsLine({ extends: extended }: RequestStory): string[] {
  if (extended === undefined) return [];
  const { requestId, first, wholeMinutes } = extended;
  const since = first === undefined || first === requestId ? '' : `, which goes on from ${first}`;
  return [`${requestId}${since}${wholeMinutes === undefined ? '' : `; ${counted(wholeMinutes, 'minute')} in all`}. Ending either ends both`];
}

type Decision = RequestStory['decisions'][number];

function decisionLine({ decider, verdict, comment, decidedAt }: Decision): string {
  return `${verdict} by ${decider} at ${moment(decidedAt)}${comment === undefined || comment === '' ? '' : `: ${comment}`}`;
}

function grantLines(grant: GrantStory): string[] {
  const { grantId, permissionSetName, accountName, accountId, reason, overdue } = grant;
  return [
    `${permissionSetName} in ${accountName} (${accountId})  ${grantStatus(grant)}`,
    ...(grant.extended === undefined ? [] : [`  extended by ${grant.extended.by} until ${moment(grant.extended.until)}; ending either ends both`]),
    ...(reason === undefined ? [] : [`  ${whyLine(reason)}`]),
    ...(overdue ? ['  its removal is overdue: it is tried again until AWS confirms it'] : []),
    ...(grant.activity === undefined ? [] : activityLines(grant.activity).map((line) => `  ${line}`)),
    `  grant ${grantId}`,
  ];
}

function grantStatus(grant: GrantStory): string {
  const { status, by, given, endedAt, ended, credentialsUselessBy } = grant;
  switch (status) {
    case 'active':
      return `active until ${moment(endOf(grant) ?? '?')}${given === 'created' ? '' : ` (${given ?? '?'})`}`;
    case 'ending':
    case 'ended':
    case 'revoked': {
      const who = by === undefined ? '' : ` by ${nameOf(by)}`;
      const useless = credentialsUselessBy === undefined ? '' : `; credentials useless by ${moment(credentialsUselessBy)}`;
      return `${status}${who}${endedAt === undefined ? '' : ` at ${moment(endedAt)}`}${ended === undefined ? '' : ` (${ended})`}${useless}`;
    }
    case 'scheduled':
    case 'activating':
    case 'failed':
      return status;
  }
}

function historyLine({ time, source, detailType, text, disregarded }: HistoryEntry): string {
  const remark = disregarded === undefined ? '' : `  (does not count: ${disregarded})`;
  return `${moment(time)}  ${source} → ${detailType}  ${text}`.trimEnd() + remark;
}
