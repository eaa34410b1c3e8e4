import { isFinal } from '@team/contracts';
import type { RequestDetail } from '../../../api/src/contract/index.ts';
import { exitCodes, Failure, refused } from '../failure.ts';
import type { Outcome } from '../print/outcome-lines.ts';
import { counted, moment } from '../print/printable.ts';
import { problemCode } from './http-call.ts';
import type { Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { waitingLines } from './row-lines.ts';

/** An answer comes within a second, unless something is down (ms). */
const answerWithinMs = 15_000;
const lookEveryMs = 1_000;
/** What is waited for longer than a minute is waited for by people, and needs no look every second. */
const lookSeldomMs = 5_000;
const hurriedLooks = 60;

type Watcher = Pick<PortalContext, 'pause' | 'remark'>;

interface WatchOptions {
  /** What was seen and told of it before. */
  readonly known?: RequestDetail | undefined;
  readonly withinMs?: number;
}

/**
 * Looks at a request until `enough`, for as long as that takes; `withinMs` bounds it. It takes a moment until what was sent is known, and the
 * portal may be away for a while meanwhile: neither ends it.
 */
export async function watchUntil({ pause, remark }: Watcher, portal: Portal, requestId: string, enough: (detail: RequestDetail) => boolean, { known, withinMs = Infinity }: WatchOptions = {}): Promise<RequestDetail> {
  if (known !== undefined && enough(known)) return known;
  let told = known === undefined ? '' : progressLines(known).join('\n');
  let waitedMs = 0;
  const tell = (words: string): void => {
    if (words !== told) remark(words);
    told = words;
  };
  for (let looks = 0; ; looks += 1) {
    const seen = await look(portal, requestId);
    if (seen instanceof Failure) {
      if (isUnheardOf(seen) && waitedMs >= answerWithinMs) throw seen;
      if (!isUnheardOf(seen)) tell(`${seen.message}\nTrying on …`);
    } else {
      tell(progressLines(seen).join('\n'));
      if (enough(seen)) return seen;
    }
    if (waitedMs >= withinMs) throw refused(`no answer about ${requestId} for ${withinMs / 1000} s. Look again with: npx team list`);
    const ms = looks < hurriedLooks ? lookEveryMs : lookSeldomMs;
    await pause(ms);
    waitedMs += ms;
  }
}

/** The request, or why it cannot be seen just now. */
async function look(portal: Portal, requestId: string): Promise<RequestDetail | Failure> {
  try {
    return await portal.request(requestId);
  } catch (error) {
    if (error instanceof Failure && (error.exitCode === exitCodes.unreachable || isUnheardOf(error))) return error;
    throw error;
  }
}

const isUnheardOf = (failure: Failure): boolean => problemCode(failure) === 'ERR_REQUEST_UNKNOWN';

/** Until it is known who must agree, or that nobody must, or that it is over. */
export const watchAnswer = (watcher: Watcher, portal: Portal, requestId: string): Promise<RequestDetail> => watchUntil(watcher, portal, requestId, isAnswered, { withinMs: answerWithinMs });

const isAnswered = ({ row, waitsFor }: RequestDetail): boolean => row.status !== 'pending' || waitsFor.length > 0;

function progressLines(detail: RequestDetail): string[] {
  const { row, grants } = detail;
  if (row.status !== 'pending') return [grants.length > 1 && !isFinal(row.status) ? `${row.status}: ${counted(grants.filter(({ status }) => status === 'active').length, 'grant')} of ${grants.length} there` : row.status];
  return detail.waitsFor.length === 0 ? ['pending: is being judged'] : [`pending${row.deadlineAt === undefined ? '' : ` until ${moment(row.deadlineAt)}`}`, ...waitingLines(detail).map((line) => `  ${line}`)];
}

/** What the portal tells of a request, as its outcome. */
export function outcomeOf({ row, reasons, grants }: RequestDetail): Outcome {
  return { status: row.status, reasons: reasons.map(({ code, message, about }) => ({ message, ...(code === undefined ? {} : { code }), ...(about === undefined ? {} : { about }) })), grants };
}
