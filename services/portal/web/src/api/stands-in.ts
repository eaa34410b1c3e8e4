import { useQuery } from '@tanstack/react-query';
import type { DelegationsNow } from '../../../api/src/contract/index.ts';
import { call } from './call.ts';

/** How often it is looked whether somebody who approves nothing themselves decides for others (ms): it is for the menu alone. */
const MENU_MS = 300_000;

/** Whether I decide in somebody's place now. */
export function useStandsIn(enabled: boolean): boolean {
  const { data } = useQuery({ queryKey: ['delegations'], queryFn: ({ signal }) => call<DelegationsNow>('GET', '/v1/delegations', { signal }), enabled, refetchInterval: MENU_MS, staleTime: MENU_MS, retry: false });
  return data?.forOthers.some(({ from, until }) => from <= data.now && data.now < until) === true;
}
