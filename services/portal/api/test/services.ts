import type { Bundle, EligibilityPolicy, Explanation, Limits, StandingProposal } from '@team/contracts';
import type { AuditTrail, Intents, Places, Services, SignedIn, Signer } from '../src/application/ports.ts';
import { alice, approvers, bob, engineers } from './people.ts';
import { account, setArn } from './requests.ts';

export const limits: Limits = {
  maximumDurationMinutes: 480,
  approvalDeadlineMinutes: 60,
  openRequestsPerUser: 10,
  startNoLaterThanDays: 30,
  justification: 'optional',
  sessionLongerThanGrant: 'warn',
  administrators: { groupIds: [], userIds: [] },
  auditors: { groupIds: [], userIds: [] },
  protectedAccountIds: [],
};

/** Engineers may have it in the account, but for what is said otherwise. */
export const policy = (more: Partial<EligibilityPolicy> = {}): EligibilityPolicy => ({
  policyId: 'engineers',
  principals: { groupIds: [engineers], userIds: [] },
  targets: { accountIds: [account.accountId], organizationalUnitIds: [] },
  permissionSetArns: [setArn],
  maximumDurationMinutes: 240,
  approval: 'required',
  ...more,
});

const explained: Explanation = {
  allowed: true,
  policyId: 'engineers',
  approvalRequired: true,
  reasons: [],
  warnings: [],
  denying: [],
  considered: [{ policyId: 'engineers', problems: [] }],
  target: { ...account, permissionSetArn: setArn, permissionSetName: 'ReadOnlyAccess' },
};

export const changeId = '018f6b7a-0000-7000-9000-00000000cc01';

/** A wider policy, proposed by somebody, that waits for a second administrator. */
export const proposal = ({ userId, userName }: SignedIn, id = changeId): StandingProposal => ({
  change: {
    changeId: id,
    kind: 'EligibilityPolicy',
    subject: 'engineers',
    expectedVersion: 1,
    after: policy({ maximumDurationMinutes: 480 }),
    submittedBy: userName,
    by: { kind: 'person', userId, userName },
    digest: 'd'.repeat(64),
  },
  widens: [`it adds groups: ${engineers}`],
  decideBy: Date.parse('2026-12-03T09:00:00.000Z'),
});

/** The same with proposals that wait, and some policies beside. */
export function governedServices(proposals: readonly StandingProposal[], more: Partial<Services> = {}): Services {
  const services = fakeServices();
  return {
    ...services,
    requestPolicies: async () => ({ ...(await services.requestPolicies()), proposals }),
    approverPolicies: async () => ({
      approvers: [{ version: 2, policy: { policyId: 'prod', targets: { accountIds: [account.accountId], organizationalUnitIds: [] }, stages: [{ approvers: { groupIds: [approvers], userIds: [] }, quorum: 1 }] } }],
      removed: [{ key: 'approver#old', version: 4 }],
      proposals: [],
    }),
    ...more,
  };
}

/** Everything is allowed that Bob agrees to; sizes of what was asked are remembered. */
export function fakeServices(policies: readonly EligibilityPolicy[] = [policy()], explanation: Partial<Explanation> = {}): Services & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async explain(questions) {
      asked.push(`explain ${questions.length}`);
      return questions.map(() => ({ ...explained, ...explanation }));
    },
    async approversOf(questions) {
      asked.push(`approvers ${questions.length}`);
      return questions.map(() => ({ stages: [{ policyId: 'prod', quorum: 1, people: [bob.userName], count: 1 }] }));
    },
    async delegationsOf(userId) {
      return [
        { delegationId: 'd-1', delegatorId: userId, delegateId: bob.userId, from: '2026-12-01T00:00:00.000Z', until: '2026-12-08T00:00:00.000Z' },
        { delegationId: 'd-2', delegatorId: alice.userId, delegateId: userId, from: '2026-12-09T00:00:00.000Z', until: '2026-12-10T00:00:00.000Z' },
      ];
    },
    async requestPolicies() {
      asked.push('policies');
      return { eligibility: policies.map((one) => ({ version: 1, policy: one })), bundles: [], limits: { version: 1, policy: limits }, removed: [], proposals: [] };
    },
    approverPolicies: async () => ({ approvers: [], removed: [], proposals: [] }),
    judge: async () => ({ reasons: [], widens: [], waits: false }),
    audit: fakeAudit(),
  };
}

/** The same with bundles. */
export const withBundles = <Of extends Services>(bundles: readonly Bundle[], services: Of): Of => ({
  ...services,
  requestPolicies: async () => ({ ...(await services.requestPolicies()), bundles: bundles.map((one) => ({ version: 1, policy: one })) }),
});

/** A trail that is whole and says nothing. */
export const fakeAudit = (more: Partial<AuditTrail> = {}): AuditTrail => ({
  activity: async () => ({ calls: [] }),
  verify: async () => ({ checkpoints: 0, chains: 1, records: 3, waiting: 0, problems: [], omitted: 0 }),
  answer: async () => ({ requests: [] }),
  recorded: async () => ({ events: [] }),
  ...more,
});

export const fakePlaces = (
  accounts: Awaited<ReturnType<Places['accounts']>> = [{ id: account.accountId, name: account.accountName, active: true, ouPath: ['r-acme', 'ou-acme-prod0000'] }],
  permissionSets: Awaited<ReturnType<Places['permissionSets']>> = [{ arn: setArn, name: 'ReadOnlyAccess', sessionDurationMinutes: 60 }],
): Places => ({
  accounts: async () => accounts,
  permissionSets: async () => permissionSets,
  organization: async () => ({
    takenAt: 0,
    rootId: 'r-acme',
    managementAccountId: '999999999999',
    users: [alice, bob].map(({ userId, userName }) => ({ id: userId, userName, displayName: undefined, email: undefined, enabled: true })),
    groups: [{ id: engineers, name: 'Engineers' }],
    organizationalUnits: [],
    accounts: accounts.map(({ id, name, ouPath }) => ({ id, name, ouPath, status: 'ACTIVE' as const })),
    permissionSets,
  }),
});

/** The bus, in memory; what breaks its contract is refused, as the true one does. */
export function fakeIntents(): Intents & { readonly sent: { readonly detailType: string; readonly data: object }[] } {
  const sent: { readonly detailType: string; readonly data: object }[] = [];
  return {
    sent,
    async put(contract, requestId, data) {
      const metadata = { eventId: '018f6b7a-0000-7000-9000-0000000000ee', ...(requestId === undefined ? {} : { requestId }), occurredAt: '2026-11-30T09:00:00.000Z' };
      sent.push({ detailType: contract.detailType, data: contract.validate({ metadata, data }).data });
    },
  };
}

/** Signs by writing down what was to be signed. */
export function fakeSigner(): Signer & { readonly signed: object[] } {
  const signed: object[] = [];
  const sign = async (claims: object): Promise<string> => {
    signed.push(claims);
    return 'header.claims.signature';
  };
  return { signed, decision: sign, policyDecision: sign, review: sign };
}
