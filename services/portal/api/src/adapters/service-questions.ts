import { explanations, standingApproverPolicies, standingRequestPolicies, whoApprovesAll } from '@team/contracts';
import { TeamError } from '@team/runtime';
import type * as z from 'zod';
import type { Services } from '../application/ports.ts';
import { kept } from './kept.ts';

/** Asks the function `query` of a service. Rejects where it cannot be asked, or could not answer. */
export type AskService = (service: 'request' | 'approval' | 'audit', question: object) => Promise<unknown>;

/** How old policies may be that people choose by (ms). What they ask for is judged by those in force. */
const policiesMaxAgeMs = 60_000;

/** What the portal asks of the services: contracts of theirs. */
export function serviceQuestions(ask: AskService, clock: () => number): Services {
  const asked = async <Answer>(service: 'request' | 'approval', question: object, shape: z.ZodType<Answer>): Promise<Answer> => {
    const result = shape.safeParse(await ask(service, question));
    if (!result.success) throw new TeamError('ERR_ANSWER_NOT_UNDERSTOOD', `the ${service} service answered something that this version does not understand`, { retryable: false, cause: result.error });
    return result.data;
  };
  const requestPolicies = kept(policiesMaxAgeMs, clock, () => asked('request', { op: 'policies' }, standingRequestPolicies));
  const approverPolicies = kept(policiesMaxAgeMs, clock, () => asked('approval', { op: 'policies' }, standingApproverPolicies));
  return {
    explain: async (requests) => (await asked('request', { op: 'explain', asked: requests }, explanations)).explanations,
    approversOf: async (targets) => (await asked('approval', { op: 'approvers', asked: targets }, whoApprovesAll)).answers,
    requestPolicies: () => requestPolicies(''),
    approverPolicies: () => approverPolicies(''),
  };
}
