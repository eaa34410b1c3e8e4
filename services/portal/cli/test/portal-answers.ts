import type { Askable, GrantDetail, Me, RequestDetail, RequestRow } from '../../api/src/contract/index.ts';

export const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
export const timestamp = '2026-11-30T10:00:00.000Z';

export const me: Me = { userId: 'u-dana', userName: 'dana', displayName: 'Dana Jansen', personas: { approver: false, auditor: true, administrator: false }, mayAskForOthers: false, signedInAt: timestamp, now: timestamp };

export const readProduction: Askable = {
  accountId: '444455556666',
  accountName: 'Prod 002',
  permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef',
  permissionSetName: 'ReadOnlyAccess',
  maximumMinutes: 120,
  approvalRequired: true,
  breakGlass: false,
};
export const place = { accountId: readProduction.accountId, permissionSetName: readProduction.permissionSetName };

export function rowOf(more: Partial<RequestRow> = {}): RequestRow {
  const { accountId, accountName, permissionSetName } = readProduction;
  return { requestId, status: 'pending', askedAt: timestamp, requester: { userId: me.userId, userName: me.userName }, targets: [{ accountId, accountName, permissionSetName }], durationMinutes: 60, breakGlass: false, ...more };
}

export function grantOf(more: Partial<GrantDetail> = {}): GrantDetail {
  const { accountId, accountName, permissionSetArn, permissionSetName } = readProduction;
  return { grantId: '3f2a1b4c-0000-4000-8000-0000000000aa', status: 'active', accountId, accountName, permissionSetArn, permissionSetName, overdue: false, ...more };
}

export function detailOf(row: Partial<RequestRow> = {}, more: Partial<RequestDetail> = {}): RequestDetail {
  return {
    row: rowOf(row),
    ...{ grants: [], reasons: [], warnings: [], waitsFor: [], decisions: [], approval: [], history: [], requesterBefore: [] },
    may: { decide: false, cancel: false, end: false, extend: false, review: false },
    now: timestamp,
    ...more,
  };
}

/** Active, for so many minutes from `timestamp`. */
export const activeFor = (minutes: number, row: Partial<RequestRow> = {}, more: Partial<RequestDetail> = {}): RequestDetail =>
  detailOf({ status: 'active', ...row }, { grants: [grantOf({ endsAt: new Date(Date.parse(timestamp) + minutes * 60_000).toISOString() })], ...more });
