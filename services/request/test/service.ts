import { findContract, type AccessRequestedV1, type Bundle, type EligibilityPolicy } from '@team/contracts';
import { fixedClock } from '@team/testing';
import { jwsEvidence } from '../src/adapters/jws-evidence.ts';
import { onAccessRequested } from '../src/application/on-access-requested.ts';
import { onRequestDue } from '../src/application/on-request-due.ts';
import type { Ports, Received } from '../src/application/ports.ts';
import { decideRequester, evolveRequester, type RequesterState } from '../src/domain/admission.ts';
import type { RequestEvent } from '../src/domain/events.ts';
import type { FoundPerson, KnownAccount } from '../src/domain/facts.ts';
import { decideRequest, evolveRequest, requestDueAt } from '../src/domain/request.ts';
import type { RequestState } from '../src/domain/state.ts';
import { account, facts, id, limits, managementSet, pipeline, policy, readOnly, receivedAt, wren } from './facts.ts';

/** What stands between a use case and a port's answer: nothing, a crash, an outage, a wait. */
export type Passage = <Answer>(step: string, answer: () => Promise<Answer>) => Promise<Answer>;

/** The use cases over real decisions; what they decide about is in memory. The pipeline asks for Wren. */
export function service() {
  const clock = fixedClock(new Date(receivedAt).toISOString());
  const requests = new Map<string, string>();
  const requesters = new Map<string, string>();
  const published: { readonly type: string; readonly data: object }[] = [];
  const world = {
    passage: ((_step, answer) => answer()) as Passage,
    person: wren as FoundPerson,
    account: account as KnownAccount | undefined,
    policies: [policy] as readonly EligibilityPolicy[],
    accountsIn: [account.id] as readonly string[],
    accountTags: {} as Readonly<Record<string, string>>,
    bundles: [] as readonly Bundle[],
    limits,
  };
  const pass: Passage = (step, answer) => world.passage(step, answer);

  const ports: Ports = {
    requests: {
      load: (requestId) => pass('load', async () => read<RequestState>(requests, requestId)),
      execute: (requestId, command) =>
        pass(command.type, async () => {
          const before = read<RequestState>(requests, requestId);
          const events = decideRequest(before, command, clock());
          const state = events.reduce<RequestState | undefined>(evolveRequest, before);
          if (state !== undefined) requests.set(requestId, JSON.stringify(state));
          published.push(...events.filter(isFact).map(checked));
          return { state, changed: events.length > 0 };
        }),
    },
    requesters: {
      load: (userId) => pass('load requester', async () => read<RequesterState>(requesters, userId)),
      execute: (userId, command) =>
        pass(command.type, async () => {
          const before = read<RequesterState>(requesters, userId);
          const state = decideRequester(before, command, clock()).reduce<RequesterState | undefined>(evolveRequester, before);
          if (state !== undefined) requesters.set(userId, JSON.stringify(state));
          return state;
        }),
    },
    people: { find: () => pass('person', async () => world.person) },
    places: {
      account: () => pass('account', async () => world.account),
      permissionSet: () => pass('permission set', async () => readOnly),
      accountTags: () => pass('account tags', async () => world.accountTags),
      permissionSetTags: () => pass('permission set tags', async () => ({})),
      accountsIn: () => pass('accounts in units', async () => world.accountsIn),
      managementAccountId: () => pass('management account', async () => '999999999999'),
      managementPermissionSets: () => pass('management permission sets', async () => new Set([managementSet])),
    },
    policies: { load: () => pass('policies', async () => ({ eligibility: world.policies, bundles: world.bundles, approvers: [], limits: world.limits })) },
    evidence: jwsEvidence({ sign: () => pass('sign', async () => 'e30.e30.c2lnbmF0dXJl') }),
    emitters: [pipeline],
    ownAccount: '888888888888',
    clock,
  };

  return {
    ports,
    clock,
    world,
    published,
    types: () => published.map(({ type }) => type),
    state: (requestId = asked.requestId) => read<RequestState>(requests, requestId),
    /** Ids of the requests that count for Wren. */
    open: () => Object.keys(read<RequesterState>(requesters, wren.userId)?.open ?? {}),
    ask: (change: Partial<AccessRequestedV1> = {}) => onAccessRequested(received('AccessRequested.v1', { ...asked, ...change }), ports),
    /** Lets time pass until the request is due, and its timer fire. */
    async whenDue(requestId = asked.requestId) {
      const state = read<RequestState>(requests, requestId);
      const dueAt = state && requestDueAt(state);
      if (dueAt === undefined) throw new Error('nothing is due');
      clock.advance(dueAt - clock());
      await onRequestDue(requestId, ports);
    },
  };
}

/** What the pipeline asks for Wren. */
export const asked: AccessRequestedV1 = {
  requestId: id(50),
  requester: wren.userName,
  targets: [{ accountId: account.id, permissionSetName: readOnly.name }],
  durationMinutes: facts().asked.durationMinutes,
  justification: 'look at the queue',
};

/** An event as a use case receives it. */
export function received<Data extends object>(
  detailType: string,
  data: Data,
  { source = pipeline.source, account: from = '222222222222', eventId = id(70) } = {},
): Received<Data> {
  const metadata = { eventId, requestId: asked.requestId, occurredAt: new Date(receivedAt).toISOString() };
  return { metadata, data, detailType, source, account: from, cause: { eventId } };
}

function read<State>(items: ReadonlyMap<string, string>, key: string): State | undefined {
  const stored = items.get(key);
  return stored === undefined ? undefined : (JSON.parse(stored) as State);
}

const isFact = ({ type }: RequestEvent): boolean => type.endsWith('.v1');

function checked({ type, data }: RequestEvent): { readonly type: string; readonly data: object } {
  const contract = findContract(type);
  if (contract === undefined) throw new Error(`${type} is in no catalog`);
  const requestId = 'requestId' in data ? data.requestId : undefined;
  contract.validate({ metadata: { eventId: id(1), requestId, occurredAt: new Date(receivedAt).toISOString() }, data });
  return { type, data };
}
