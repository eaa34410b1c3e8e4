import type { RequestDetail } from '../../../api/src/contract/index.ts';
import type { Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { watchUntil } from './progress.ts';

/** What somebody said counts, or not, within a second unless something is down (ms). */
const countsWithinMs = 15_000;

/** The request when what was said about it has been judged. Throws `Failure` (refused) where nothing is heard of that for fifteen seconds. */
export const answerOf = ({ pause }: PortalContext, portal: Portal, { row: { requestId } }: RequestDetail, isAnswered: (detail: RequestDetail) => boolean): Promise<RequestDetail> =>
  watchUntil({ pause, remark: () => undefined }, portal, requestId, isAnswered, { withinMs: countsWithinMs });

/** Why something does not count that was said since `before`, by facts of these types, without their version. */
export function refusalSince(before: RequestDetail, { history }: RequestDetail, types: readonly string[]): string | undefined {
  return history.slice(before.history.length).find(({ detailType, disregarded }) => types.includes(detailType.replace(/\.v\d+$/, '')) && disregarded === undefined)?.text;
}
