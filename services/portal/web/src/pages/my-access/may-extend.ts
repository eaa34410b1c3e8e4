import type { Me, RequestRow } from '../../../../api/src/contract/index.ts';
import { isAnothers } from '../../parts/is-anothers.ts';

/** What I have myself, or am to have: what I asked for somebody else is of no use to me. */
export function ownOf<Row extends Pick<RequestRow, 'requester'>>(rows: readonly Row[], person: Pick<Me, 'userId' | 'userName'>): readonly Row[] {
  return rows.filter((row) => !isAnothers(row, person));
}

/** What stands or is on its way, each once: what waits for approval is no access, and is there for `mayExtend` alone. */
export function cardsOf<Row extends Pick<RequestRow, 'requestId' | 'status'>>(lines: readonly Row[]): readonly Row[] {
  return [...new Map(lines.filter(({ status }) => status !== 'pending').map((row) => [row.requestId, row])).values()];
}

/**
 * Whether to offer that it goes on, by what lines of a list show of one of theirs: what goes on by another of them, or waits to, goes on no
 * further by itself. `may.extend` of a request knows of extensions too that are not among these lines.
 */
export function mayExtend(row: Extendable, all: readonly Pick<RequestRow, 'requestId' | 'extends'>[], person: Pick<Me, 'userId' | 'userName' | 'mayAskForOthers'>): boolean {
  if (row.status !== 'active' || all.some((other) => other.extends === row.requestId)) return false;
  return !isAnothers(row, person) || (person.mayAskForOthers && !row.breakGlass);
}

type Extendable = Pick<RequestRow, 'requestId' | 'status' | 'requester' | 'breakGlass'>;
