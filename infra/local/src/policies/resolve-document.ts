import type { ApproverPolicy, EligibilityPolicy, EmitterRegistration, Limits, Principals } from '@team/contracts';
import type { OrganizationNames, Resolved } from './organization-names.ts';
import type { ApproverDocument, EligibilityDocument, EmitterDocument } from './policy-documents.ts';
import type { LimitsDocument, PrincipalNames, TargetNames } from './policy-documents.ts';

/** Told about each name that cannot be resolved, and where it stands. */
export type Report = (path: readonly PropertyKey[], reason: string) => void;

/** From documents with names to policies with ids. A name that cannot be resolved is reported and left out. */
export interface Resolver {
  eligibility(document: EligibilityDocument): EligibilityPolicy;
  approver(document: ApproverDocument): ApproverPolicy;
  limits(document: LimitsDocument): Limits;
  emitter(document: EmitterDocument): EmitterRegistration;
}

export function resolver(names: OrganizationNames, report: Report): Resolver {
  const ids = (list: readonly string[] | undefined, resolve: (name: string) => Resolved, ...path: PropertyKey[]): string[] => {
    const found = (list ?? []).flatMap((name, index) => {
      const resolved = resolve(name);
      if ('id' in resolved) return [resolved.id];
      report([...path, index], resolved.reason);
      return [];
    });
    return [...new Set(found)];
  };
  const principals = ({ groups, users }: PrincipalNames, ...path: PropertyKey[]): Principals => ({
    groupIds: ids(groups, names.group, ...path, 'groups'),
    userIds: ids(users, names.user, ...path, 'users'),
  });
  const targets = ({ accounts, organizationalUnits }: TargetNames) => ({
    accountIds: ids(accounts, names.account, 'targets', 'accounts'),
    organizationalUnitIds: ids(organizationalUnits, names.organizationalUnit, 'targets', 'organizationalUnits'),
  });
  const permissionSets = (list: readonly string[]): string[] => ids(list, names.permissionSet, 'permissionSets');

  return {
    eligibility: ({ kind: _, name, principals: who, targets: where, permissionSets: sets, ...rest }) => ({
      policyId: name,
      principals: principals(who, 'principals'),
      targets: targets(where),
      permissionSetArns: permissionSets(sets),
      ...rest,
    }),
    approver: ({ kind: _, name, targets: where, permissionSets: sets, requesters, stages, ...rest }) => ({
      policyId: name,
      targets: targets(where),
      ...(sets !== undefined && { permissionSetArns: permissionSets(sets) }),
      ...(requesters !== undefined && { requesters: principals(requesters, 'requesters') }),
      stages: stages.map(({ approvers, quorum }, index) => ({ approvers: principals(approvers, 'stages', index, 'approvers'), quorum })),
      ...rest,
    }),
    limits: ({ kind: _, administrators, auditors, protectedAccounts, ...rest }) => ({
      ...rest,
      administrators: principals(administrators, 'administrators'),
      auditors: principals(auditors, 'auditors'),
      protectedAccountIds: ids(protectedAccounts, names.account, 'protectedAccounts'),
    }),
    emitter: ({ kind: _, role, mayAskFor, ...rest }) => ({
      ...rest,
      roleArn: role,
      ...(mayAskFor !== undefined && { mayAskFor: mayAskFor === 'everyone' ? mayAskFor : principals(mayAskFor, 'mayAskFor') }),
    }),
  };
}
