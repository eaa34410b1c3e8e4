import type { RequestDetail, RequestRow } from '../../../api/src/contract/index.ts';
import { counted, moment, printable, shortId } from '../print/printable.ts';
import { whyLine } from '../print/why-line.ts';

type Target = RequestRow['targets'][number];

/** `ReadOnlyAccess in Prod 002 (624177419051)` */
export const targetText = ({ permissionSetName, accountName, accountId }: Target): string =>
  printable(`${permissionSetName} in ${accountName}${accountId === undefined || accountId === accountName ? '' : ` (${accountId})`}`);

/** A request for people: a line, one for each target, and why. */
export function rowLines({ requestId, status, askedAt, requester, askedBy, targets, durationMinutes, startAt, endsAt, deadlineAt, justification, ticket, breakGlass, reason }: RequestRow): string[] {
  const about = [
    ...(breakGlass ? ['BREAK GLASS'] : []),
    ...(durationMinutes === undefined ? [] : [counted(durationMinutes, 'minute')]),
    ...(startAt === undefined ? [] : [`from ${moment(startAt)}`]),
    ...(endsAt === undefined ? [] : [`${status === 'active' ? 'until' : 'end'} ${moment(endsAt)}`]),
    ...(status === 'pending' && deadlineAt !== undefined ? [`to be decided by ${moment(deadlineAt)}`] : []),
    ...(ticket === undefined ? [] : [`ticket ${ticket}`]),
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

/** Why it came to nothing, or not to all that was asked for. */
export const reasonLines = ({ reasons, grants }: Pick<RequestDetail, 'reasons' | 'grants'>): string[] => [
  ...reasons.map(({ code, message, about }) => whyLine({ message, ...(code === undefined ? {} : { code }), ...(about === undefined ? {} : { about }) })),
  ...grants.flatMap((grant) => (grant.reason === undefined ? [] : [whyLine({ ...grant.reason, about: targetText(grant) })])),
];
