import {
  accessApprovedV1,
  accessEndedV1,
  accessExpiredV1,
  accessGrantedV1,
  accessRequestAcceptedV1,
  accessWindowOpenedV1,
  approvalRecordedV1,
  approvalRequestedV1,
  sessionActivityCollectedV1,
  type DeliveredEvent,
} from '@team/contracts';
import { buildEvent, exampleOf, uuidFrom, type EventOptions } from '@team/testing';

const minuteMs = 60_000;
const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
/** The first of many lives is asked then; each a minute after the one before. */
export const firstAskedMs = Date.parse('2026-01-01T00:00:00Z');

export const personOf = (n: number) => ({ userId: `93672a4c-0001-7001-8001-${hex(n, 12)}`, userName: `person.${n}@acme.example` });
export const accountOf = (n: number): string => String(100_000_000_000 + n);

/** What fits a contract, made once: it takes longer than all the rest. */
const examples = {
  accessRequestAccepted: exampleOf(accessRequestAcceptedV1),
  approvalRequested: exampleOf(approvalRequestedV1),
  approvalRecorded: exampleOf(approvalRecordedV1),
  accessApproved: exampleOf(accessApprovedV1),
  accessWindowOpened: exampleOf(accessWindowOpenedV1),
};

/** How many people, accounts and permission sets many lives are about. */
export interface Crowd {
  readonly people: number;
  readonly accounts: number;
  readonly permissionSets: number;
}

export interface Life {
  readonly requestId: string;
  readonly events: readonly DeliveredEvent[];
}

/**
 * The n-th of many lives, as nine facts that keep their contracts: asked, approved by somebody within a second to an hour, had for an hour, used for
 * nothing (every third), for reading (every third) or for more. Every fiftieth is break glass.
 */
export function lifeOf(n: number, { people, accounts, permissionSets }: Crowd): Life {
  const requestId = uuidFrom(`life ${n}`);
  const grantId = uuidFrom(`grant of life ${n}`);
  const [requester, approver] = [personOf(n % people), personOf((n + 1 + (n % 7)) % people)];
  const set = n % permissionSets;
  const target = { accountId: accountOf(n % accounts), accountName: `account ${n % accounts}`, permissionSetArn: `arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-${hex(set, 16)}`, permissionSetName: `Set${set}`, sessionDurationMinutes: 60 };
  const grant = { grantId, ...target };
  const assignment = { principalId: requester.userId, accountId: target.accountId, permissionSetArn: target.permissionSetArn };
  const at = (minutes: number): string => new Date(firstAskedMs + (n + minutes) * minuteMs).toISOString();
  const breakGlass = n % 50 === 0;
  const decidedAt = at(n % 3 === 0 ? 0.5 : 5);
  const common = { requestId, requester, durationMinutes: 60, breakGlass };
  const proof = examples.accessApproved.grants[0]?.proof ?? '';
  const window = { notBefore: decidedAt, openBy: at(120), durationMinutes: 60, latestEnd: at(300) };
  const told = <Data extends object>(contract: Parameters<typeof buildEvent<Data>>[0], data: Data, minutes: number): DeliveredEvent => buildEvent(contract, data, { occurredAt: at(minutes) } satisfies EventOptions);
  const activity = { reads: n % 3 === 0 ? 0 : 12, writes: n % 3 === 2 ? 4 : 0 };
  return {
    requestId,
    events: [
      told(accessRequestAcceptedV1, { ...examples.accessRequestAccepted, ...common, emitter: { name: 'portal', source: 'team.portal', account: '111122223333' }, grants: [{ ...grant, organizationalUnitIds: [], policyId: 'p' }], justification: `=look at incident ${n}`, ticket: { id: `OPS-${n}` }, approvalRequired: !breakGlass, ...(breakGlass ? { reviewWithinMinutes: 1_440 } : {}), acceptedAt: at(0) }, 0),
      ...(breakGlass ? [] : [told(approvalRequestedV1, { ...examples.approvalRequested, ...common, grants: [grant], deadlineAt: at(180) }, 0)]),
      ...(breakGlass ? [] : [told(approvalRecordedV1, { ...examples.approvalRecorded, requestId, decisionId: uuidFrom(`decision of life ${n}`), decider: approver, verdict: 'approve' as const, grantIds: [grantId], decidedAt }, 5)]),
      told(accessApprovedV1, { ...examples.accessApproved, requestId, requester, breakGlass, grants: [{ ...grant, proof }], window, approvals: breakGlass ? [] : [{ decisionId: uuidFrom(`decision of life ${n}`), decider: approver, decidedAt }], acceptedAt: at(0), approvedAt: decidedAt }, 5),
      told(accessWindowOpenedV1, { ...examples.accessWindowOpened, requestId, principal: requester, grant, window, breakGlass, openedAt: decidedAt }, 5),
      told(accessGrantedV1, { requestId, grantId, assignment, how: 'created' as const, grantedAt: at(6), endsAt: at(66) }, 6),
      told(accessExpiredV1, { requestId, grantId, assignment, endedAt: at(66), repetition: 0 }, 66),
      told(accessEndedV1, { requestId, grantId, assignment, how: 'deleted' as const, removedAt: at(67), credentialsUselessBy: at(127), endedAt: at(67) }, 67),
      told(sessionActivityCollectedV1, { requestId, grantId, assignment, from: at(6), to: at(127), ...activity, errors: 0, afterRemoval: 0, services: ['s3'], state: 'complete' as const, collectedAt: at(200) }, 200),
    ],
  };
}

/** Every question that can be asked about such lives, each so that it finds some. */
export function questionsAbout(last: number, { people, accounts }: Crowd, limit: number): readonly (readonly [name: string, question: object])[] {
  const n = last - (last % 50) - 1;
  const at = (minutes: number): string => new Date(firstAskedMs + (n + minutes) * minuteMs).toISOString();
  return [
    ['every request', { op: 'requests', limit }],
    ['requests of a person', { op: 'requests', by: { person: personOf(n % people).userName }, limit }],
    ['requests decided by', { op: 'requests', by: { approver: personOf((n + 1 + (n % 7)) % people).userId }, limit }],
    ['requests for an account', { op: 'requests', by: { accountId: accountOf(n % accounts) }, limit }],
    ['requests for a permission set', { op: 'requests', by: { permissionSet: 'Set1' }, limit }],
    ['requests with a status', { op: 'requests', by: { status: 'ended' }, limit }],
    ['requests with a ticket', { op: 'requests', by: { ticket: `OPS-${n}` }, limit }],
    ['requests of a day', { op: 'requests', from: at(-600), to: at(0), limit }],
    ['requests of a person in an account', { op: 'requests', by: { person: personOf(n % people).userName, accountId: accountOf(n % accounts) }, limit }],
    ['who could reach an account', { op: 'who-could-reach', accountId: accountOf(n % accounts), at: at(30), limit }],
    ['what a person held', { op: 'held', person: personOf(n % people).userName, from: at(-1_000), to: at(60), limit }],
    ['approved in under a minute', { op: 'quick-approvals', limit }],
    ['break glass without review', { op: 'unreviewed', limit }],
    ['unused grants', { op: 'unused', limit }],
    ['only reads', { op: 'unused', kind: 'only-reads', limit }],
  ];
}
