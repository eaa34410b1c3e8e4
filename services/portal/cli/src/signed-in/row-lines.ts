import type { RequestDetail, RequestRow } from '../../../api/src/contract/index.ts';
import { targetText } from '../print/outcome-lines.ts';
import { counted, moment, printable, shortId } from '../print/printable.ts';

/** A request for people: a line, one for each target, and why. */
export function rowLines({ requestId, status, askedAt, requester, askedBy, targets, durationMinutes, startAt, endsAt, deadlineAt, justification, ticket, breakGlass, reason, inPlaceOf }: RequestRow): string[] {
  const about = [
    ...(breakGlass ? ['BREAK GLASS'] : []),
    ...(durationMinutes === undefined ? [] : [counted(durationMinutes, 'minute')]),
    ...(startAt === undefined ? [] : [`from ${moment(startAt)}`]),
    ...(endsAt === undefined ? [] : [`${status === 'active' ? 'until' : 'end'} ${moment(endsAt)}`]),
    ...(status === 'pending' && deadlineAt !== undefined ? [`to be decided by ${moment(deadlineAt)}`] : []),
    ...(ticket === undefined ? [] : [`ticket ${ticket}`]),
    ...(inPlaceOf === undefined ? [] : [`you decide in place of ${inPlaceOf}`]),
  ];
  const who = `${requester.userName}${askedBy === undefined ? '' : `, asked for by ${askedBy}`}`;
  return [
    `${shortId(requestId)}  ${status.padEnd(9)}  ${moment(askedAt)}  ${who}`,
    ...targets.map((target) => `          ${targetText(target)}`),
    ...(about.length === 0 ? [] : [`          ${about.join(', ')}`]),
    ...(justification === undefined ? [] : [`          "${justification}"`]),
    ...(reason === undefined ? [] : [`          ${reason}`]),
  ].map(printable);
}

/** Who is waited for, stage by stage. */
export const waitingLines = ({ waitsFor }: Pick<RequestDetail, 'waitsFor'>): string[] =>
  waitsFor.map(({ missing, approvers, policyId }) => printable(`${counted(missing, 'approval')} missing of: ${approvers.join(', ')} (policy ${policyId})`));
