import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { Delegation, DelegationOutcome, DelegationsNow, DelegationTaken } from '../../../api/src/contract/index.ts';
import { call, passing } from './call.ts';
import { ProblemError } from './problem-error.ts';
import { lookEvery } from './queries.ts';
import { OPEN_MS, QUIET_MS } from './statuses.ts';

/** Where it is not, it is no longer looked for so often after this. */
const SOON_MS = 30_000;
const sending = ['delegate'];
/** How often to look what became of one that was sent a moment ago, and how many times. */
const OUTCOME_MS = 500;
const MOST_LOOKS = 60;

/** How long until delegations are looked at again (ms): soon where something was sent a moment ago, since each look asks the approval service. */
export function delegationsPause(sentAt: number | undefined, now: number): number {
  return sentAt !== undefined && now < sentAt + SOON_MS ? OPEN_MS : QUIET_MS;
}

/** Who decides in my place, and in whose place I do. */
export function useDelegations(): UseQueryResult<DelegationsNow> {
  const client = useQueryClient();
  const sentAt = (): number | undefined => client.getMutationCache().findAll({ mutationKey: sending, status: 'success' }).at(-1)?.state.submittedAt;
  return useQuery({
    queryKey: ['delegations'],
    queryFn: ({ signal }) => call<DelegationsNow>('GET', '/v1/delegations', { signal }),
    refetchInterval: ({ state: { error } }) => lookEvery(delegationsPause(sentAt(), Date.now()), error),
  });
}

/** What became of what was sent: looked for at the address that was given for it, until there is an answer. */
export function useDelegationOutcome(href: string): UseQueryResult<DelegationOutcome> {
  const client = useQueryClient();
  return useQuery({
    queryKey: ['delegation', href],
    queryFn: async ({ signal }) => {
      const outcome = await call<DelegationOutcome>('GET', href, { signal });
      void client.invalidateQueries({ queryKey: ['delegations'] });
      return outcome;
    },
    staleTime: Infinity,
    retry: (count, error) => (error instanceof ProblemError && error.status === 404 ? count < MOST_LOOKS : passing(error) && count < 2),
    retryDelay: OUTCOME_MS,
  });
}

export function useDelegate(): UseMutationResult<DelegationTaken, Error, Delegation> {
  const client = useQueryClient();
  return useMutation({
    mutationKey: sending,
    mutationFn: (delegation: Delegation) => call<DelegationTaken>('POST', '/v1/delegation', { body: delegation }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['delegations'] }),
  });
}
