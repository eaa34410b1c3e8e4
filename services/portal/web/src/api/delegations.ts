import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { Delegation, DelegationsNow, DelegationTaken } from '../../../api/src/contract/index.ts';
import { call } from './call.ts';

/** What is sent is judged within a second or two. */
const DELEGATIONS_MS = 2_000;

/** Who decides in my place, and in whose place I do. */
export function useDelegations(): UseQueryResult<DelegationsNow> {
  return useQuery({ queryKey: ['delegations'], queryFn: ({ signal }) => call<DelegationsNow>('GET', '/v1/delegations', { signal }), refetchInterval: DELEGATIONS_MS });
}

export function useDelegate(): UseMutationResult<DelegationTaken, Error, Delegation> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (delegation: Delegation) => call<DelegationTaken>('POST', '/v1/delegation', { body: delegation }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['delegations'] }),
  });
}
