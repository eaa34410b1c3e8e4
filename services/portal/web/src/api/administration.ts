import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { ChangeOutcome, ChangeTaken, Explained, ExplainQuestion, PlanQuestion, PoliciesNow, PolicyChange, PolicyDecision, PolicyPlan } from '../../../api/src/contract/index.ts';
import { call, passing } from './call.ts';
import { ProblemError } from './problem-error.ts';

/** What others propose meanwhile shows by itself. */
const POLICIES_MS = 5_000;
/** How often to look what became of a change that was submitted a moment ago, and how many times. */
const OUTCOME_MS = 500;
const MOST_LOOKS = 60;

/** Policies, proposals and emitters as they stand. */
export function usePolicies(): UseQueryResult<PoliciesNow> {
  return useQuery({ queryKey: ['policies'], queryFn: ({ signal }) => call<PoliciesNow>('GET', '/v1/policies', { signal }), refetchInterval: POLICIES_MS });
}

/** What would become of a change; nothing is changed. */
export function usePlan(): UseMutationResult<PolicyPlan, Error, PlanQuestion> {
  return useMutation({ mutationFn: (question: PlanQuestion) => call<PolicyPlan>('POST', '/v1/policies/plan', { body: question }) });
}

/** Why somebody may have something somewhere, or why not. */
export function useExplain(): UseMutationResult<Explained, Error, ExplainQuestion> {
  return useMutation({ mutationFn: (question: ExplainQuestion) => call<Explained>('POST', '/v1/policies/explain', { body: question }) });
}

export function useSubmitChange(): UseMutationResult<ChangeTaken, Error, PolicyChange> {
  return useMutation({ mutationFn: (change: PolicyChange) => call<ChangeTaken>('POST', '/v1/policies/changes', { body: change }) });
}

/** What became of a change: looked for until there is an answer. */
export function useOutcome(changeId: string | undefined): UseQueryResult<ChangeOutcome> {
  const client = useQueryClient();
  return useQuery({
    queryKey: ['change', changeId],
    enabled: changeId !== undefined,
    queryFn: async ({ signal }) => {
      const outcome = await call<ChangeOutcome>('GET', `/v1/policies/changes/${encodeURIComponent(changeId ?? '')}`, { signal });
      void client.invalidateQueries({ queryKey: ['policies'] });
      return outcome;
    },
    staleTime: Infinity,
    retry: (count, error) => (error instanceof ProblemError && error.status === 404 ? count < MOST_LOOKS : passing(error) && count < 2),
    retryDelay: OUTCOME_MS,
  });
}

/** Agrees or disagrees with what another administrator proposed. */
export function useDecideOnChange(): UseMutationResult<ChangeTaken, Error, { changeId: string; body: PolicyDecision }> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ changeId, body }: { changeId: string; body: PolicyDecision }) => call<ChangeTaken>('POST', `/v1/policies/changes/${encodeURIComponent(changeId)}/decisions`, { body }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['policies'] }),
  });
}
