import type { GrantDetail, RequestDetail } from '../../../api/src/contract/index.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { targetText } from '../print/outcome-lines.ts';
import { moment, printable } from '../print/printable.ts';
import { whyLine } from '../print/why-line.ts';
import { meantRequest } from './meant-request.ts';
import type { PortalContext } from './portal-context.ts';
import { outcomeOf } from './progress.ts';
import { rowLines, waitingLines } from './row-lines.ts';
import { signedIn } from './session.ts';

/** Everything about a request that who is signed in may see. */
export async function showAtPortal({ say, ...context }: PortalContext, reference: string, { json }: { readonly json?: true }): Promise<ExitCode> {
  const portal = await signedIn({ say, ...context });
  const detail = await portal.request(await meantRequest(portal, reference, ['mine', 'to-approve', 'to-review', 'decided', 'active']));
  if (json) say(JSON.stringify(detail, undefined, 2));
  else for (const line of detailLines(detail)) say(line);
  return exitCodes.ok;
}

function detailLines(detail: RequestDetail): string[] {
  const { row, warnings, waitsFor, decisions, review, grants, history } = detail;
  return [
    `request ${row.requestId}`,
    ...rowLines({ ...row, reason: undefined }),
    ...under('why it came to nothing', outcomeOf(detail).reasons.map(whyLine)),
    ...under('note', warnings.map(({ message }) => message)),
    ...under('waits for', waitsFor.length === 0 ? [] : waitingLines(detail)),
    ...under('decided', decisions.map(({ verdict, decider, onBehalfOf, decidedAt, comment }) => `${verdict} by ${decider}${onBehalfOf === undefined ? '' : ` in place of ${onBehalfOf}`} at ${moment(decidedAt)}${comment === undefined || comment === '' ? '' : `: ${comment}`}`)),
    ...under('review', review === undefined ? [] : [[review.status, review.verdict, review.by].filter((word) => word !== undefined).join(' ')]),
    ...under('grants', grants.flatMap(grantLines)),
    ...under('history', history.map(({ at, source, detailType, text, disregarded }) => `${moment(at)}  ${source} → ${detailType}  ${text}${disregarded === undefined ? '' : `  (does not count: ${disregarded})`}`)),
  ].map(printable);
}

const under = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]);

function grantLines(grant: GrantDetail): string[] {
  const { status, endsAt, endedAt, by, reason, overdue, grantId } = grant;
  const when = endedAt === undefined ? (endsAt === undefined ? '' : ` until ${moment(endsAt)}`) : ` at ${moment(endedAt)}`;
  return [
    `${targetText(grant)}  ${status}${when}${by === undefined ? '' : ` by ${by.name}`}`,
    ...(reason === undefined ? [] : [`  ${whyLine(reason)}`]),
    ...(overdue ? ['  its removal is overdue: it is tried again until AWS confirms it'] : []),
    `  grant ${grantId}`,
  ];
}
