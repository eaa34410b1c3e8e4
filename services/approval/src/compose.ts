import {
  accessEndedV1,
  accessGrantFailedV1,
  accessRequestAcceptedV1,
  accessReviewSubmittedV1,
  accessRevocationRequestedV1,
  approvalDecisionSubmittedV1,
  approvalQuestion,
  approverPolicySubmittedV1,
  delegationSubmittedV1,
  eligibilityPolicyChangedV1,
  limitsChangedV1,
  policyChangeDecidedV1,
  type JudgedChange,
  type StandingApproverPolicies,
  type StandingDelegations,
  type WhoApproves,
} from '@team/contracts';
import type { Directory } from '@team/directory';
import { copyDefinition, directoryReferences, type FoundPerson } from '@team/governance';
import {
  createServiceKit,
  createSigner,
  createVerifier,
  parseQuery,
  route,
  tableOf,
  type MinuteHandler,
  type Platform,
  type SqsHandler,
} from '@team/runtime';
import { directoryPeople } from './adapters/directory-people.ts';
import { directoryPlaces } from './adapters/directory-places.ts';
import { jwsEvidence } from './adapters/jws-evidence.ts';
import { limitsKey, policyTable, prefixes, replacePolicies, type AllPolicies } from './adapters/policy-table.ts';
import { whoApproves } from './application/answer-query.ts';
import { onAccessEnded } from './application/on-access-ended.ts';
import { onAccessGrantFailed } from './application/on-access-grant-failed.ts';
import { onAccessRequestAccepted } from './application/on-access-request-accepted.ts';
import { onAccessReviewSubmitted } from './application/on-access-review-submitted.ts';
import { onAccessRevocationRequested } from './application/on-access-revocation-requested.ts';
import { onApprovalDecisionSubmitted } from './application/on-approval-decision-submitted.ts';
import { onDelegationSubmitted } from './application/on-delegation-submitted.ts';
import { onDue } from './application/on-due.ts';
import { onMalformedDecision, onMalformedDelegation, onMalformedReview, onMalformedRevocation } from './application/on-malformed-intent.ts';
import type { Approvals, DelegationsOfAll, Ports } from './application/ports.ts';
import type { Command } from './domain/commands.ts';
import { decide } from './domain/decide.ts';
import { delegationsOf, evolveDelegations, type DelegationEvent, type Delegations } from './domain/delegations.ts';
import type { ApprovalEvent } from './domain/events.ts';
import { evolve } from './domain/evolve.ts';
import { judgeDelegation, type DelegationCommand } from './domain/judge-delegation.ts';
import { dueAt, forgetAt, type State } from './domain/state.ts';
import { iso } from './domain/window.ts';
import { manifest } from './manifest.ts';
import { changeIn, governApproverPolicies } from './compose-policies.ts';

export interface ApprovalPlatform extends Platform {
  readonly directory: Directory;
}

export interface ApprovalHandlers {
  readonly inbox: SqsHandler;
  /** Answers what approver policies there are, who could approve, who decides in whose place, and what would become of a change. */
  readonly query: (input: unknown) => Promise<StandingApproverPolicies | StandingDelegations | JudgedChange | { readonly answers: readonly WhoApproves[] }>;
  readonly timers: SqsHandler;
  readonly sweep: MinuteHandler;
}

const kind = 'request';
/** One item for all: decision 0019. */
const delegationsKey = 'delegations#all';

/** The pure functions and the ports that the service is made of. */
export const usualParts = {
  decide,
  evolve,
  dueAt,
  forgetAt,
  judgeDelegation,
  evolveDelegations,
  directoryPeople,
  directoryPlaces,
  directoryReferences,
  policyTable,
  jwsEvidence,
} as const;
export type ApprovalParts = typeof usualParts;

/** The approval service on a platform. `parts` take the place of the usual ones, so that a test can see what one that errs would do. */
export function compose(platform: ApprovalPlatform, parts: Partial<ApprovalParts> = {}): ApprovalHandlers {
  const { clients, config, clock, directory } = platform;
  const use = { ...usualParts, ...parts };
  const kit = createServiceKit(manifest, platform);
  const aggregate = kit.aggregate<State, Command, ApprovalEvent>('aggregates', {
    decide: use.decide,
    evolve: use.evolve,
    dueAt: use.dueAt,
    forgetAt: use.forgetAt,
  });
  const approvals: Approvals = {
    load: (requestId) => aggregate.load(`${kind}#${requestId}`),
    execute: async (requestId, command, cause) => (await aggregate.execute(`${kind}#${requestId}`, command, cause)).state,
  };
  const allDelegations = kit.aggregate<Delegations, DelegationCommand, DelegationEvent>('aggregates', {
    decide: use.judgeDelegation,
    evolve: use.evolveDelegations,
  });
  const delegations: DelegationsOfAll = {
    load: () => allDelegations.load(delegationsKey),
    execute: async (command, cause) => void (await allDelegations.execute(delegationsKey, command, cause)),
  };
  const ports: Ports = {
    approvals,
    delegations,
    policies: use.policyTable(clients.documents, tableOf(config, 'policies'), clock),
    people: use.directoryPeople(directory),
    places: use.directoryPlaces(directory),
    evidence: use.jwsEvidence(createVerifier(clients.kms), createSigner(clients.kms, config.keys.proof), config.keys.acceptance),
    emitters: config.emitters,
  };
  const { governance, standing } = governApproverPolicies(kit, platform, (ref) => foundPerson(ports.people, ref), use.directoryReferences(directory));
  const copies = kit.aggregate('policies', copyDefinition);
  const copy = async (key: string, version: number, policy: unknown): Promise<void> => void (await copies.execute(key, { type: 'copy', version, policy }));
  return {
    inbox: kit.events('inbox', [
      route(accessRequestAcceptedV1, (event) => onAccessRequestAccepted(event, ports)),
      route(approvalDecisionSubmittedV1, (event) => onApprovalDecisionSubmitted(event, ports), onMalformedDecision(ports)),
      route(accessRevocationRequestedV1, (event) => onAccessRevocationRequested(event, ports), onMalformedRevocation(ports)),
      route(accessReviewSubmittedV1, (event) => onAccessReviewSubmitted(event, ports), onMalformedReview(ports)),
      route(accessEndedV1, (event) => onAccessEnded(event, ports)),
      route(accessGrantFailedV1, (event) => onAccessGrantFailed(event, ports)),
      route(delegationSubmittedV1, (event) => onDelegationSubmitted(event, ports), onMalformedDelegation(ports)),
      route(
        approverPolicySubmittedV1,
        (event) => governance.submitted('ApproverPolicy', changeIn(event.data), event),
        (event, violation) => governance.malformed('ApproverPolicy', event, violation),
      ),
      route(policyChangeDecidedV1, (event) => governance.decided(event), (event, violation) => governance.malformedDecision(event, violation, false)),
      route(eligibilityPolicyChangedV1, ({ data: { policyId, version, after } }) => copy(`${prefixes.eligibility}#${policyId}`, version, after)),
      route(limitsChangedV1, ({ data: { version, after } }) => copy(limitsKey, version, after)),
    ]),
    async query(input) {
      const asked = parseQuery(approvalQuestion, input, 'about approver policies');
      if (asked.op === 'judge') return governance.judged(asked.change);
      if (asked.op === 'delegations') return { delegations: delegationsOf(await delegations.load(), asked.person, clock()).map(toldDelegation) };
      return asked.op === 'policies' ? standing() : { answers: await Promise.all(asked.asked.map((one) => whoApproves(one, ports))) };
    },
    timers: kit.timers({ [kind]: (key) => onDue(key.slice(kind.length + 1), ports), register: () => governance.due() }),
    sweep: kit.sweep(),
  };
}

function toldDelegation({ delegationId, delegator, delegateId, from, until }: ReturnType<typeof delegationsOf>[number]): StandingDelegations['delegations'][number] {
  return { delegationId, delegatorId: delegator.userId, delegateId, from: iso(from), until: iso(until) };
}

/** A person as policies are governed by; nobody where the directory knows none or several. */
async function foundPerson(people: Ports['people'], ref: string): Promise<FoundPerson> {
  const found = await people.find(ref);
  if ('person' in found) return { ...found.person, groupIds: new Set(found.person.groupIds) };
  return found.problem.code === 'ERR_USER_AMBIGUOUS' ? 'ambiguous' : undefined;
}

/** Lays down policies in place of whatever was laid down before: approver policies, and copies of those of the request service. */
export function seedPolicies(platform: Platform, policies: AllPolicies, options: { readonly unlessAsBefore?: boolean } = {}): Promise<void> {
  return replacePolicies(platform.clients.documents, tableOf(platform.config, 'policies'), policies, options);
}
