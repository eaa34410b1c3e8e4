import { describe } from '@team/contracts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import { moment, printable, shortId } from './printable.ts';

const widest = 'team.local-channel → ApprovalDecisionSubmitted.v1'.length;
const requestPrefix = 'request#';

/** `2026-11-22 10:00:00Z  team.request → AccessRequestAccepted.v1  3f2a1b4c  what it says`. */
export function eventLine({ time, recordedAt, source, detailType, chain, detail }: RecordedEvent): string {
  const request = chain.startsWith(requestPrefix) ? shortId(chain.slice(requestPrefix.length)) : '-';
  const what = `${source} → ${detailType}`.padEnd(widest);
  return printable(`${moment(time ?? recordedAt)}  ${what}  ${request.padEnd(8)}  ${describe(detailType, detail?.['data'])}`.trimEnd());
}
