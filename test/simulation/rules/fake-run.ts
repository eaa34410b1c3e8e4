import type { Assignment, Limits } from '@team/contracts';
import { assignmentKey } from '../../../infra/local/src/identity/organization-state.ts';
import type { Account, AccountAssignment, GroupMembership } from '../../../infra/local/src/identity/organization.ts';
import type { SeenEvent } from '../../../infra/local/src/play/world.ts';
import type { ServiceCall } from '../invocation.ts';
import type { Asked, ByHand, PoliciesSince, Trouble } from '../scene.ts';
import type { RuleFrom } from './rule.ts';
import { createHistory } from './history.ts';
import type { DeadLetter, Seen } from './seen.ts';
import { heldKeyOf } from './assignments.ts';

type Item = Readonly<Record<string, unknown>>;

export const minuteMs = 60_000;
/** When every told run begins. */
export const begin = Date.parse('2026-03-02T09:00:00.000Z');
export const iso = (minutes: number): string => new Date(begin + minutes * minuteMs).toISOString();

export const anna: Assignment = {
  principalId: '906a0000-0000-4000-8000-00000000000a',
  accountId: '111111111111',
  permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0000000000000001/ps-000000000000000a',
};
export const held = ({ principalId, accountId, permissionSetArn }: Assignment): AccountAssignment => ({
  AccountId: accountId,
  PermissionSetArn: permissionSetArn,
  PrincipalType: 'USER',
  PrincipalId: principalId,
});

const people = { groupIds: [], userIds: [] };
const limits: Limits = {
  maximumDurationMinutes: 40,
  approvalDeadlineMinutes: 45,
  openRequestsPerUser: 3,
  startNoLaterThanDays: 1,
  justification: 'optional',
  sessionLongerThanGrant: 'warn',
  administrators: people,
  auditors: people,
  protectedAccountIds: [],
};
/** Policies that hold from the beginning, or from this minute on. */
export const policiesFrom = (more: Partial<PoliciesSince['policies']>, minutes = 0): PoliciesSince => ({
  since: begin + minutes * minuteMs,
  policies: { approvers: [], bundles: [], eligibility: [], limits, emitters: [], ...more },
});

/** What there is before a told run begins. */
interface Given {
  readonly assignedBefore?: readonly AccountAssignment[];
  readonly policies?: readonly PoliciesSince[];
  /** What the audit service answers. */
  readonly answer?: unknown;
}

/** A run that never was, told to one rule step by step; each step gives what the rule says. */
export function tell(from: RuleFrom, given: Given = {}) {
  let nowMs = begin;
  let ids = 0;
  const tables = new Map<string, Map<string, Item>>();
  const table = (service: string, name: string): Map<string, Item> => {
    const found = tables.get(`${service} ${name}`) ?? new Map<string, Item>();
    tables.set(`${service} ${name}`, found);
    return found;
  };
  const assignments = new Map<string, AccountAssignment>();
  for (const one of given.assignedBefore ?? []) assignments.set(assignmentKey(one), one);
  const memberships = new Map<string, GroupMembership>();
  const accounts = new Map<string, Pick<Account, 'Id' | 'ParentId'>>([[anna.accountId, { Id: anna.accountId, ParentId: 'ou-work' }]]);
  const units = new Map([['ou-work', { ParentId: 'r-root' }], ['ou-play', { ParentId: 'r-root' }]]);
  const forged = new Set<string>();
  const byHand: ByHand[] = [];
  const renamed = new Set<string>();
  const asked: Asked[] = [];
  const events: SeenEvent[] = [];
  const letters: DeadLetter[] = [];
  const moving: string[] = [];
  const trouble: Trouble = { faultsUntil: begin, outageUntil: begin, deaths: new Map() };
  const seen: Seen = {
    now: () => nowMs,
    tables: { items: (service, name) => table(service, name).values(), item: (service, name, pk) => table(service, name).get(pk) },
    assignments,
    memberships,
    accounts,
    units,
    assignedBefore: given.assignedBefore ?? [],
    asked,
    events,
    forged,
    byHand,
    renamed,
    policies: given.policies ?? [],
    trouble,
    measures: new Map(),
    moving: () => moving,
    deadLetters: () => Promise.resolve(letters),
    ask: () => Promise.resolve(given.answer),
  };
  const history = createHistory(seen);
  const rule = from(seen, history);
  const calls = (action: string, input: ServiceCall['input'], service = 'provisioning'): ServiceCall => ({
    target: 'any',
    action,
    input,
    caller: { name: `team.${service}`, roleArn: '', accountId: '999999999999' },
  });
  const inputOf = ({ principalId, accountId, permissionSetArn }: Assignment) => ({
    PrincipalId: principalId,
    TargetId: accountId,
    PermissionSetArn: permissionSetArn,
  });
  return {
    asked,
    byHand,
    renamed,
    letters,
    moving,
    forged,
    memberships,
    accounts,
    measures: seen.measures,
    trouble,
    /** Minutes since the beginning. */
    at(minutes: number) {
      nowMs = begin + minutes * minuteMs;
      history.look();
    },
    store: (service: string, name: string, item: Item & { readonly pk: string }) => void table(service, name).set(item.pk, item),
    stands: (assignment: Assignment) => void assignments.set(heldKeyOf(assignment), held(assignment)),
    goes: (assignment: Assignment) => void assignments.delete(heldKeyOf(assignment)),
    hand(what: ByHand['what'], assignment: Assignment) {
      history.look();
      byHand.push({ at: nowMs, what, assignment: held(assignment) });
      if (what === 'assign') assignments.set(heldKeyOf(assignment), held(assignment));
      else assignments.delete(heldKeyOf(assignment));
      history.look();
    },
    event(detailType: string, data: object, more: Readonly<Partial<Record<'source' | 'eventId' | 'requestId' | 'occurredAt', string>>> = {}) {
      const time = new Date(nowMs).toISOString();
      const { source = 'team.approval', requestId = 'r1', eventId = `e${(ids += 1)}`, occurredAt = time } = more;
      const detail = { metadata: { eventId, requestId, occurredAt }, data: { ...data } };
      const event: SeenEvent = { time, source, account: '999999999999', detailType, detail };
      events.push(event);
      history.look();
      history.take(event);
      return rule.onEvent?.(event);
    },
    /** A call is made and takes effect, of which the rule may say something each time. */
    call(action: string, input: ServiceCall['input'] | Assignment, service?: string) {
      const call = calls(action, 'principalId' in input ? inputOf(input as Assignment) : input, service);
      history.look();
      const said = rule.onMade?.(call) ?? rule.onCall?.(call);
      history.made(call);
      history.called(call);
      return said;
    },
    /** Nothing moves any more, before dead letters are put back. */
    async beforeRedrive() {
      history.look();
      return (await rule.beforeRedrive?.()) ?? [];
    },
    async rest() {
      history.look();
      return (await rule.atRest?.()) ?? [];
    },
  };
}

/** `AccessApproved` of one grant, open from the beginning for an hour. */
export const approved = (grantId: string, { principalId, accountId, permissionSetArn }: Assignment, more: object = {}) => ({
  requestId: 'r1',
  requester: { userId: principalId, userName: 'anna' },
  grants: [{ grantId, accountId, permissionSetArn }],
  window: { notBefore: iso(0), openBy: iso(60), durationMinutes: 30, latestEnd: iso(105) },
  approvals: [],
  ...more,
});

export const opened = (grantId: string) => ({ requestId: 'r1', grant: { grantId } });
const of = (grantId: string, assignment: Assignment) => ({ requestId: 'r1', grantId, assignment });
export const granted = (grantId: string, assignment: Assignment, atMinute: number) => ({
  ...of(grantId, assignment),
  how: 'created',
  grantedAt: iso(atMinute),
  endsAt: iso(atMinute + 30),
});
export const expired = (grantId: string, assignment: Assignment, atMinute: number) => ({
  ...of(grantId, assignment),
  endedAt: iso(atMinute),
  repetition: 0,
});
export const ended = (grantId: string, assignment: Assignment, atMinute: number, how = 'deleted') => ({
  ...of(grantId, assignment),
  how,
  endedAt: iso(atMinute),
});

const bounds = { notBefore: begin, openBy: begin + 60 * minuteMs, durationMinutes: 30, latestEnd: begin + 105 * minuteMs };

/** Provisioning's record of who holds an assignment. */
export const record = ({ principalId, accountId, permissionSetArn }: Assignment, holds: Readonly<Record<string, string | { readonly status: string; readonly notBefore: number }>>) => ({
  pk: ['assignment', principalId, accountId, permissionSetArn].join('#'),
  outbox: {},
  state: { holds: Object.fromEntries(Object.entries(holds).map(([grantId, hold]) => [grantId, typeof hold === 'string' ? { status: hold, ...bounds } : { ...bounds, ...hold }])) },
});

/** A run in which grant g1 was approved for Anna and its window opened. */
export function openedRun(rule: RuleFrom) {
  const run = tell(rule);
  run.event('AccessApproved.v1', approved('g1', anna));
  run.event('AccessWindowOpened.v1', opened('g1'));
  run.store('provisioning', 'aggregates', record(anna, { g1: 'waiting' }));
  return run;
}
