import { createHash } from 'node:crypto';
import type { Absence } from '../src/domain/capacity.ts';
import type { Command, JudgeDecision, JudgeRevocation, Lookup } from '../src/domain/commands.ts';
import { decide } from '../src/domain/decide.ts';
import type { ApprovalEvent, DataOf } from '../src/domain/events.ts';
import { evolve } from '../src/domain/evolve.ts';
import type { KnownPerson } from '../src/domain/people.ts';
import type { PolicyProgress, Stage } from '../src/domain/progress.ts';
import type { AcceptedRequest, State } from '../src/domain/state.ts';
import { meeting } from './meeting.ts';

/** When a scenario begins (ms). */
export const start = Date.parse('2026-11-22T10:00:00.000Z');
export const minute = 60_000;

/** A UUID that depends on the name alone. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Somebody whom AWS knows, in the groups with these names. */
export function person(name: string, ...groups: readonly string[]): KnownPerson {
  return { userId: idOf(name), userName: `${name}@acme.example`, enabled: true, groupIds: groups.map(idOf) };
}

/** A stage for groups with these names. */
export const stage = (quorum: number, ...groups: readonly string[]): Omit<Stage, 'policyId'> => ({
  approvers: { groupIds: groups.map(idOf), userIds: [] },
  quorum,
});

export const policy = (policyId: string, grantIds: readonly string[], ...stages: readonly Omit<Stage, 'policyId'>[]): PolicyProgress => ({
  chain: policyId,
  grantIds: grantIds.map(idOf),
  stages: stages.map((one) => ({ policyId, ...one })),
  open: 0,
  openedAt: start,
  counted: [],
});

export const requestId = idOf('request');

/** A request by Dana for targets with these names. */
export function request(grants: readonly string[] = ['ledger'], overrides: Partial<AcceptedRequest> = {}): AcceptedRequest {
  const { userId, userName } = person('dana');
  return {
    requestId,
    requestDigest: 'd'.repeat(64),
    requester: { userId, userName },
    grants: grants.map((name) => ({
      grantId: idOf(name),
      accountId: '111122223333',
      accountName: name,
      permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef',
      permissionSetName: 'AdministratorAccess',
      sessionDurationMinutes: 60,
    })),
    durationMinutes: 120,
    breakGlass: false,
    administrators: { groupIds: [idOf('administrators')], userIds: [] },
    acceptedAt: '2026-11-22T09:59:59.000Z',
    acceptance: 'e30.e30.YWNjZXB0YW5jZQ',
    ...overrides,
  };
}

interface Said {
  readonly verdict?: 'approve' | 'deny';
  readonly decisionId?: string;
  readonly comment?: string;
  readonly at?: number;
  readonly arrivedAt?: number;
  readonly claims?: object;
  readonly evidence?: undefined;
  readonly decider?: Lookup;
  readonly absences?: readonly Absence[];
}

/** A decision by somebody, with everything in order unless told otherwise. */
export function decision(by: KnownPerson, said: Said = {}): JudgeDecision {
  const { verdict = 'approve', at = start, decisionId = idOf(`decision of ${by.userName}`), comment, arrivedAt } = said;
  const signature = `e30.e30.${Buffer.from(by.userName).toString('base64url')}`;
  const submission = {
    requestId,
    decisionId,
    verdict,
    decider: by.userName,
    ...(comment === undefined ? {} : { comment }),
    signature,
    source: 'acme.channel',
    account: '111122223333',
  };
  const digest = createHash('sha256').update(JSON.stringify(submission)).digest('hex');
  const seconds = Math.floor(at / 1000);
  const claims = {
    requestId,
    requestDigest: 'd'.repeat(64),
    decisionId,
    decider: by.userId,
    verdict,
    auth_time: seconds - 60,
    exp: seconds + 300,
    ...said.claims,
  };
  return {
    type: 'judge-decision',
    submission: { ...submission, digest, eventId: idOf(digest), occurredAt: new Date(at).toISOString() },
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
    ...('evidence' in said ? {} : { evidence: { claims, decider: said.decider ?? { person: by }, absences: said.absences ?? [] } }),
  };
}

/** Somebody who is away during the whole scenario, unless told otherwise. */
export const absent = (delegator: KnownPerson, from = start, until = start + 1440 * minute): Absence => ({ delegator, from, until });

/** Somebody's wish to cancel, brought by a channel that authenticates people and may do nothing by itself. */
export function revocation(
  by: KnownPerson,
  overrides: Partial<JudgeRevocation> = {},
  submission: Partial<JudgeRevocation['submission']> = {},
): JudgeRevocation {
  const content = { requestId, by: by.userName, source: 'acme.channel', account: '111122223333', ...submission };
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return {
    type: 'judge-revocation',
    submission: { ...content, digest, eventId: idOf(digest), occurredAt: new Date(start).toISOString() },
    emitter: { name: 'channel', mayRevoke: false },
    actsFor: { ref: by.userName, lookup: { person: by } },
    ...overrides,
  };
}

/** Asks for these policies, with somebody eligible in every stage unless told otherwise. */
export function asking(
  policies: readonly PolicyProgress[],
  asked: AcceptedRequest = request(),
  eligible?: Readonly<Record<string, readonly (readonly string[])[]>>,
  rest: { readonly remindEveryMinutes?: number } = {},
): Command {
  const plenty = Array.from({ length: 12 }, (_, i) => idOf(`approver ${i}`));
  const all = Object.fromEntries(policies.map(({ chain, stages }) => [chain, stages.map(() => plenty)]));
  return { type: 'begin', request: asked, plan: { kind: 'ask', policies, deadlineMinutes: 180, ...rest }, eligible: eligible ?? all };
}

/** One request that meets commands one after the other; between two it is stored and read, as JSON. */
export function inApproval(...commands: readonly Command[]) {
  const { meet, state } = meeting<State, Command, ApprovalEvent>(decide, evolve, start, commands);
  return {
    meet,
    /** The types of what happens, internal steps left out. */
    facts: (command: Command, now = start): readonly string[] => typesOf(meet(command, now)).filter((type) => type.endsWith('.v1')),
    state,
  };
}

export const typesOf = (events: readonly ApprovalEvent[]): readonly string[] => events.map(({ type }) => type);

/** The data of the one event of a type. */
export function only<Type extends ApprovalEvent['type']>(events: readonly ApprovalEvent[], type: Type): DataOf<Type> {
  const found = events.filter((event): event is Extract<ApprovalEvent, { type: Type }> => event.type === type);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`expected one ${type}, got ${typesOf(events).join(', ') || 'nothing'}`);
  return found[0].data as DataOf<Type>;
}

/** The codes of a refused decision. */
export const refusalCodes = (events: readonly ApprovalEvent[]): readonly string[] =>
  only(events, 'ApprovalDecisionRefused.v1').reasons.map(({ code }) => code);

/** The proofs of a request on which all agreed at the scenario's beginning. */
export const approvedBy = ({ grants }: AcceptedRequest): Command => ({ type: 'approve', agreedAt: start, proofs: Object.fromEntries(grants.map(({ grantId }) => [grantId, 'e30.e30.cHJvb2Y'])) });
