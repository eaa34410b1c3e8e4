import { findContract } from '@team/contracts';
import { decide, type Command } from '../src/domain/decide.ts';
import { evolve } from '../src/domain/evolve.ts';
import type { Fact } from '../src/domain/events.ts';
import { dueAt } from '../src/domain/steps.ts';
import {
  progressOf,
  statusOf,
  type Approval,
  type GrantStatus,
  type RequestState,
  type Revocation,
  type Speaker,
} from '../src/domain/state.ts';

export const requestId = '01936d00-0000-7000-8000-000000000001';
export const grantIds = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-5000-8000-000000000000`) as [string, string, string];
export const alice = { userId: '93672a4c-0001-7001-8001-000000000001', userName: 'Alice@acme.example' };
export const portal: Speaker = { name: 'portal', mayRevoke: false, speaksForPeople: true };

/** What every grant here gives. */
export const assignment = {
  principalId: alice.userId,
  accountId: '111122223333',
  permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-7223a1b2c3d4e5f6/ps-0123456789abcdef',
};

/** Minutes after the request's acceptance, which is at 10:00, as ms since the epoch. */
export const minute = (minutes: number): number => Date.parse('2026-11-22T10:00:00.000Z') + minutes * 60_000;
const timestamp = (minutes: number): string => new Date(minute(minutes)).toISOString();

export interface Asked {
  /** Minutes after acceptance at which it may be opened. Default: at once after approval, 5 minutes after acceptance. */
  readonly startsAt?: number;
  readonly durationMinutes?: number;
  readonly grants?: readonly string[];
  readonly approval?: Partial<Approval>;
}

/** Approved 5 minutes after acceptance; opens within an hour; 60 minutes long; ends 15 minutes after the last chance at the latest. */
export function approve({ startsAt = 5, durationMinutes = 60, grants = grantIds.slice(0, 1), approval = {} }: Asked = {}): Command & {
  type: 'approve';
} {
  const named = grants.map((grantId) => ({
    grantId,
    accountId: assignment.accountId,
    accountName: 'Payments',
    permissionSetArn: assignment.permissionSetArn,
    permissionSetName: 'PowerUser',
    sessionDurationMinutes: 60,
  }));
  return {
    type: 'approve',
    requestId,
    proofs: Object.fromEntries(grants.map((grantId) => [grantId, `proof.of.${grantId.slice(0, 8)}`])),
    approval: {
      requester: alice,
      grants: Object.fromEntries(named.map((grant) => [grant.grantId, grant])),
      window: {
        notBefore: timestamp(startsAt),
        openBy: timestamp(startsAt + 60),
        durationMinutes,
        latestEnd: timestamp(startsAt + 60 + durationMinutes + 15),
      },
      acceptedAt: timestamp(0),
      approvedAt: timestamp(5),
      acceptance: 'accept.an.ce',
      decisions: ['decision.of.bob'],
      revocableBy: { groupIds: [], userIds: [] },
      breakGlass: false,
      ...approval,
    },
  };
}

export const granted = (atMinute: number, grantId = grantIds[0]): Command => ({
  type: 'grant',
  requestId,
  grantId,
  assignment,
  grantedAt: timestamp(atMinute),
});
export const failed = (grantId = grantIds[0]): Command => ({ type: 'fail', requestId, grantId, assignment });
export const confirmed = (grantId = grantIds[0]): Command => ({ type: 'confirm-end', requestId, grantId, assignment });
export const eligible = (...ids: string[]): Command => ({ type: 'confirm-eligibility', requestId, grantIds: ids });
export const lapsed = (...ids: string[]): Command => ({
  type: 'lapse',
  requestId,
  grantIds: ids,
  reason: { code: 'ERR_ELIGIBILITY_LAPSED', message: 'no policy allows it any more' },
});
export const revoke = (revocation: Partial<Revocation> = {}): Command => ({
  type: 'revoke',
  requestId,
  revocation: { revocationId: 'r1', emitter: portal, by: alice.userName, ...revocation },
});
export const judge = (entitled: boolean, revocationId = 'r1'): Command => ({
  type: 'judge',
  requestId,
  revocationId,
  verdict: entitled
    ? { entitled, by: { kind: 'person', ...alice } }
    : { entitled, reason: { code: 'ERR_REVOCATION_NOT_ENTITLED', message: 'not yours' } },
});

/** One request, to which things are said at times of a test's choosing. What it publishes is checked against the contracts. */
export interface Scenario {
  /** What is published when `command` is said at `atMinute`. */
  say(atMinute: number, command: Command): Fact[];
  /** What is published by time alone until `atMinute`, each thing at the moment it is due. */
  wait(atMinute: number): Fact[];
  readonly state: RequestState | undefined;
  status(grantId?: string): GrantStatus;
}

export function scenario(): Scenario {
  let state: RequestState | undefined;

  const execute = (command: Command, now: number): Fact[] => {
    const events = decide(state, command, now);
    const next = events.reduce<RequestState | undefined>(evolve, state);
    // A state lives in the table between two commands.
    state = next === undefined ? undefined : (JSON.parse(JSON.stringify(next)) as RequestState);
    return events.filter((event): event is Fact => event.type.endsWith('.v1')).map((fact) => checked(fact));
  };

  return {
    say: (atMinute, command) => execute(command, minute(atMinute)),
    wait(atMinute) {
      const facts: Fact[] = [];
      for (let due = state && dueAt(state); due !== undefined && due <= minute(atMinute); due = state && dueAt(state)) {
        facts.push(...execute({ type: 'due' }, due));
        if (state !== undefined && dueAt(state) === due) throw new Error('what was due is still due at the same time');
      }
      return facts;
    },
    get state() {
      return state;
    },
    status: (grantId = grantIds[0]) => {
      if (state === undefined) throw new Error('nothing was said yet');
      return statusOf(progressOf(state, grantId));
    },
  };
}

function checked(fact: Fact): Fact {
  const contract = findContract(fact.type);
  if (contract === undefined) throw new Error(`${fact.type} is in no catalog`);
  contract.validate({ metadata: { eventId: requestId, requestId: fact.data.requestId, occurredAt: timestamp(0) }, data: fact.data });
  return fact;
}

export const types = (facts: readonly Fact[]): string[] => facts.map(({ type }) => type);
