import type { ApproverPolicy, Bundle, EligibilityPolicy, EmitterRegistration, Limits, PolicyTargets, PortalAccess, Principals, TagMatch } from '@team/contracts';
import type { ApproverDocument, StageDocument } from './documents/approver-document.ts';
import type { BundleDocument } from './documents/bundle-document.ts';
import type { EligibilityDocument } from './documents/eligibility-document.ts';
import type { EmitterDocument } from './documents/emitter-document.ts';
import type { LimitsDocument } from './documents/limits-document.ts';
import type { PortalDocument } from './documents/portal-document.ts';
import type { PlaceNames, PrincipalNames, TagNames, TargetNames } from './documents/parts.ts';
import { toTimeWindow } from './documents/time-windows.ts';
import type { Lookup, Names } from './names.ts';
import type { Report } from './read-policy-file.ts';

/** From documents with names to policies with ids. A name that cannot be resolved is reported and left out. */
export interface Resolver {
  eligibility(document: EligibilityDocument): EligibilityPolicy;
  approver(document: ApproverDocument): ApproverPolicy;
  limits(document: LimitsDocument): Limits;
  bundle(document: BundleDocument): Bundle;
  emitter(document: EmitterDocument): EmitterRegistration;
  portal(document: PortalDocument): PortalAccess;
}

export function resolver(names: Names, report: Report): Resolver {
  const ids = (list: readonly string[] | undefined, lookup: Lookup, ...path: PropertyKey[]): string[] => {
    const found = (list ?? []).flatMap((name, index) => {
      const resolved = lookup.idOf(name);
      if ('id' in resolved) return [resolved.id];
      report([...path, index], resolved.reason);
      return [];
    });
    return [...new Set(found)];
  };
  const principals = ({ groups, users }: PrincipalNames, ...path: PropertyKey[]): Principals => ({
    groupIds: ids(groups, names.groups, ...path, 'groups'),
    userIds: ids(users, names.users, ...path, 'users'),
  });
  const anybodyOr = (some: 'everyone' | PrincipalNames, ...path: PropertyKey[]) => (some === 'everyone' ? some : principals(some, ...path));
  const places = ({ accounts, organizationalUnits }: PlaceNames) => ({
    accountIds: ids(accounts, names.accounts, 'targets', 'accounts'),
    organizationalUnitIds: ids(organizationalUnits, names.organizationalUnits, 'targets', 'organizationalUnits'),
  });
  const targets = ({ accountTags, ...where }: TargetNames): PolicyTargets => ({
    ...places(where),
    ...(accountTags !== undefined && { accountTags: tagMatches(accountTags) }),
  });
  const permissionSets = (list: readonly string[] | undefined): string[] => ids(list, names.permissionSets, 'permissionSets');
  const stage = ({ approvers = {}, escalation, ...rest }: StageDocument, index: number) => ({
    approvers: principals(approvers, 'stages', index, 'approvers'),
    ...rest,
    ...(escalation !== undefined && {
      escalation: { afterMinutes: escalation.afterMinutes, to: principals(escalation.to, 'stages', index, 'escalation', 'to') },
    }),
  });
  const caps = (written: Readonly<Record<string, number>>) => {
    const seen = new Set<string>();
    return Object.entries(written).flatMap(([name, perUser]) => {
      const resolved = names.permissionSets.idOf(name);
      const fault = 'reason' in resolved ? resolved.reason : seen.has(resolved.id) ? 'is there twice, by name and by ARN' : undefined;
      if (fault !== undefined || 'reason' in resolved) {
        report(['openRequestsPerPermissionSet', name], fault ?? '');
        return [];
      }
      seen.add(resolved.id);
      return [{ permissionSetArn: resolved.id, perUser }];
    });
  };

  return {
    eligibility: ({ kind: _, name, principals: who, targets: where, permissionSets: sets, permissionSetTags, timeWindows, validFrom, validUntil, ...rules }) => ({
      policyId: name,
      principals: principals(who, 'principals'),
      targets: targets(where),
      permissionSetArns: permissionSets(sets),
      ...(permissionSetTags !== undefined && { permissionSetTags: tagMatches(permissionSetTags) }),
      ...rules,
      ...(timeWindows !== undefined && { timeWindows: timeWindows.map(toTimeWindow) }),
      ...(validFrom !== undefined && { validFrom: inUtc(validFrom) }),
      ...(validUntil !== undefined && { validUntil: inUtc(validUntil) }),
    }),
    approver: ({ kind: _, name, targets: where, permissionSets: sets, requesters, stages, ...rest }) => ({
      policyId: name,
      targets: places(where),
      ...(sets !== undefined && { permissionSetArns: permissionSets(sets) }),
      ...(requesters !== undefined && { requesters: principals(requesters, 'requesters') }),
      stages: stages.map(stage),
      ...rest,
    }),
    limits: ({ kind: _, administrators, auditors, protectedAccounts, openRequestsPerPermissionSet, ...rest }) => ({
      ...rest,
      ...(openRequestsPerPermissionSet !== undefined && { openRequestsPerPermissionSet: caps(openRequestsPerPermissionSet) }),
      administrators: principals(administrators, 'administrators'),
      auditors: principals(auditors, 'auditors'),
      protectedAccountIds: ids(protectedAccounts, names.accounts, 'protectedAccounts'),
    }),
    bundle: ({ kind: _, name, targets: where, permissionSets: sets, ...rest }) => ({
      bundleId: name,
      ...rest,
      targets: places(where),
      permissionSetArns: permissionSets(sets),
    }),
    emitter: ({ kind: _, role, mayAskFor, mayAskForOthers, ...rest }) => ({
      ...rest,
      roleArn: role,
      ...(mayAskFor !== undefined && { mayAskFor: anybodyOr(mayAskFor, 'mayAskFor') }),
      ...(mayAskForOthers !== undefined && { mayAskForOthers: principals(mayAskForOthers, 'mayAskForOthers') }),
    }),
    portal: ({ mayAskForOthers, machineClients }) => ({
      ...(mayAskForOthers !== undefined && { mayAskForOthers: principals(mayAskForOthers, 'mayAskForOthers') }),
      ...(machineClients !== undefined && {
        machineClients: machineClients.map(({ subjects, ...rest }, place) => ({
          ...rest,
          ...(subjects !== undefined && { subjects: anybodyOr(subjects, 'machineClients', place, 'subjects') }),
        })),
      }),
    }),
  };
}

const tagMatches = (tags: TagNames): TagMatch[] =>
  Object.entries(tags).map(([key, values]) => (values === 'any' ? { key } : { key, values: [...new Set(values)] }));

/** Contracts know UTC alone; what is written so stays as it is. */
const inUtc = (moment: string): string => (moment.endsWith('Z') ? moment : new Date(moment).toISOString());
