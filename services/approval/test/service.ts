import type { AccessRequestAcceptedV1, ApprovalDecisionSubmittedV1, ApproverPolicy, DelegationSubmittedV1, EmitterRegistration } from '@team/contracts';
import { grantIdOf, requestDigestOf, type AcceptanceClaims, type Clock, type DecisionClaims, type Verifier } from '@team/runtime';
import { jwsEvidence } from '../src/adapters/jws-evidence.ts';
import type { Ports } from '../src/application/ports.ts';
import { decide } from '../src/domain/decide.ts';
import { evolveDelegations, type DelegationEvent, type Delegations } from '../src/domain/delegations.ts';
import type { ApprovalEvent } from '../src/domain/events.ts';
import { evolve } from '../src/domain/evolve.ts';
import { judgeDelegation } from '../src/domain/judge-delegation.ts';
import type { KnownPerson } from '../src/domain/people.ts';
import type { State } from '../src/domain/state.ts';
import { idOf, minute, person, requestId, start } from './scenario.ts';
import { signed } from './signing.ts';

export const ownAccount = '235896101958';
export const permissionSetArn = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef';
const source = 'acme.chat';

const emitter = (name: string, rest: Partial<EmitterRegistration>): EmitterRegistration => ({
  name,
  roleArn: `arn:aws:iam::${ownAccount}:role/${name}`,
  source: `acme.${name}`,
  detailTypes: ['ApprovalDecisionSubmitted.v1', 'AccessRevocationRequested.v1', 'DelegationSubmitted.v1', 'AccessReviewSubmitted.v1'],
  ...rest,
});

export const leadsApprove: ApproverPolicy = {
  policyId: 'everything',
  targets: { accountIds: [], organizationalUnitIds: ['r-acme'] },
  stages: [{ approvers: { groupIds: [idOf('leads')], userIds: [] }, quorum: 1 }],
};

/** The use cases over real decisions and real signatures; everything else is in memory. Dana asks, Anna and Ben are leads. */
export function service(verifier: Verifier, clock: Clock) {
  const people = new Map<string, KnownPerson>(['dana', 'zoe'].map((name) => [name, person(name, 'developers')]));
  for (const name of ['anna', 'ben']) people.set(name, person(name, 'leads'));
  const states = new Map<string, string>();
  const published: ApprovalEvent[] = [];
  const delegated: DelegationEvent[] = [];
  let delegations: Delegations | undefined;
  const policies: ApproverPolicy[] = [leadsApprove];
  const ouPaths = new Map<string, readonly string[]>([['111122223333', ['r-acme', 'ou-acme-prod0000']]]);
  const managers = new Map<string, string>();
  const signer = { outage: undefined as Error | undefined };

  const load = (id: string): State | undefined => {
    const stored = states.get(id);
    return stored === undefined ? undefined : (JSON.parse(stored) as State);
  };
  const byRef = (ref: string) =>
    [...people.values()].find(({ userId, userName }) => userId === ref || userName.toLowerCase() === ref.toLowerCase());
  const ports: Ports = {
    approvals: {
      load: async (id) => load(id),
      async execute(id, command) {
        const before = load(id);
        const events = decide(before, command, clock());
        const state = events.reduce<State | undefined>(evolve, before);
        if (state !== undefined) states.set(id, JSON.stringify(state));
        published.push(...events.filter(({ type }) => type.endsWith('.v1')));
        return state;
      },
    },
    delegations: {
      load: async () => delegations,
      async execute(command) {
        const events = judgeDelegation(delegations, command, clock());
        delegations = events.reduce<Delegations | undefined>(evolveDelegations, delegations);
        delegated.push(...events.filter(({ type }) => type.endsWith('.v1')));
      },
    },
    policies: { load: async () => policies },
    people: {
      async find(ref) {
        const found = byRef(ref);
        return found === undefined ? { problem: { code: 'ERR_USER_UNKNOWN', message: `no user "${ref}"` } } : { person: found };
      },
      isEnabled: async (userId) => byRef(userId)?.enabled === true,
      managerOf: async (userId) => managers.get(userId),
      membersOf: async (groupId) => [...people.values()].filter(({ groupIds }) => groupIds.includes(groupId)).map(({ userId }) => userId),
    },
    places: {
      async account(accountId) {
        const ouPath = ouPaths.get(accountId);
        return ouPath && { name: 'Ledger', ouPath };
      },
      permissionSet: async () => ({ name: 'AdministratorAccess', sessionDurationMinutes: 60 }),
    },
    evidence: jwsEvidence(
      verifier,
      {
        async sign(type, payload) {
          if (signer.outage !== undefined) throw signer.outage;
          return signed(type, 'proof', payload);
        },
      },
      'acceptance',
    ),
    emitters: [emitter('chat', { mayDecide: { keyId: 'chat' } }), emitter('pipeline', {}), emitter('siem', { mayRevoke: true }), emitter('admin', { mayAdminister: true })],
  };
  return {
    ports,
    people,
    managers,
    policies,
    ouPaths,
    signer,
    published,
    delegated,
    state: () => load(requestId),
    types: () => published.map(({ type }) => type),
  };
}

/** An event as a use case receives it. */
export function received<Data>(detailType: string, data: Data, from = source, eventId = idOf(JSON.stringify(data))) {
  return { data, metadata: { eventId, occurredAt: new Date(start).toISOString() }, detailType, source: from, account: ownAccount, arrivedAt: start };
}

/** An acceptance as the request service signs it; `tamper` changes the event afterwards, `sign` who signed what. */
export function accepted(
  overrides: Partial<AccessRequestAcceptedV1> = {},
  sign = (claims: AcceptanceClaims): string => signed('team-acceptance+jws', 'acceptance', claims),
) {
  const { userId, userName } = person('dana');
  const accountId = '111122223333';
  const unsigned: Omit<AccessRequestAcceptedV1, 'requestDigest' | 'acceptance'> = {
    requestId,
    requester: { userId, userName },
    emitter: { name: 'pipeline', source: 'acme.pipeline', account: ownAccount },
    grants: [
      {
        grantId: grantIdOf(overrides.requestId ?? requestId, accountId, permissionSetArn),
        accountId,
        accountName: 'Ledger',
        permissionSetArn,
        permissionSetName: 'AdministratorAccess',
        sessionDurationMinutes: 60,
        organizationalUnitIds: ['r-acme', 'ou-acme-prod0000'],
        policyId: 'developers',
      },
    ],
    durationMinutes: 120,
    breakGlass: false,
    approvalRequired: true,
    approvalDeadlineMinutes: 180,
    administrators: { groupIds: [idOf('administrators')], userIds: [] },
    warnings: [],
    acceptedAt: new Date(start - 1000).toISOString(),
    ...overrides,
  };
  const { acceptedAt, durationMinutes, approvalRequired, breakGlass, startAt, askedBy, extends: extended } = unsigned;
  const requestDigest = requestDigestOf(unsigned);
  const grantIds = unsigned.grants.map(({ grantId }) => grantId);
  const optional = {
    ...(startAt === undefined ? {} : { startAt }),
    ...(askedBy === undefined ? {} : { askedBy: askedBy.userId }),
    ...(extended === undefined ? {} : { extends: extended }),
  };
  const acceptance = sign({
    requestId: unsigned.requestId,
    requestDigest,
    requester: userId,
    grantIds,
    durationMinutes,
    approvalRequired,
    breakGlass,
    acceptedAt,
    ...optional,
  });
  return received('AccessRequestAccepted.v1', { ...unsigned, requestDigest, acceptance }, 'team.request');
}

/** A decision as the chat channel signs it for somebody who is signed in there. */
export function submitted(
  name: string,
  { requestDigest }: Pick<AccessRequestAcceptedV1, 'requestDigest'> = accepted().data,
  said: {
    readonly verdict?: 'approve' | 'deny';
    readonly decisionId?: string;
    readonly claims?: Partial<DecisionClaims>;
    readonly key?: string;
    readonly from?: string;
  } = {},
) {
  const { userId, userName } = person(name);
  const { verdict = 'approve', decisionId = idOf(`decision of ${name}`), key = 'chat', from = source } = said;
  const seconds = start / 1000;
  const claims = {
    requestId,
    requestDigest,
    decisionId,
    decider: userId,
    verdict,
    auth_time: seconds - 60,
    exp: seconds + (30 * minute) / 1000,
    ...said.claims,
  };
  const data: ApprovalDecisionSubmittedV1 = {
    requestId,
    decisionId,
    verdict,
    decider: userName,
    signature: signed('team-decision+jws', key, claims, 'chat'),
  };
  return received('ApprovalDecisionSubmitted.v1', data, from);
}

/** Somebody's wish that another decide for them during the day, or without `to` that nobody do any more. */
export function delegated(by: string, to: string | undefined, from = source, eventId?: string) {
  const data: DelegationSubmittedV1 = {
    delegationId: idOf(`${by} is away`),
    delegator: person(by).userName,
    ...(to === undefined ? {} : { delegate: person(to).userName }),
    from: new Date(start).toISOString(),
    until: new Date(start + 1440 * minute).toISOString(),
  };
  return received('DelegationSubmitted.v1', data, from, eventId);
}

/** Somebody's wish to cancel, through the chat channel or by a system itself. */
export function revoked(by: string | undefined, from = source) {
  return received('AccessRevocationRequested.v1', { requestId, ...(by === undefined ? {} : { by: person(by).userName }) }, from);
}
