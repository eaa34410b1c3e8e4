import type { RequestDetail } from '../../../api/src/contract/index.ts';
import type { Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { watchUntil } from './progress.ts';

/** What somebody said counts, or not, within a second unless something is down (ms). */
const countsWithinMs = 15_000;

/** The request when what was said about it has been judged. Throws `Failure` (refused) where nothing is heard of that for fifteen seconds. */
export const answerOf = ({ pause }: PortalContext, portal: Portal, { row: { requestId } }: RequestDetail, isAnswered: (detail: RequestDetail) => boolean): Promise<RequestDetail> =>
  watchUntil({ pause, remark: () => undefined }, portal, requestId, isAnswered, { withinMs: countsWithinMs });

/** What refuses something: facts of these types, without their version, in answer to this person. */
interface Refusals {
  readonly types: readonly string[];
  readonly userName: string;
}

/** Why it does not count what a person said since `before`. */
export function refusalSince(before: RequestDetail, { history }: RequestDetail, { types, userName }: Refusals): string | undefined {
  const known = new Set(before.history.map(({ eventId }) => eventId));
  return history.find(({ eventId, detailType, answerTo, disregarded }) => !known.has(eventId) && disregarded === undefined && types.includes(detailType.replace(/\.v\d+$/, '')) && isNamed(answerTo, userName))?.text;
}

/** Whether that is this person's user name, in whatever case. */
export const isNamed = (name: string | undefined, userName: string): boolean => name?.toLowerCase() === userName.toLowerCase();
