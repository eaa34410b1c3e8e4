import type { EligibilityPolicy, Explanation, Limits } from '@team/contracts';
import type { Intents, Places, Services, Signer } from '../src/application/ports.ts';
import { bob, engineers } from './people.ts';
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
    async requestPolicies() {
      asked.push('policies');
      return { eligibility: policies.map((one) => ({ version: 1, policy: one })), bundles: [], limits: { version: 1, policy: limits }, removed: [], proposals: [] };
    },
    approverPolicies: async () => ({ approvers: [], removed: [], proposals: [] }),
  };
}

export const fakePlaces = (
  accounts: Awaited<ReturnType<Places['accounts']>> = [{ id: account.accountId, name: account.accountName, active: true, ouPath: ['r-acme', 'ou-acme-prod0000'] }],
  permissionSets: Awaited<ReturnType<Places['permissionSets']>> = [{ arn: setArn, name: 'ReadOnlyAccess', sessionDurationMinutes: 60 }],
): Places => ({ accounts: async () => accounts, permissionSets: async () => permissionSets });

/** The bus, in memory; what breaks its contract is refused, as the true one does. */
export function fakeIntents(): Intents & { readonly sent: { readonly detailType: string; readonly data: object }[] } {
  const sent: { readonly detailType: string; readonly data: object }[] = [];
  return {
    sent,
    async put(contract, requestId, data) {
      const metadata = { eventId: requestId, requestId, occurredAt: '2026-11-30T09:00:00.000Z' };
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
  return { signed, decision: sign, review: sign };
}
