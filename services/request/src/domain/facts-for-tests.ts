import type { EligibilityPolicy, EmitterRegistration, Limits } from '@team/contracts';
import type { KnownPerson, KnownTarget, RequestFacts } from './facts.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const developers = id(1);
export const wren: KnownPerson = { id: id(11), userName: 'wren@acme.example', displayName: 'Wren', enabled: true, groupIds: new Set([developers]) };
export const prod = 'ou-ab12-00000001';
export const account = { id: '111111111111', name: 'Prod 1', status: 'ACTIVE', ouPath: ['r-ab12', 'ou-ab12-00000000', prod] };
export const readOnly = { arn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', name: 'ReadOnlyAccess', sessionDurationMinutes: 60 };
export const target: KnownTarget = { asked: { accountId: account.id, permissionSetName: readOnly.name }, account, permissionSet: readOnly };

export const policy: EligibilityPolicy = {
  policyId: 'developers-read',
  principals: { groupIds: [developers], userIds: [] },
  targets: { accountIds: [], organizationalUnitIds: [prod] },
  permissionSetArns: [readOnly.arn],
  maximumDurationMinutes: 120,
  approval: 'required',
};

export const limits: Limits = {
  maximumDurationMinutes: 540,
  approvalDeadlineMinutes: 180,
  openRequestsPerUser: 2,
  startNoLaterThanDays: 30,
  justification: 'required',
  sessionLongerThanGrant: 'warn',
  administrators: { groupIds: [], userIds: [] },
  auditors: { groupIds: [], userIds: [] },
  protectedAccountIds: ['777777777777'],
};

export const pipeline: EmitterRegistration = {
  name: 'pipeline',
  roleArn: 'arn:aws:iam::222222222222:role/pipeline',
  source: 'acme.pipeline',
  detailTypes: ['AccessRequested.v1'],
  mayAskFor: { groupIds: [developers], userIds: [] },
};

export const receivedAt = Date.parse('2026-03-02T09:00:00Z');

/** Facts under which a request is allowed, changed as a test likes. */
export function facts(change: Partial<Omit<RequestFacts, 'asked'>> & { readonly asked?: Partial<RequestFacts['asked']> } = {}): RequestFacts {
  return {
    receivedAt,
    emitter: pipeline,
    requester: wren,
    askedBy: undefined,
    targets: [target],
    managementAccountId: '999999999999',
    ownAccountId: '888888888888',
    managementPermissionSets: new Set(['arn:aws:sso:::permissionSet/ssoins-1/ps-9']),
    policies: [policy],
    limits,
    ...change,
    asked: {
      requestId: id(50),
      requester: wren.userName,
      targets: [target.asked],
      durationMinutes: 60,
      justification: 'look at the queue',
      ...change.asked,
    },
  };
}
