import type { EligibilityPolicy, EmitterRegistration, Limits } from '@team/contracts';
import type { AcceptedRequest } from '../src/domain/events.ts';
import type { KnownTarget, RequestFacts } from '../src/domain/facts.ts';
import type { KnownPerson } from '../src/domain/people.ts';

/** A UUID for a number. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const developers = id(1);
export const wren: KnownPerson = {
  userId: id(11),
  userName: 'wren@acme.example',
  displayName: 'Wren',
  enabled: true,
  groupIds: new Set([developers]),
};
export const prod = 'ou-ab12-00000001';
export const account = { id: '111111111111', name: 'Prod 1', status: 'ACTIVE', ouPath: ['r-ab12', 'ou-ab12-00000000', prod], tags: {} };
export const readOnly = {
  arn: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef',
  name: 'ReadOnlyAccess',
  sessionDurationMinutes: 60,
  tags: {},
};
/** Provisioned in the management account. */
export const managementSet = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-9999999999999999';
export const target: KnownTarget = {
  asked: { accountId: account.id, permissionSetName: readOnly.name },
  account,
  permissionSet: readOnly,
};

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

type Change = Partial<Omit<RequestFacts, 'asked'>> & { readonly asked?: Partial<RequestFacts['asked']> };

/** Facts under which a request is allowed, changed as a test likes. */
export function facts(change: Change = {}): RequestFacts {
  return {
    receivedAt,
    emitter: pipeline,
    requester: wren,
    askedBy: undefined,
    targets: [target],
    bundleProblems: [],
    managementAccountId: '999999999999',
    ownAccountId: '888888888888',
    managementPermissionSets: new Set([managementSet]),
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

/** The request of `facts()` as it is accepted. */
export const accepted: AcceptedRequest = {
  requestId: id(50),
  requestDigest: 'd'.repeat(64),
  requester: { userId: wren.userId, userName: wren.userName },
  emitter: { name: pipeline.name, source: pipeline.source, account: '222222222222' },
  grants: [
    {
      grantId: id(51),
      accountId: account.id,
      accountName: account.name,
      permissionSetArn: readOnly.arn,
      permissionSetName: readOnly.name,
      sessionDurationMinutes: readOnly.sessionDurationMinutes,
      organizationalUnitIds: account.ouPath,
      policyId: policy.policyId,
    },
  ],
  durationMinutes: 60,
  justification: 'look at the queue',
  breakGlass: false,
  approvalRequired: true,
  approvalDeadlineMinutes: limits.approvalDeadlineMinutes,
  administrators: limits.administrators,
  warnings: [],
  acceptedAt: new Date(receivedAt).toISOString(),
  acceptance: 'e30.e30.YWNjZXB0YW5jZQ',
};
