import { activityAnswer, explanations, judgedChange, requestsAnswer, standingApproverPolicies, standingDelegations, standingRequestPolicies, whoApprovesAll } from '@team/contracts';
import { kept, TeamError } from '@team/runtime';
import * as z from 'zod';
import { recordedEvent } from '../../../story/src/recorded-event.ts';
import type { AuditTrail, Services } from '../application/ports.ts';
import { verification } from '../contract/index.ts';
import { folded } from '../domain/same.ts';

/** Asks the function `query` of a service. Rejects where it cannot be asked, or could not answer. */
export type AskService = (service: 'request' | 'approval' | 'audit', question: object) => Promise<unknown>;

/** How old policies may be that people choose by, and delegations by which they read (ms). What they ask for and decide is judged by those in force. */
const standingMaxAgeMs = 60_000;

const verifyPage = verification.extend({ next: z.string().optional() });
const recordedPage = z.object({ events: z.array(recordedEvent).readonly(), next: z.string().optional() });
/** So many events are told at once. */
const eventsAtOnce = 200;

/** What the portal asks of the services: contracts of theirs. */
export function serviceQuestions(ask: AskService, clock: () => number): Services {
  const asked = async <Answer>(service: 'request' | 'approval' | 'audit', question: object, shape: z.ZodType<Answer>): Promise<Answer> => {
    const result = shape.safeParse(await ask(service, question));
    if (!result.success) throw new TeamError('ERR_ANSWER_NOT_UNDERSTOOD', `the ${service} service answered something that this version does not understand`, { retryable: false, cause: result.error });
    return result.data;
  };
  const asTheyAre = { now: clock, maxAgeMs: standingMaxAgeMs, keyOf: () => '' };
  const requestPolicies = kept(asTheyAre, () => asked('request', { op: 'policies' }, standingRequestPolicies));
  const approverPolicies = kept(asTheyAre, () => asked('approval', { op: 'policies' }, standingApproverPolicies));
  const delegations = kept({ now: clock, maxAgeMs: standingMaxAgeMs, keyOf: folded }, async (person: string) => (await asked('approval', { op: 'delegations', person }, standingDelegations)).delegations);
  const audit: AuditTrail = {
    activity: (grantId, { after, limit }) => asked('audit', { op: 'activity', grantId, limit, ...(after === undefined ? {} : { after }) }, activityAnswer),
    async verify(requestId) {
      const total = { checkpoints: 0, chains: 0, records: 0, waiting: 0, problems: new Array<z.infer<typeof verification>['problems'][number]>(), omitted: 0 };
      for (let after: string | undefined; ; ) {
        const page: z.infer<typeof verifyPage> = await asked('audit', { op: 'verify', requestId, ...(after === undefined ? {} : { after }) }, verifyPage);
        total.checkpoints += page.checkpoints;
        total.chains += page.chains;
        total.records += page.records;
        total.waiting += page.waiting;
        total.omitted += page.omitted;
        total.problems.push(...page.problems);
        if (page.next === undefined) return total;
        after = page.next;
      }
    },
    answer: (question) => asked('audit', question, requestsAnswer),
    recorded: (from) => asked('audit', { op: 'events', limit: eventsAtOnce, ...from }, recordedPage),
  };
  return {
    audit,
    explain: async (requests) => (await asked('request', { op: 'explain', asked: requests }, explanations)).explanations,
    approversOf: async (targets) => (await asked('approval', { op: 'approvers', asked: targets }, whoApprovesAll)).answers,
    delegationsOf: (person, freshness) => delegations(person, freshness === 'live'),
    requestPolicies: (freshness) => requestPolicies(undefined, freshness === 'live'),
    approverPolicies: (freshness) => approverPolicies(undefined, freshness === 'live'),
    judge({ kind, id, expectedVersion, policy }) {
      const change = { kind, subject: id, expectedVersion, ...(policy === undefined ? {} : { after: policy }) };
      return asked(kind === 'ApproverPolicy' ? 'approval' : 'request', { op: 'judge', change }, judgedChange);
    },
  };
}
