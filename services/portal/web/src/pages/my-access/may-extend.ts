import type { Me, RequestRow } from '../../../../api/src/contract/index.ts';

/** Whether it is somebody else who has it, or is to have it. */
export function isAnothers({ requester }: Pick<RequestRow, 'requester'>, { userId, userName }: Pick<Me, 'userId' | 'userName'>): boolean {
  return requester.userId === undefined ? requester.userName !== userName : requester.userId !== userId;
}

/** What I have myself, or am to have: what I asked for somebody else is of no use to me. */
export function ownOf<Row extends Pick<RequestRow, 'requester'>>(rows: readonly Row[], person: Pick<Me, 'userId' | 'userName'>): readonly Row[] {
  return rows.filter((row) => !isAnothers(row, person));
}

/** Whether to offer that it goes on: as `may.extend` of a request, by what lines of a list show of one of theirs. What goes on by another of them goes on no further by itself. */
export function mayExtend(row: Extendable, all: readonly Pick<RequestRow, 'requestId' | 'extends'>[], person: Pick<Me, 'userId' | 'userName' | 'mayAskForOthers'>): boolean {
  if (row.status !== 'active' || all.some((other) => other.extends === row.requestId)) return false;
  return !isAnothers(row, person) || (person.mayAskForOthers && !row.breakGlass);
}

type Extendable = Pick<RequestRow, 'requestId' | 'status' | 'requester' | 'breakGlass'>;
