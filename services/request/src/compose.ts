import {
  accessCancelledV1,
  accessDeniedV1,
  accessEndedV1,
  accessGrantFailedV1,
  accessOpeningDueV1,
  accessRequestedV1,
  approvalExpiredV1,
  approverPolicyChangedV1,
  bundleSubmittedV1,
  eligibilityPolicySubmittedV1,
  limitsSubmittedV1,
  policyChangeDecidedV1,
  requestQuestion,
  type ContractViolationError,
  type DeliveredEvent,
  type Explanation,
  type JudgedChange,
  type StandingRequestPolicies,
} from '@team/contracts';
import type { Directory } from '@team/directory';
import { copyDefinition, directoryReferences, type PolicyKindName } from '@team/governance';
import { ticketPatternFault } from '@team/policies/ticket-pattern';
import { createServiceKit, createSigner, parseQuery, route, tableOf, type MinuteHandler, type Platform, type SqsHandler } from '@team/runtime';
import { directoryPeople } from './adapters/directory-people.ts';
import { directoryPlaces } from './adapters/directory-places.ts';
import { jwsEvidence } from './adapters/jws-evidence.ts';
import { policyTable, prefixes, replacePolicies } from './adapters/policy-table.ts';
import { explain } from './application/answer-query.ts';
import { onAccessOpeningDue } from './application/on-access-opening-due.ts';
import { onAccessRequested } from './application/on-access-requested.ts';
import { onMalformedRequest } from './application/on-malformed-request.ts';
import { onRequestDue } from './application/on-request-due.ts';
import { onGrantOver, onRequestOver } from './application/on-request-over.ts';
import type { Ports, Received, RequestPolicies } from './application/ports.ts';
import { decideRequester, evolveRequester } from './domain/admission.ts';
import { decideRequest, evolveRequest, requestDueAt } from './domain/request.ts';
import { manifest } from './manifest.ts';
import { changeIn, governRequestPolicies } from './compose-policies.ts';

export interface RequestPlatform extends Platform {
  readonly directory: Directory;
}

export interface RequestHandlers {
  readonly inbox: SqsHandler;
  /** Answers what policies there are, and what would become of a request, or of a change of them. */
  readonly query: (input: unknown) => Promise<StandingRequestPolicies | JudgedChange | { readonly explanations: readonly Explanation[] }>;
  readonly timers: SqsHandler;
  readonly sweep: MinuteHandler;
}

const kind = 'request';

/** The pure functions and the ports that the service is made of. */
export const usualParts = {
  decideRequest,
  evolveRequest,
  requestDueAt,
  decideRequester,
  evolveRequester,
  directoryPeople,
  directoryPlaces,
  directoryReferences,
  policyTable,
  jwsEvidence,
} as const;
export type RequestParts = typeof usualParts;

/** The request service on a platform. `parts` take the place of the usual ones, so that a test can see what one that errs would do. */
export function compose(platform: RequestPlatform, parts: Partial<RequestParts> = {}): RequestHandlers {
  const { clients, config, clock, directory } = platform;
  const use = { ...usualParts, ...parts };
  const kit = createServiceKit(manifest, platform);
  const requests = kit.aggregate('aggregates', { decide: use.decideRequest, evolve: use.evolveRequest, dueAt: use.requestDueAt });
  const requesters = kit.aggregate('aggregates', { decide: use.decideRequester, evolve: use.evolveRequester });
  const ports: Ports = {
    requests: {
      load: (requestId) => requests.load(`${kind}#${requestId}`),
      async execute(requestId, command, cause) {
        const { state, events } = await requests.execute(`${kind}#${requestId}`, command, cause);
        return { state, changed: events.length > 0 };
      },
    },
    requesters: {
      load: (userId) => requesters.load(`requester#${userId}`),
      execute: async (userId, command) => (await requesters.execute(`requester#${userId}`, command)).state,
    },
    people: use.directoryPeople(directory),
    places: use.directoryPlaces(directory),
    policies: use.policyTable(clients.documents, tableOf(platform.config, 'policies'), clock),
    evidence: use.jwsEvidence(createSigner(clients.kms, config.keys.acceptance)),
    emitters: config.emitters,
    ownAccount: config.ownAccount,
    clock,
  };
  const judging = { references: use.directoryReferences(directory), patternProblem: ticketPatternFault };
  const { governance, standing } = governRequestPolicies(kit, platform, ports.people, judging);
  const approverCopies = kit.aggregate('policies', copyDefinition);
  const malformed = (name: PolicyKindName) => (event: DeliveredEvent, violation: ContractViolationError) => governance.malformed(name, event, violation);
  const whenOver = (event: Received<{ readonly requestId: string }>) => onRequestOver(event, ports);
  return {
    inbox: kit.events('inbox', [
      route(
        accessRequestedV1,
        (event) => onAccessRequested(event, ports),
        (event, violation) => onMalformedRequest(event, violation, ports),
      ),
      route(accessOpeningDueV1, (event) => onAccessOpeningDue(event, ports)),
      route(accessDeniedV1, whenOver),
      route(approvalExpiredV1, whenOver),
      route(accessCancelledV1, whenOver),
      route(accessGrantFailedV1, (event) => onGrantOver(event, ports)),
      route(accessEndedV1, (event) => onGrantOver(event, ports)),
      route(eligibilityPolicySubmittedV1, (event) => governance.submitted('EligibilityPolicy', changeIn.eligibility(event.data), event), malformed('EligibilityPolicy')),
      route(limitsSubmittedV1, (event) => governance.submitted('Limits', changeIn.limits(event.data), event), malformed('Limits')),
      route(bundleSubmittedV1, (event) => governance.submitted('Bundle', changeIn.bundle(event.data), event), malformed('Bundle')),
      route(policyChangeDecidedV1, (event) => governance.decided(event), (event, violation) => governance.malformedDecision(event, violation, true)),
      route(approverPolicyChangedV1, async ({ data: { policyId, version, after } }) => {
        await approverCopies.execute(`${prefixes.approver}#${policyId}`, { type: 'copy', version, policy: after });
      }),
    ]),
    async query(input) {
      const asked = parseQuery(requestQuestion, input, 'about policies');
      if (asked.op === 'policies') return standing();
      if (asked.op === 'judge') return governance.judged(asked.change);
      const explanations: Explanation[] = [];
      // One after the other: each asks AWS about a person and an account.
      for (const one of asked.asked) explanations.push(await explain(one, ports, asked.policies));
      return { explanations };
    },
    timers: kit.timers({ [kind]: (key) => onRequestDue(key.slice(kind.length + 1), ports), register: () => governance.due() }),
    sweep: kit.sweep(),
  };
}

/** Lays down eligibility policies and limits in place of whatever was laid down before. */
export function seedPolicies(platform: Platform, policies: RequestPolicies, options: { readonly unlessAsBefore?: boolean } = {}): Promise<void> {
  return replacePolicies(platform.clients.documents, tableOf(platform.config, 'policies'), policies, options);
}
