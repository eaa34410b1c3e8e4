import type { Me, RequestRow } from '../../../../api/src/contract/index.ts';

/** Whether it is somebody else who has it, or is to have it. */
export function isAnothers({ requester }: Pick<RequestRow, 'requester'>, { userId, userName }: Pick<Me, 'userId' | 'userName'>): boolean {
  return requester.userId === undefined ? requester.userName !== userName : requester.userId !== userId;
}

/** Whether to offer that it goes on: as `may.extend` of a request, by what a line of a list shows of one of theirs. */
export function mayExtend(row: Pick<RequestRow, 'status' | 'requester' | 'breakGlass'>, person: Pick<Me, 'userId' | 'userName' | 'mayAskForOthers'>): boolean {
  return row.status === 'active' && (!isAnothers(row, person) || (person.mayAskForOthers && !row.breakGlass));
}
